"""Ligatures whose letters a PDF does not tell, found again by the words that they make.

Fonts without a table of letters number their ligatures as they like: one file has "fi" as sign 27, the next
"ff". What a sign stands for is told by the dictionary: of all ligatures, the one that makes the most of the
words that hold it German.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from index.dictionary import is_listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ingest.readers.pdf_words import Word

_SIGN = re.compile(r"[\x01-\x1f]")
_LETTERS = ("fi", "ff", "fl", "ffi", "ffl", "tt", "ft", "ti", "tz", "ch", "ck", "Qu", "Th")
_EDGES = ".,;:!?()„“”\"'»«-"
UNKNOWN = "\ufffd"  # Unicode's sign for a letter that cannot be told


def with_ligatures(words: Sequence[Word]) -> list[Word]:
    """Return the words with nameless signs replaced by what they stand for, else by `UNKNOWN`."""
    holding: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for sign in set(_SIGN.findall(word.text)):
            holding[sign].append(word.text.strip(_EDGES))
    if not holding:
        return list(words)
    letters = {sign: _best(sign, texts) for sign, texts in holding.items()}
    return [replace(word, text=_replaced(word.text, letters)) for word in words]


def _best(sign: str, texts: Sequence[str]) -> str:
    made = {letters: sum(is_listed(text.replace(sign, letters)) for text in texts) for letters in _LETTERS}
    best = max(_LETTERS, key=lambda letters: made[letters])
    return best if made[best] else UNKNOWN


def _replaced(text: str, letters: Mapping[str, str]) -> str:
    return _SIGN.sub(lambda match: letters[match[0]], text)
