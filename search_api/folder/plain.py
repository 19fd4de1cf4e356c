"""Text without what no format can hold or what acts by itself: controls, halves, changes of direction."""

from __future__ import annotations

import unicodedata

_LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
# Controls, halves of characters and what is no character (XML 1.0, 2.2, allows none of the three).
_IMPOSSIBLE = {"Cc", "Cs", "Cn"}
# They make "exe.pdf" of "fdp.exe".
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """Return the text with line feeds as the only control characters; tabs become blanks."""
    for written, meant in _LINE_ENDS.items():
        text = text.replace(written, meant)
    return "".join(sign for sign in text.replace("\t", " ") if sign == "\n" or _is_harmless(sign))


def line(text: str) -> str:
    """Return the text in one line without doubled blanks."""
    return " ".join(printable(text).split())


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines that have words, each by itself."""
    return tuple(filter(None, (line(each) for each in printable(text).split("\n"))))


def _is_harmless(sign: str) -> bool:
    return unicodedata.category(sign) not in _IMPOSSIBLE and sign not in _DIRECTIONS
