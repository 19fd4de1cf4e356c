"""OpenDocument tables as rows of words, with repeated cells and those that span columns or rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.readers.odt_package import on
from ingest.readers.odt_styles import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.etree import _Element

_MAX_REPEATED = 50  # columns or rows; sheets claim thousands of empty ones
_CELLS = frozenset({on("table:table-cell"), on("table:covered-table-cell")})
_NESTED = frozenset({on("table:table"), *_CELLS})


def table_rows(
    table: _Element, words: Callable[[_Element], str]
) -> tuple[Sequence[Sequence[str]], bool | None]:
    """Return the rows, and whether the first one is marked as a header (None where the file is silent).

    The words of a cell that spans rows stand in each of them, those of a cell that spans columns in
    the first.
    """
    rows: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column: further rows that a cell above reaches into, its words
    for row in _rows(table):
        told = _row_words(row, words, hanging)
        repeated = number(row.get(on("table:number-rows-repeated")), 1) if any(told) else 1
        rows += [told] * min(repeated, _MAX_REPEATED)
    has_header = next(table.iterchildren(on("table:table-header-rows")), None) is not None
    return rows, (len(rows) > 1) if has_header else None


def table_cells(table: _Element) -> Iterator[_Element]:
    """Yield the cells of `table` in reading order, without those of tables within."""
    for row in _rows(table):
        yield from (cell for cell in row if cell.tag in _CELLS)


def _rows(parent: _Element) -> Iterator[_Element]:
    for child in parent:
        if child.tag == on("table:table-row"):
            yield child
        elif child.tag not in _NESTED:
            yield from _rows(child)


def _row_words(
    row: _Element, words: Callable[[_Element], str], hanging: dict[int, tuple[int, str]]
) -> list[str]:
    told: list[str] = []
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        own = words(cell) if cell.tag == on("table:table-cell") else ""
        repeated = min(number(cell.get(on("table:number-columns-repeated")), 1), _MAX_REPEATED)
        for _ in range(max(repeated, 1)):
            rows_left, above = hanging.pop(len(told), (0, ""))
            if rows_left > 1:
                hanging[len(told)] = (rows_left - 1, above)
            spanned = number(cell.get(on("table:number-rows-spanned")), 1)
            if spanned > 1 and own:
                hanging[len(told)] = (min(spanned - 1, _MAX_REPEATED), own)
            told.append(own or above)
    return told
