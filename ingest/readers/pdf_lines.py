"""The lines of a PDF page with their place, and the paragraphs that they form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.readers.hyphenation import join_lines
from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PageObject

_LIGATURES = re.compile("[\ufb00-\ufb06]")  # ﬀ ﬁ ﬂ …; NFKC on all text would also turn ² into 2
_WIDE_GAP = 1.25  # of the usual distance of lines: a wider one separates paragraphs
_SAME_SIZE_PT = 0.6  # points; a greater difference is a heading or a note
_SHORT_LINE = 0.7  # of the longest line: a shorter one that ends a sentence ends its paragraph
_SENTENCE_END = re.compile(r"[.!?:][\"“”»)]?$")
_LIST_POINT = re.compile(r"([-–•▪●◦*]|\d{1,2}[.)]|[a-z]\))\s")
_GARBAGE = re.compile("[\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)|/g\\d+")  # glyphs without letters
_MAX_GARBAGE = 0.3  # share of the letters


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its baseline's height and its letters' size, both in points."""

    text: str
    height: float = 0.0
    size: float = 0.0


def page_lines(page: PageObject) -> list[Line]:
    """Return the lines of `page` in reading order; a soft hyphen at the end is kept for joining.

    Errors of pypdf pass through, see `pdf.BROKEN`.
    """
    pieces: list[Line] = []

    def collect(
        text: str, matrix: Sequence[float], text_matrix: Sequence[float], _: object, size: float
    ) -> None:
        height = text_matrix[5] * matrix[3] + matrix[5]
        pieces.append(Line(text, height, size * abs(text_matrix[3] * matrix[3])))

    page.extract_text(visitor_text=collect)
    return [line for line in _assembled(pieces) if line.text]


def is_readable(lines: Sequence[Line]) -> bool:
    """Whether there are words, and not only numbers or signs of a font that keeps its letters secret."""
    text = "".join(line.text for line in lines)
    letters = sum(character.isalpha() for character in text)
    garbage = sum(len(match) for match in _GARBAGE.findall(text))
    return letters > 0 and garbage <= _MAX_GARBAGE * (letters + garbage)


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the paragraphs as running text, told apart by gaps, letter sizes, list points and short lines."""
    usual = _usual_gap(lines)
    longest = max((len(line.text) for line in lines), default=0)
    run: list[Line] = []
    for line in lines:
        if run and _begins_paragraph(run[-1], line, usual, longest):
            yield _running(run)
            run = []
        run.append(line)
    if run:
        yield _running(run)


def _assembled(pieces: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, each put together from the pieces between two line ends."""
    parts: list[Line] = []
    for piece in pieces:
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                yield _whole(parts)
                parts = []
            parts.append(replace(piece, text=text))
    yield _whole(parts)


def _whole(parts: Sequence[Line]) -> Line:
    """Return one line: its first visible part says where, the longest one how large (not the bullet)."""
    text = _tidy("".join(part.text for part in parts))
    visible = [part for part in parts if part.text.strip()]
    longest = max(visible, key=lambda part: len(part.text), default=Line(""))
    return Line(text, visible[0].height if visible else 0.0, longest.size)


def _tidy(text: str) -> str:
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    is_broken = text.rstrip().endswith("\u00ad")
    return collapse(text) + ("\u00ad" if is_broken else "")


def _usual_gap(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines: most gaps are that, the others are wider."""
    gaps = sorted(gap for upper, lower in pairwise(lines) if (gap := upper.height - lower.height) > 0)
    return gaps[len(gaps) // 3] if gaps else 0.0


def _begins_paragraph(former: Line, line: Line, usual_gap: float, longest: int) -> bool:
    gap = former.height - line.height
    ends_sentence = bool(_SENTENCE_END.search(former.text))
    if gap < 0:  # the next column, or a box: a sentence may go on there
        return ends_sentence
    if abs(former.size - line.size) > _SAME_SIZE_PT or _LIST_POINT.match(line.text):
        return True
    is_short = len(former.text) < _SHORT_LINE * longest
    return gap > usual_gap * _WIDE_GAP or (ends_sentence and is_short)


def _running(lines: Sequence[Line]) -> str:
    return collapse(join_lines(line.text for line in lines))
