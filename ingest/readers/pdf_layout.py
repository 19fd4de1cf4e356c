"""The reading order of a page: columns one after the other, headings above them before, notes below after.

A gutter is a strip without words that goes down through several lines with words on both of its sides.
Where one is found, what stands above it is read first, then the columns from left to right, then what
stands below: a recursive cut of the page (Nagy and Seth, "Hierarchical representation of optically scanned
documents", 1984), with gutters told from the words and not from the whole page's projection.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ingest.readers.pdf_words import Word

_GUTTER = 1.0  # of the letter size: blanks between words stay below it, columns keep more apart
_STRIP = 1.2  # of the letter size: the usual distance of lines, so that a strip holds about one line
_FEWEST = 3  # strips with words on both sides, or it is chance
_ON_LINE = 0.45  # of the usual letter size: words whose middles differ less stand on one line
_MARK = re.compile(r"[-–•▪●◦*→✓]|\(?(\d+\.)*\w{1,3}[.)]?")  # "2.", "(a)", "9.5.1"
_BOTH = 3  # see `_sides`
_DEEPEST = 12  # cuts within cuts; pages of newspapers need four


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip without words between `left` and `right`, from `top` down to `bottom`, in points."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Part:
    """Words that are read together: lines without a gutter, or a table with its cells row by row."""

    words: Sequence[Word]
    rows: Sequence[Sequence[str]] | None = None


class FoundTable(Protocol):
    """A table in a part of a page, and the heights between which its words stand."""

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The cells."""

    @property
    def top(self) -> float:
        """Words whose middle is higher do not belong to it."""

    @property
    def bottom(self) -> float:
        """Words whose middle is lower do not belong to it."""


TableOf = Callable[[Sequence["Word"]], FoundTable | None]


def in_reading_order(words: Sequence[Word], table_of: TableOf, depth: int = _DEEPEST) -> Iterator[Part]:
    """Yield the parts of a page in the order in which they are read.

    `table_of` returns the table where words that a gutter parts are one.
    """
    gutter = widest_gutter(words) if depth else None
    if gutter is None:
        if words:
            yield Part(words)
        return
    within = [word for word in words if gutter.bottom <= word.middle <= gutter.top]
    is_list = _is_before_text(within, gutter)
    table = None if is_list else table_of(within)
    top = min(gutter.top, table.top) if table else gutter.top
    bottom = max(gutter.bottom, table.bottom) if table else gutter.bottom
    yield from in_reading_order([word for word in words if word.middle > top], table_of, depth - 1)
    within = [word for word in words if bottom <= word.middle <= top]
    if table:
        yield Part(within, table.rows)
    elif is_list:
        yield Part(within)
    else:
        for column in (True, False):
            side = [word for word in within if (word.right <= gutter.right) is column]
            yield from in_reading_order(side, table_of, depth - 1)
    yield from in_reading_order([word for word in words if word.middle < bottom], table_of, depth - 1)


def _is_before_text(words: Sequence[Word], gutter: Gutter) -> bool:
    """Whether what stands left of the gutter is no column but numbers or bullets before lines of text."""
    return all(_MARK.fullmatch(word.text) for word in words if word.right <= gutter.right)


def text_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words line by line, from the top down and from left to right."""
    lines: list[list[Word]] = []
    near = _ON_LINE * median(word.size for word in words) if words else 0.0
    for word in sorted(words, key=lambda word: -word.middle):
        if lines and abs(_largest(lines[-1]).middle - word.middle) < near:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _largest(line: Sequence[Word]) -> Word:
    return max(line, key=lambda word: word.size)


def widest_gutter(words: Sequence[Word]) -> Gutter | None:
    """Return the gutter that parts most lines, None where lines run through."""
    if len(words) < 2 * _FEWEST:
        return None
    size = median(word.size for word in words)
    strips = _strips(words, size * _STRIP)
    found = [
        candidate
        for row in strips
        for gap in _gaps(strips[row], size * _GUTTER)
        if (candidate := _grown(gap, row, strips, size))
    ]
    best = max(found, key=lambda each: (each[0], each[1].right - each[1].left), default=None)
    return best[1] if best else None


def _strips(words: Iterable[Word], height: float) -> Mapping[int, list[Word]]:
    strips: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        strips[int(-word.middle // height)].append(word)
    return strips


def _gaps(words: Sequence[Word], least: float) -> Iterator[tuple[float, float]]:
    """Yield the stretches of at least `least` points between the words of a strip."""
    reached: float | None = None
    for word in sorted(words, key=lambda word: word.left):
        if reached is not None and word.left - reached >= least:
            yield reached, word.left
        reached = word.right if reached is None else max(reached, word.right)


def _grown(
    gap: tuple[float, float], row: int, strips: Mapping[int, list[Word]], size: float
) -> tuple[int, Gutter] | None:
    """Return how many lines a gap parts when it grows up and down as far as no word crosses it."""
    rows = [row]
    for step in (-1, 1):
        at = row + step
        while min(strips) <= at <= max(strips):
            free = _free(gap, strips.get(at, ()), size * _GUTTER)
            if free is None:
                break
            gap = free
            rows.append(at)
            at += step
    sides = {at: _sides(gap, strips.get(at, ())) for at in rows}
    kept = _without_loose_ends(sorted(rows), sides)
    both = sum(sides[at] == _BOTH for at in kept)
    if both < _FEWEST:
        return None
    height = size * _STRIP
    return both, Gutter(gap[0], gap[1], -kept[0] * height, -(kept[-1] + 1) * height)


def _free(gap: tuple[float, float], words: Iterable[Word], least: float) -> tuple[float, float] | None:
    """Return the widest part of `gap` that the words of a strip leave free, None if it is too narrow."""
    left, right = gap
    best: tuple[float, float] | None = None
    edge = left
    for word in sorted((w for w in words if w.right > left and w.left < right), key=lambda word: word.left):
        if word.left - edge >= least and (best is None or word.left - edge > best[1] - best[0]):
            best = edge, word.left
        edge = max(edge, word.right)
    if right - edge >= least and (best is None or right - edge > best[1] - best[0]):
        best = edge, right
    return best


def _sides(gap: tuple[float, float], words: Iterable[Word]) -> int:
    """Return 1 for words on the left only, 2 on the right only, 3 (`_BOTH`) on both sides, 0 for none."""
    there = {word.right > gap[1] for word in words}
    return (False in there) + 2 * (True in there)


def _without_loose_ends(rows: Sequence[int], sides: Mapping[int, int]) -> list[int]:
    """Return the rows without a line or two that stand apart on one side: headers, page numbers."""
    parted = [at for at in rows if sides[at] == _BOTH]
    if not parted:
        return list(rows)
    first = _reached(parted[0], rows[0], -1, sides)
    last = _reached(parted[-1], rows[-1], 1, sides)
    return [at for at in rows if first <= at <= last]


def _reached(start: int, end: int, step: int, sides: Mapping[int, int]) -> int:
    """Return how far from `start` towards `end` a column goes on: over a gap only to several lines."""
    reached, chunk = start, 0
    for at in range(start + step, end + step, step):
        if not sides[at]:
            chunk = 0
            continue
        chunk += 1
        if chunk >= _FEWEST or reached == at - step:
            reached = at
    return reached
