"""E-mails (.eml, RFC 5322): the newsletter itself, never who sent it to whom.

Only what the sender wrote is read: no quoted replies, no signature, no attachments. Names and addresses
of the head are not stored; where an address of sender or receiver stands in the text, it leaves a gap.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_binary_file, policy
from typing import TYPE_CHECKING, cast

from index.errors import UnreadableSourceError
from index.passage import Document, HeadingLocation
from ingest.readers.extracted import language_code, sensible_title
from ingest.readers.headings import Text, Turn, outline
from ingest.readers.html_blocks import element_blocks, parse
from ingest.readers.mail_quotes import drop_quotes, own_blocks, own_lines, without_addresses
from ingest.readers.plain import paragraphs
from ingest.readers.running_text import clean, collapse
from ingest.readers.text_encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import EmailMessage
    from pathlib import Path

    from ingest.readers.headings import Block

_MAX_PARTS = 500  # a newsletter has as many pictures as it likes, but not more
_MAX_DEPTH = 20  # multiparts in multiparts; mail programs need four
_EXPECTED_HEADERS = ("From", "To", "Subject", "Date", "Received", "MIME-Version")
_PERSON_NAMES = frozenset(
    {"From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Delivered-To", "Return-Path", "X-Original-To"}
)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_REPLY_MARK = re.compile(r"^((re|aw|antw|fwd?|wg|tr)\s*(\[\d+\])?:\s*)+", re.IGNORECASE)
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_LOCKED_TYPES = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_READABLE = frozenset({"text/html", "text/plain"})
_WESTERN = frozenset({"us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1"})  # declared for Windows-1252


def read(path: Path) -> Document:
    """Return the document of an e-mail: its subject is the title, its date gives the year.

    Attachments are named in `unread`.

    Raises:
        UnreadableSourceError: for what is no e-mail, an encrypted one, or one of absurd structure.
    """
    message = _parsed(path)
    parts = list(_parts(message))
    addresses = _addresses(message)
    bodies = _bodies(message)
    subject = _REPLY_MARK.sub("", collapse(_header(message, "Subject")))
    title = sensible_title(without_addresses(subject, addresses))
    blocks = [_redacted(block, addresses) for body in bodies for block in _blocks(body)]
    _, sections = outline(blocks, title, HeadingLocation())
    unread = tuple(without_addresses(words, addresses) for words in _not_read(parts, bodies))
    if not sections and unread:
        raise UnreadableSourceError(
            f"Die E-Mail hat keinen eigenen Text. {unread[0]} Bitte legen Sie Anhänge einzeln ab."
        )
    found = {"title": title, "year": _year(message), "language": language_code(message["Content-Language"])}
    return Document(
        sections,
        extracted={key: value for key, value in found.items() if value},
        unread=unread,
    )


def _parsed(path: Path) -> EmailMessage:
    try:
        with path.open("rb") as file:
            message = message_from_binary_file(file, policy=policy.default)
    except RecursionError as error:
        raise _too_nested() from error
    if not any(name in message for name in _EXPECTED_HEADERS):
        raise UnreadableSourceError(
            "Die Datei ist keine E-Mail: Am Anfang fehlen Angaben wie „Subject:“ und „Date:“. "
            "Bitte speichern Sie die E-Mail noch einmal als .eml."
        )
    return message


def _parts(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """Yield the parts that are no multiparts; an e-mail in an e-mail is one part."""
    if message.get_content_type() in _LOCKED_TYPES:
        raise UnreadableSourceError(
            "Die E-Mail ist verschlüsselt. Bitte speichern Sie sie unverschlüsselt oder als PDF."
        )
    if depth > _MAX_DEPTH:
        raise _too_nested()
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        yield message
        return
    for number, part in enumerate(message.get_payload()):
        if number >= _MAX_PARTS:
            raise _too_nested()
        yield from _parts(cast("EmailMessage", part), depth + 1)


def _too_nested() -> UnreadableSourceError:
    return UnreadableSourceError(
        "Die E-Mail besteht aus zu vielen ineinander verschachtelten Teilen. Bitte speichern Sie sie als PDF."
    )


def _bodies(part: EmailMessage) -> Sequence[EmailMessage]:
    """Return the texts in their order; of alternatives the HTML form, as it carries headings and lists."""
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        is_text = part.get_content_type() in _READABLE and not _is_attached(part)
        return [part] if is_text and _text(part).strip() else []
    forms = [_bodies(cast("EmailMessage", child)) for child in part.get_payload()]
    if part.get_content_subtype() != "alternative":
        return [text for texts in forms for text in texts]
    is_html = (texts for texts in forms if any(text.get_content_subtype() == "html" for text in texts))
    return next(is_html, None) or next(filter(None, forms), [])


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or _name(part) is not None


def _is_foreign(part: EmailMessage, *, alone: bool) -> bool:
    """Whether a part is no text of ours; beside others, a text of another kind says the same as they do."""
    return part.get_content_maintype() != "text" or (alone and part.get_content_type() not in _READABLE)


def _name(part: EmailMessage) -> str | None:
    try:
        name = part.get_filename()
    except (LookupError, ValueError):  # of a name whose encoding is broken
        return "ohne lesbaren Namen"
    return collapse(name) if name else None


def _text(part: EmailMessage) -> str:
    """Return a part's text in the charset that it declares, else in the one that fits."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_param("charset") or "").lower()
    try:
        return clean(raw.decode("cp1252" if charset in _WESTERN else charset or "utf-8"))
    except (LookupError, UnicodeError):
        return decode(raw)


def _blocks(body: EmailMessage) -> Sequence[Block]:
    text = _text(body)
    if body.get_content_type() == "text/html":
        root = parse(text)
        drop_quotes(root)
        return list(own_blocks(element_blocks(root)))
    lines = "\n".join(own_lines(text.split("\n")))
    return [Text(paragraph) for paragraph in paragraphs(lines)]


def _redacted(block: Block, addresses: Sequence[str]) -> Block:
    if isinstance(block, Turn):
        return block
    return replace(block, words=without_addresses(block.words, addresses))


def _header(message: EmailMessage, name: str) -> str:
    """Return a header's text; Python's parser breaks at some that spammers write."""
    try:
        return str(message[name] or "")
    except (LookupError, ValueError, AttributeError, TypeError):
        return ""


def _addresses(message: EmailMessage) -> Sequence[str]:
    """Return the addresses of sender and receivers, the longest first."""
    told = " ".join(str(value) for name, value in message.raw_items() if name.title() in _PERSON_NAMES)
    return sorted(set(_ADDRESS.findall(told)), key=len, reverse=True)


def _year(message: EmailMessage) -> int | None:
    match = _YEAR.search(_header(message, "Date"))
    return int(match[0]) if match else None


def _not_read(parts: Sequence[EmailMessage], bodies: Sequence[EmailMessage]) -> Iterator[str]:
    pictures = 0
    for part in parts:
        if part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment":
            pictures += 1
        elif part not in bodies and (_is_attached(part) or _is_foreign(part, alone=not bodies)):
            yield f"Der Anhang „{_name(part) or part.get_content_type()}“ wurde nicht gelesen."
    if pictures:
        yield (
            f"{pictures} Bilder im Text wurden nicht gelesen."
            if pictures > 1
            else ("Ein Bild im Text wurde nicht gelesen.")
        )
