"""The lines of a PDF page with their place, and the paragraphs that they form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ingest.readers.hyphenation import join_lines
from ingest.readers.pdf_layout import in_reading_order, text_lines
from ingest.readers.pdf_ligatures import with_ligatures
from ingest.readers.pdf_tables import header_of, page_rules, rows_as_lines, table_of
from ingest.readers.pdf_text import line_text
from ingest.readers.pdf_words import page_words
from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfPage

    from ingest.readers.pdf_layout import Part
    from ingest.readers.pdf_words import Word

_EDGE_LINES = 2  # a running header of two lines, or a page number with a date
_WIDE_GAP = 1.25  # of the usual distance of lines: a wider one separates paragraphs
_SAME_SIZE_PT = 0.6  # points; a greater difference is a heading or a note
_SHORT_LINE = 0.7  # of the longest line: a shorter one that ends a sentence ends its paragraph
_SENTENCE_END = re.compile(r"[.!?:][\"“”»)]?$")
_LIST_POINT = re.compile(r"([-–•▪●◦*]|\d{1,2}[.)]|[a-z]\))\s")
_GARBAGE = re.compile("[\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)|/g\\d+")  # glyphs without letters
_MAX_GARBAGE = 0.3  # share of the letters


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its baseline's height, its letters' size and how far it reaches, in points.

    `part` numbers the columns of a page in reading order; `row` marks a row of a table, already whole.
    """

    text: str
    height: float = 0.0
    size: float = 0.0
    reach: float = 0.0
    bold: bool = False
    part: int = 0
    row: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page in reading order, and the header of a table that may go on on the next page."""

    lines: list[Line]
    header: Sequence[str] | None = None


def page_text(page: PdfPage, header: Sequence[str] | None = None) -> PageText:
    """Return what stands on `page`; a soft hyphen at a line's end is kept for joining.

    Words that run across the page come last. `header` is that of a table on the page before: a table
    that begins this page with as many columns and no header of its own is the rest of it.

    Raises:
        pypdfium2.PdfiumError: the page is damaged.
    """
    words = with_ligatures(page_words(page))
    upright = [word for word in words if not word.turned]
    parts = list(in_reading_order(upright, partial(table_of, rules=page_rules(page))))
    headers = _headers(parts, header)
    lines = [
        line for number, part in enumerate(parts) for line in _part_lines(part, number, headers.get(number))
    ]
    across = " ".join(word.text for word in words if word.turned)
    lines += [Line(across, part=len(parts))] if across else []
    return PageText(lines, headers.get(max(headers, default=0)) if _ends_with_table(parts) else None)


def _headers(parts: Sequence[Part], carried: Sequence[str] | None) -> dict[int, Sequence[str] | None]:
    """Return the header of each part that is a table, by its number."""
    headers: dict[int, Sequence[str] | None] = {}
    for number, part in enumerate(parts):
        if part.rows is not None:
            own = header_of(part.rows, is_bold=_begins_bold(part.words))
            fits = carried is not None and len(carried) == len(part.rows[0]) and not headers
            headers[number] = own or (carried if fits and _is_edge(parts[:number]) else None)
    return headers


def _ends_with_table(parts: Sequence[Part]) -> bool:
    last = max((number for number, part in enumerate(parts) if part.rows is not None), default=None)
    return last is not None and _is_edge(parts[last + 1 :])


def _is_edge(parts: Sequence[Part]) -> bool:
    """Whether these parts are no more than a running header or a page number."""
    return sum(len(text_lines(part.words)) for part in parts) <= _EDGE_LINES


def _begins_bold(words: Sequence[Word]) -> bool:
    """Whether the first line of a table is set in bold and the rest is not."""
    first = max(words, key=lambda word: word.foot)
    top = [word for word in words if abs(word.foot - first.foot) < first.size / 2]
    return all(word.bold for word in top) and not all(word.bold for word in words)


def _part_lines(part: Part, number: int, header: Sequence[str] | None) -> Iterator[Line]:
    if part.rows is None:
        yield from (_line(words, number) for words in text_lines(part.words))
        return
    height = max(word.foot for word in part.words)
    size = median(word.size for word in part.words)
    for text in rows_as_lines(part.rows, header):
        yield Line(text, height, size, part=number, row=True)


def _line(words: Sequence[Word], part: int) -> Line:
    """Return one line; its longest word says how large it is (not the bullet)."""
    longest = max(words, key=lambda word: len(word.text))
    return Line(
        line_text(words),
        longest.foot,
        longest.size,
        words[-1].right - words[0].left,
        all(word.bold for word in words),
        part,
    )


def is_readable(lines: Sequence[Line]) -> bool:
    """Whether there are words, and not only numbers or signs of a font that keeps its letters secret."""
    text = "".join(line.text for line in lines)
    letters = sum(character.isalpha() for character in text)
    garbage = sum(len(match) for match in _GARBAGE.findall(text))
    return letters > 0 and garbage <= _MAX_GARBAGE * (letters + garbage)


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the paragraphs as running text, told apart by gaps, letter sizes, list points and short lines."""
    usual = _usual_gap(lines)
    widest = {line.part: max(each.reach for each in lines if each.part == line.part) for line in lines}
    run: list[Line] = []
    for line in lines:
        if run and _begins_paragraph(run[-1], line, usual, widest[run[-1].part]):
            yield _running(run)
            run = []
        run.append(line)
    if run:
        yield _running(run)


def _usual_gap(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines: most gaps are that, the others are wider."""
    gaps = sorted(
        gap for upper, lower in pairwise(lines) if not lower.row and (gap := upper.height - lower.height) > 0
    )
    return gaps[len(gaps) // 3] if gaps else 0.0


def _begins_paragraph(former: Line, line: Line, usual_gap: float, widest: float) -> bool:
    gap = former.height - line.height
    ends_sentence = bool(_SENTENCE_END.search(former.text))
    if former.row and line.row:
        return former.part != line.part
    if former.row or line.row or abs(former.size - line.size) > _SAME_SIZE_PT:
        return True
    if gap < 0:  # the next column, or a box: a sentence may go on there
        return ends_sentence
    if _LIST_POINT.match(line.text):
        return True
    is_short = former.reach < _SHORT_LINE * widest
    return gap > usual_gap * _WIDE_GAP or (ends_sentence and is_short)


def _running(lines: Sequence[Line]) -> str:
    if lines[0].row:
        return "\n".join(line.text for line in lines)
    return collapse(join_lines(line.text for line in lines))
