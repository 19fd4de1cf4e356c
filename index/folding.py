"""One spelling for all: case, umlauts, their digraphs, sharp s and accents make no difference."""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]")  # what "é" leaves behind once it is taken apart
_DIGRAPHS = re.compile(r"(?<![aeq])(a|o|u)e")  # "fuer" → "fur", but "neue", "Quelle", "Treue" stay


def fold(word: str) -> str:
    """Return a word in lower case with umlauts, their digraphs and other accents as plain letters.

    "Förderung", "Foerderung" and "FORDERUNG" become the same; so do "Straße" and "Strasse".
    """
    lowered = unicodedata.normalize("NFKC", word).casefold()
    if not lowered.isascii():
        lowered = _ACCENTS.sub("", unicodedata.normalize("NFD", lowered))
    return _DIGRAPHS.sub(r"\1", lowered)
