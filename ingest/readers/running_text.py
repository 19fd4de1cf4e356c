"""Words as they are stored: one Unicode form, one kind of blank, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")  # soft hyphens and zero-width marks split words
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def clean(text: str) -> str:
    """Return `text` composed (NFC), with plain newlines and without invisible characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNPRINTABLE.sub(" ", _INVISIBLE.sub("", text))


def collapse(text: str) -> str:
    """Return the words of `text` on one line, separated by single blanks."""
    return " ".join(clean(text).split())


def collapse_lines(text: str) -> str:
    """Return `text` with each line collapsed and empty lines dropped; line ends are kept."""
    lines = (collapse(line) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)
