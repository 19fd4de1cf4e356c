"""Decoding text files whose encoding nobody wrote down."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from index.errors import UnreadableSourceError
from ingest.readers.running_text import clean

if TYPE_CHECKING:
    from pathlib import Path

# The longer mark first: UTF-32's begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What Western European texts in Windows' encoding hold beside ASCII. Statistics alone fail on the short
# texts of an FAQ sheet, where a guesser takes "für" for Central European or Turkish.
_WESTERN = frozenset(
    "ÄÖÜäöüßàáâãåæçèéêëìíîïñòóôõøùúûýÿœÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕØÙÚÛÝŒ€§°„“”‚‘’–—…•·«»‹›©®™½¼¾²³µ×±´\xa0\xad"
)
_MISREAD = re.compile(
    r"\w[³¹¿¼½¾²µ×±´]\w"
)  # a sign amid letters: these bytes are letters of another encoding
# Where our towns and their partners lie. With every encoding on the list, Polish turns out Baltic.
_CANDIDATES = ["cp1250", "cp1251", "cp1252", "cp1254", "mac_roman", "cp850"]
_SAMPLE = 200_000  # bytes that the guesser looks at: more makes it slow and no better


def decode(raw: bytes) -> str:
    """Return the text of `raw`: by its byte order mark, as UTF-8, as Windows-1252, else by statistics.

    Raises:
        UnreadableSourceError: when no encoding fits.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decode_marked(raw[len(mark) :], encoding)
    for attempt in (_as_utf8, _as_western, _as_guessed):
        text = attempt(raw)
        if text is not None:
            return clean(text)
    raise UnreadableSourceError(
        "Die Zeichenkodierung der Datei ist nicht zu erkennen. Bitte speichern Sie die Datei als UTF-8."
    )


def read_text(path: Path) -> str:
    """Return the decoded text of the file with plain newlines.

    Raises:
        UnreadableSourceError: when no encoding fits.
    """
    return decode(path.read_bytes())


def _decode_marked(raw: bytes, encoding: str) -> str:
    try:
        return clean(raw.decode(encoding))
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(
            f"Die Datei gibt sich als {encoding.upper()} aus, ist aber beschädigt. "
            "Bitte speichern Sie die Datei noch einmal als UTF-8."
        ) from error


def _as_utf8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_western(raw: bytes) -> str | None:
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = {character for character in text if not character.isascii()} - _WESTERN
    return None if foreign or _MISREAD.search(text) else text


def _as_guessed(raw: bytes) -> str | None:
    best = from_bytes(raw[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    if best is None:
        return None
    try:
        return raw.decode(best.encoding)
    except UnicodeDecodeError:
        return None
