"""What in the text of an e-mail is not its message: quoted replies, signatures, addresses of persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.headings import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from ingest.readers.headings import Block

ADDRESS_GAP = "[E-Mail-Adresse]"  # stands where sender or receiver stood
_QUOTED = re.compile(r"\s*>")
# "Am 1. März 2026 um 10:00 schrieb …:", sometimes broken into two lines; "On … wrote:".
_ATTRIBUTION = re.compile(r"(Am|On|Den|Le)\b.{4,300}\b(schrieb|wrote|a écrit)\b.{0,200}:\s*", re.IGNORECASE)
_SIGNATURE = re.compile(r"--\s*")  # RFC 3676, section 4.3; editors take its blank away
_FORMER_MESSAGE = re.compile(
    r"[-_ ]{2,}\s*(Ursprüngliche Nachricht|Original Message|Original-?nachricht)\b.*", re.I
)
_FORWARDED = re.compile(r"[-_ ]{2,}\s*(Weitergeleitete Nachricht|Forwarded message)\b.*", re.I)
_HEADER_LINE = re.compile(
    r"\*?(Von|An|Cc|Kopie|Gesendet|Datum|Betreff|Antwort an|From|To|Sent|Date|Subject|Reply-To)\*?:\*?\s.*",
    re.IGNORECASE,
)
_HEADER_LINES = 3  # one after the other: the head of a former message
_QUOTE_CLASSES = re.compile(r"\b(gmail_quote|gmail_signature|moz-cite-prefix|moz-signature|yahoo_quoted)\b")


def own_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that the sender wrote: up to the signature or a former message, without quotes."""
    skipped = 0
    for at, line in enumerate(lines):
        if at < skipped:
            continue
        if _SIGNATURE.fullmatch(line) or _FORMER_MESSAGE.fullmatch(line.strip()):
            return
        skipped = at + max(_attribution(lines[at : at + 2]), _former_head(lines[at:]))
        if at >= skipped and not _QUOTED.match(line) and not _FORWARDED.fullmatch(line.strip()):
            yield line


def own_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of an HTML message up to its signature or a former message."""
    for block in blocks:
        words = "" if isinstance(block, Turn) else block.words
        lines = words.split("\n")
        if _SIGNATURE.fullmatch(words) or _FORMER_MESSAGE.fullmatch(words) or _former_head(lines):
            return
        if not _ATTRIBUTION.fullmatch(words) and not _FORWARDED.fullmatch(words):
            yield block


def drop_quotes(root: _Element) -> None:
    """Take the quoted replies and signatures out of an HTML message, as mail programs mark them."""
    for element in list(root.iter("blockquote", "div", "pre", "span")):
        is_cited = element.tag == "blockquote" and element.get("type") == "cite"
        if is_cited or _QUOTE_CLASSES.search(element.get("class") or ""):
            element.drop_tree()  # type: ignore[attr-defined] # lxml.html has it, its words behind stay


def without_addresses(text: str, addresses: Iterable[str]) -> str:
    """Return `text` with a gap in place of each of the addresses."""
    for address in addresses:
        text = re.sub(rf"(?<![\w.+-]){re.escape(address)}(?![\w-])", ADDRESS_GAP, text, flags=re.IGNORECASE)
    return text


def _attribution(lines: Sequence[str]) -> int:
    """Return how many of the lines introduce a quote."""
    counts = (count for count in range(1, len(lines) + 1) if _ATTRIBUTION.fullmatch(" ".join(lines[:count])))
    return next(counts, 0)


def _former_head(lines: Sequence[str]) -> int:
    """Return how many of the lines are the head of a former message, 0 for a few that look like it."""
    count = 0
    while count < len(lines) and _HEADER_LINE.fullmatch(lines[count].strip()):
        count += 1
    return count if count >= _HEADER_LINES else 0
