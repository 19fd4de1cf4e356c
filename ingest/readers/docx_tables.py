"""The rows and cells of Word's tables, also those in content controls, with merged cells laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from ingest.readers.office_words import hanging, is_prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

_CONTAINERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml")))
_MAX_SPAN = 63  # columns of a table in Word


def table_rows(table: _Element) -> Iterator[_Element]:
    """Yield the rows of `table` that were not deleted, without those of tables within."""
    for row in _inside(table, qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def row_cells(row: _Element) -> Iterator[_Element]:
    """Yield the cells of a row in reading order."""
    return _inside(row, qn("w:tc"))


def grid(table: _Element, words: Callable[[_Element], str]) -> list[list[str]]:
    """Return the table's words by row and column; `words` reads a cell.

    The words of a cell that spans rows stand in each of them, those of a cell that spans columns in the
    first. Columns that a row leaves out at its start are empty.
    """
    rows: list[list[str]] = []
    for row in table_rows(table):
        told = [""] * _span(row, "w:trPr/w:gridBefore", 0)
        for cell in row_cells(row):
            above = rows[-1][len(told)] if rows and len(told) < len(rows[-1]) else ""
            told.append(above if _goes_on(cell) else words(cell))
            told += [""] * (_span(cell, "w:tcPr/w:gridSpan", 1) - 1)
        rows.append(told)
    return rows


def holds_table(table: _Element) -> bool:
    """Whether a table stands in a cell of `table`."""
    return next(hanging(table, frozenset({"tbl"})), None) is not None


def _inside(parent: _Element, tag: str) -> Iterator[_Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _CONTAINERS and not is_prompt(child):
            yield from _inside(child, tag)


def _goes_on(cell: _Element) -> bool:
    """Whether a cell is the lower part of the one above it."""
    merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merged is not None and merged.get(qn("w:val")) != "restart"


def _span(element: _Element, path: str, otherwise: int) -> int:
    found = element.find("/".join(map(qn, path.split("/"))))
    stated = None if found is None else found.get(qn("w:val"))
    return min(int(stated), _MAX_SPAN) if stated and stated.isdecimal() else otherwise
