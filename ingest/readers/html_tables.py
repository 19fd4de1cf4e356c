"""HTML tables as rows of words, with cells that span columns or rows laid out in a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element

_MAX_SPAN = 50  # columns or rows; a page may claim millions
_CELLS = ("td", "th")


def element_rows(
    table: _Element, words: Callable[[_Element], str]
) -> tuple[Sequence[str] | None, Sequence[Sequence[str]]]:
    """Return the header (None without one) and the other rows; `words` reads a cell.

    The header is the first row if it stands in <thead> or all its cells are <th>. The words of a cell
    that spans rows stand in each of them, those of a cell that spans columns in the first.
    """
    rows = list(table.iter("tr"))
    grid = _grid(rows, words)
    if rows and _is_header(rows[0]):
        return grid[0], grid[1:]
    return None, grid


def _is_header(row: _Element) -> bool:
    parent = row.getparent()
    in_head = parent is not None and parent.tag == "thead"
    cells = [cell for cell in row if cell.tag in _CELLS]
    return in_head or (bool(cells) and all(cell.tag == "th" for cell in cells))


def _grid(rows: Sequence[_Element], words: Callable[[_Element], str]) -> list[list[str]]:
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}  # column: further rows that a cell above reaches into, its words
    for row in rows:
        laid = _Row(hanging)
        for cell in row:
            if cell.tag in _CELLS:
                laid.place(words(cell), _span(cell, "colspan"), _span(cell, "rowspan"))
        grid.append(laid.finish())
        hanging = laid.hanging
    return grid


class _Row:
    def __init__(self, from_above: dict[int, tuple[int, str]]) -> None:
        self._from_above = from_above
        self._cells: list[str] = []
        self.hanging: dict[int, tuple[int, str]] = {}

    def place(self, words: str, columns: int, rows: int) -> None:
        self._fill_from_above()
        for column in range(columns):
            self._put(words if column == 0 else "", rows - 1)

    def finish(self) -> list[str]:
        self._fill_from_above()
        return self._cells

    def _fill_from_above(self) -> None:
        while len(self._cells) in self._from_above:
            rows, words = self._from_above[len(self._cells)]
            self._put(words, rows - 1)

    def _put(self, words: str, further_rows: int) -> None:
        if further_rows:
            self.hanging[len(self._cells)] = (further_rows, words)
        self._cells.append(words)


def _span(cell: _Element, name: str) -> int:
    claimed = str(cell.get(name) or "1").strip()
    return min(max(int(claimed), 1), _MAX_SPAN) if claimed.isascii() and claimed.isdigit() else 1
