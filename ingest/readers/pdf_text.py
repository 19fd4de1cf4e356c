"""The words of a printed line as text: marks of notes, units, letters that are set apart, leading dots."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.pdf_words import Word

_SMALL = 0.8  # of the line's letters: marks of notes are smaller
_RAISED = 0.15  # of the letter size, above the line's foot
_TOUCHING = 0.12  # of the letter size: what is nearer belongs to the same word
_UNIT = re.compile(r"(?<!\w)[kcdm]?m$")  # m², km³
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEADERS = re.compile(r"(?: ?\.){4,} ?")  # dots that lead to a number in a table of contents


def line_text(words: Sequence[Word]) -> str:
    """Return the words of a line with blanks; a soft hyphen at the end is kept for joining.

    Small raised digits become marks of notes, "[1]", or stay with a unit: "m²".
    """
    text = _written(words, max(words, key=lambda word: len(word.text)))
    is_broken = text.endswith("\u00ad")
    return _LEADERS.sub(" … ", collapse(text)).strip() + ("\u00ad" if is_broken else "")


def _written(words: Sequence[Word], usual: Word) -> str:
    text = ""
    for former, word in pairwise([usual, *words]):
        is_raised = word.size < _SMALL * usual.size and word.foot - usual.foot > _RAISED * usual.size
        is_apart = word.left - former.right > _TOUCHING * usual.size or not text
        if is_raised and word.text.isdecimal():
            unit = _UNIT.search(text)
            text += word.text.translate(_SUPERSCRIPT) if unit else f" [{word.text}]"
        else:
            text += f" {word.text}" if is_apart else word.text
    return text
