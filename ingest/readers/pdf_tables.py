"""Tables on a PDF page: told by their rules or by short aligned cells, read row by row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from ingest.readers.hyphenation import join_lines
from ingest.readers.pdf_layout import text_lines
from ingest.readers.pdf_text import line_text
from ingest.readers.running_text import collapse
from ingest.readers.tables import is_label_column, labelled_text, row_lines, table_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pypdfium2 import PdfPage

    from ingest.readers.pdf_words import Word

_THIN_PT = 2.5  # a drawn rectangle that is thinner is a line
_LONG_PT = 12.0  # a shorter line is underlining or decoration
_MOST_SHAPES = 3_000  # of a page; a map has a hundred thousand lines and no table
_REACHES = 0.6  # of the width: a rule that parts the rows of a table
_FEWEST_RULES = 3  # above the header, below it, at the end
_NEAR_PT = 3.0  # rules that lie closer are one
_COLUMN_GAP = 0.8  # of the letter size, between the columns of a table over all its rows
_ALIGNED = 0.35  # of the letter size, between the feet of two cells of one row
_SHARE_ALIGNED = 0.75  # of the first column's lines; in set columns of prose it happens, in tables always
_FULL = 0.85  # of its column's width: a line that reaches so far was broken there
_PROSE_FULL = 0.7  # share of full lines
_PROSE_SMALL = 0.25  # share of lines that begin with a small letter; cells begin with capitals and numbers
_PROSE_WORDS = 3.0  # a line, on average
_ROW_GAP = 1.25  # of the usual distance of lines: a wider one parts two rows
_MARGIN_PT = 24.0  # around the words of a table, in which its outer rules lie
_FEWEST_COLUMNS = 2
_MOST_LINES = 3  # of the first column for each rule; with fewer rules, they do not part every row
_BROAD = 3  # columns, from which on a first row without digits is a header


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that runs from `start` to `end` at the height (or, upright, the distance from the left) `at`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines drawn on a page."""

    level: Sequence[Rule]
    upright: Sequence[Rule]


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table row by row; words above `top` and below `bottom` do not belong to it."""

    rows: Sequence[Sequence[str]]
    top: float
    bottom: float


def page_rules(page: PdfPage) -> Rules:
    """Return the lines of a page that may part rows and columns, the edges of drawn boxes included."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for number, shape in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number >= _MOST_SHAPES:
            return Rules((), ())
        left, bottom, right, top = shape.get_bounds()
        level += [Rule(height, left, right) for height in _edges(bottom, top)]
        upright += [Rule(edge, bottom, top) for edge in _edges(left, right)]
    return Rules(_merged(level), _merged(upright))


def table_of(words: Sequence[Word], rules: Rules) -> Table | None:
    """Return the table that a part of a page is, None where it is columns of prose."""
    left, right = min(word.left for word in words), max(word.right for word in words)
    top, bottom = max(word.foot + word.size for word in words), min(word.foot for word in words)
    level = _spanning(rules.level, (left, right), (bottom, top))
    size = median(word.size for word in words)
    if len(level) >= _FEWEST_RULES:
        top, bottom = _outer(level, words)
        words = [word for word in words if bottom < word.middle < top]
    upright = _spanning(rules.upright, (bottom, top), (left, right))
    columns = _columns(words, [edge for edge in upright if left + size < edge < right - size])
    if len(columns) < _FEWEST_COLUMNS:
        return None
    lines = [text_lines(column) for column in columns]
    inner = [cut for cut in level if bottom < cut < top]
    if len(level) < _FEWEST_RULES and not _looks_like_cells(lines, size):
        return None
    cuts = inner if len(inner) >= len(lines[0]) / _MOST_LINES else _row_tops(lines, size)
    return Table([[_cell(cell) for cell in row] for row in _rows(columns, cuts)], top, bottom)


def header_of(rows: Sequence[Sequence[str]], *, is_bold: bool) -> Sequence[str] | None:
    """Return the first row if it names the columns: set in bold, or without digits in a broad table."""
    first = rows[0]
    named = all(first) and not any(character.isdigit() for cell in first for character in cell)
    is_header = len(rows) > 1 and not is_label_column(rows) and (is_bold or (named and len(first) >= _BROAD))
    return first if is_header else None


def rows_as_lines(rows: Sequence[Sequence[str]], header: Sequence[str] | None) -> list[str]:
    """Return one line a row, with the words of the header, which may be that of the page before."""
    if header is None and is_label_column(rows):
        return labelled_text(rows).split("\n")
    if header is not rows[0]:
        return row_lines(header, rows)
    return table_text(header, rows[1:]).split("\n")


def _edges(low: float, high: float) -> list[float]:
    """Return where the lines of a shape lie that reaches from `low` to `high`: a thin one is one line."""
    return [low] if high - low <= _THIN_PT else [low, high]


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with pieces of one line made whole: programs draw the edges of every cell."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.at / _NEAR_PT), rule.start)):
        former = merged[-1] if merged else None
        if former and abs(former.at - rule.at) <= _NEAR_PT and rule.start - former.end <= _NEAR_PT:
            merged[-1] = Rule(former.at, former.start, max(former.end, rule.end))
        else:
            merged.append(rule)
    return [rule for rule in merged if rule.end - rule.start >= _LONG_PT]


def _spanning(rules: Iterable[Rule], across: tuple[float, float], along: tuple[float, float]) -> list[float]:
    """Return where rules cross most of the stretch `across`, near or within `along`, highest first."""
    length = across[1] - across[0]
    found = sorted(
        (
            rule.at
            for rule in rules
            if min(rule.end, across[1]) - max(rule.start, across[0]) >= _REACHES * length
            and along[0] - _MARGIN_PT < rule.at < along[1] + _MARGIN_PT
        ),
        reverse=True,
    )
    kept = found[:1]
    for at in found:
        if kept[-1] - at > _NEAR_PT:
            kept.append(at)
    return kept


def _outer(level: Sequence[float], words: Sequence[Word]) -> tuple[float, float]:
    """Return top and bottom of a ruled table; a line right below the header may be all it has on top."""
    within = [word for word in words if level[-1] < word.middle < level[0]]
    return (level[0], level[-1]) if len(within) * 2 > len(words) else (float("inf"), float("-inf"))


def _columns(words: Sequence[Word], edges: Sequence[float]) -> list[list[Word]]:
    """Return the words by column: parted by upright rules, or where no word of any row stands."""
    if edges:
        bounds = [float("inf"), *edges, float("-inf")]
        parted = [
            [word for word in words if left <= (word.left + word.right) / 2 < right]
            for right, left in pairwise(bounds)
        ]
        return [column for column in reversed(parted) if column]
    least = median(word.size for word in words) * _COLUMN_GAP
    columns: list[list[Word]] = []
    reached = 0.0
    for word in sorted(words, key=lambda word: word.left):
        if columns and word.left - reached < least:
            columns[-1].append(word)
            reached = max(reached, word.right)
        else:
            columns.append([word])
            reached = word.right
    return columns


def _looks_like_cells(columns: Sequence[Sequence[Sequence[Word]]], size: float) -> bool:
    """Whether the lines of the columns stand side by side and are no running text."""
    feet = [line[0].foot for column in columns[1:] for line in column]
    first = [line[0].foot for line in columns[0]]
    aligned = sum(any(abs(foot - other) <= _ALIGNED * size for other in feet) for foot in first)
    return aligned >= _SHARE_ALIGNED * len(first) and not all(map(_is_prose, columns))


def _is_prose(lines: Sequence[Sequence[Word]]) -> bool:
    """Whether the lines of a column were broken by its width: they go on in small letters, or fill it."""
    words = sum(map(len, lines)) / len(lines)
    small = sum(line[0].text[0].islower() for line in lines) / len(lines)
    left = min(line[0].left for line in lines)
    right = max(line[-1].right for line in lines)
    full = sum(line[-1].right - left >= _FULL * (right - left) for line in lines) / len(lines)
    return words >= _PROSE_WORDS and (small >= _PROSE_SMALL or full >= _PROSE_FULL)


def _row_tops(columns: Sequence[Sequence[Sequence[Word]]], size: float) -> list[float]:
    """Return the heights between rows without rules: above each line that follows a wider gap everywhere."""
    heights = sorted({round(line[0].foot, 1) for column in columns for line in column}, reverse=True)
    merged = heights[:1]
    for height in heights:
        if merged[-1] - height > _ALIGNED * size:
            merged.append(height)
    gaps = [upper - lower for upper, lower in pairwise(merged)]
    usual = min(gaps, default=0.0)
    if (
        gaps and max(gaps) <= _ROW_GAP * usual
    ):  # no row is set apart: each line of the first column begins one
        begins = [line[0].foot for line in columns[0]][1:]
        return [foot + size for foot in begins]
    return [(upper + lower) / 2 for upper, lower in pairwise(merged) if upper - lower > _ROW_GAP * usual]


def _rows(columns: Sequence[Sequence[Word]], cuts: Sequence[float]) -> Iterator[list[list[Word]]]:
    edges = [float("inf"), *cuts, float("-inf")]
    for upper, lower in pairwise(edges):
        row = [[word for word in column if lower <= word.middle < upper] for column in columns]
        if any(row):
            yield row


def _cell(words: Sequence[Word]) -> str:
    return collapse(join_lines(map(line_text, text_lines(words))))
