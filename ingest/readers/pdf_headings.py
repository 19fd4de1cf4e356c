"""Headings that a PDF shows by large or bold letters, and notes that it sets below in small ones."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.readers.hyphenation import join_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ingest.readers.pdf_lines import Line

_LARGER = 1.15  # of the usual size
_AS_LARGE = 0.95  # of the usual size: bold letters may also mark a heading
_SMALLER = 0.92  # of the usual size: notes
_MOST_LETTERS = 150  # of a heading, all its lines together
_MOST_LINES = 3
_NEXT_LINE = 1.9  # of the letter size: what follows farther below is another heading
_LEVELS = 4  # that a reader can keep apart
_NOTE = re.compile(r"(\[\d{1,3}\]|\d{1,3}[.)]?|\*+)\s")
_NO_HEADING_END = re.compile(r"[.,;!]$|-$")
_LIST_POINT = re.compile(r"[-–•▪●◦*]\s")

Style = tuple[float, bool]  # size in half points, and whether it is bold


@dataclass(frozen=True, slots=True)
class Styles:
    """The usual size of a document's letters, and the level of each style of heading, 1 the outermost."""

    usual: float
    levels: Mapping[Style, int]

    def level(self, lines: Sequence[Line]) -> int | None:
        """Return the level of these lines of one style as a heading, None where they are text."""
        level = self.levels.get(_style(lines[0]))
        return level if level is not None and _is_heading(lines) else None


def styles_of(pages: Iterable[Sequence[Line]]) -> Styles:
    """Return what a document's letters tell about its headings."""
    lines = [line for page in pages for line in page if line.size]
    usual = usual_size(lines)
    marked = Counter(
        _style(run[0])
        for page in pages
        for run in _runs(page)
        if _stands_out(run[0], usual) and _is_heading(run)
    )
    ordered = sorted(marked, reverse=True)
    return Styles(usual, {style: min(rank, _LEVELS) for rank, style in enumerate(ordered, start=1)})


def usual_size(lines: Iterable[Line]) -> float:
    """Return the size in points in which most letters are set, 0 without lines."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[_half_points(line.size)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def split_at_headings(lines: Sequence[Line], styles: Styles) -> Iterator[tuple[int | None, Sequence[Line]]]:
    """Yield the lines in order: headings with their level, what stands between them with None."""
    text: list[Line] = []
    for run in _runs(lines):
        level = styles.level(run)
        if level is None:
            text.extend(run)
            continue
        if text:
            yield None, text
            text = []
        yield level, run
    if text:
        yield None, text


def without_notes(lines: Sequence[Line], usual: float) -> tuple[list[Line], list[Line]]:
    """Return the lines of a page without the notes below its columns, and those notes."""
    text: list[Line] = []
    notes: list[Line] = []
    for _, part in groupby(lines, key=lambda line: line.part):
        column = list(part)
        start = _start_of_notes(column, usual)
        text += column[:start]
        notes += column[start:]
    return text, notes


def _start_of_notes(column: Sequence[Line], usual: float) -> int:
    start = len(column)
    while start and 0 < column[start - 1].size < _SMALLER * usual and not column[start - 1].row:
        start -= 1
    if not start:  # a column of small letters only is no column of notes
        return len(column)
    while start < len(column) and not _NOTE.match(column[start].text):
        start += 1
    return start


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield neighbouring lines of one style that may be one heading."""
    run: list[Line] = []
    for line in lines:
        if run and not _continues(run[-1], line):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _continues(former: Line, line: Line) -> bool:
    below = former.height - line.height
    return _style(former) == _style(line) and not line.row and 0 < below < _NEXT_LINE * line.size


def _style(line: Line) -> Style:
    return _half_points(line.size), line.bold


def _half_points(size: float) -> float:
    return round(size * 2) / 2


def _stands_out(line: Line, usual: float) -> bool:
    return line.size > _LARGER * usual or (line.bold and line.size > _AS_LARGE * usual)


def _is_heading(lines: Sequence[Line]) -> bool:
    words = join_lines(line.text for line in lines)
    return (
        len(lines) <= _MOST_LINES
        and len(words) <= _MOST_LETTERS
        and any(character.isalpha() for character in words)
        and not any(line.row for line in lines)
        and not _NO_HEADING_END.search(words)
        and not _LIST_POINT.match(words)
    )
