"""How far a spreadsheet reaches, told from its XML before it is opened, and which cells are merged.

calamine lays a sheet out as a full grid: two filled cells in opposite corners take 400 gigabytes, with
which the whole process ends. Format: ECMA-376 part 1, 18.3 (rows and cells); OpenDocument 1.3 part 3,
9.1 (repeated rows and cells).
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from lxml import etree

from index.errors import UnreadableSourceError
from ingest.readers.office_archive import guarded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lxml.etree import _Element

    from ingest.readers.office_archive import OfficeFormat

MAX_CELLS = 2_000_000  # of a sheet's grid; 50 000 rows of 20 columns are half of it
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_OPEN_DOCUMENT_PART = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELL_NAME = re.compile(r"([A-Za-z]{1,3})\d+")
_MAX_MERGED = 10_000  # ranges of a sheet; none that a person made has more

Merged = tuple[tuple[int, int], tuple[int, int]]  # first and last cell as (row, column), from 0


def check_extent(path: Path, office: OfficeFormat) -> Mapping[str, Sequence[Merged]]:
    """Check that no sheet is too large to open; return the merged cells of OpenDocument's sheets by name.

    Raises:
        UnreadableSourceError: for a damaged file, and for a sheet that reaches too far.
    """
    with guarded(office), zipfile.ZipFile(path) as archive:
        if _OPEN_DOCUMENT_PART in archive.namelist():
            with archive.open(_OPEN_DOCUMENT_PART) as part:
                return dict(_open_document_tables(part))
        for name in filter(_SHEET_PART.fullmatch, archive.namelist()):
            with archive.open(name) as part:
                _check_sheet(part)
    return {}


def _check_sheet(part: IO[bytes]) -> None:
    line = last = widest = 0
    for row in _elements(part, "{*}row"):
        line = int(row.get("r") or line + 1)
        width = _width(row)
        if width:
            last, widest = max(last, line), max(widest, width)
            _check_grid(last, widest)


def _width(row: _Element) -> int:
    """Return the column of the last cell that holds anything, from 1."""
    column = width = 0
    for cell in row:
        name = _CELL_NAME.fullmatch(cell.get("r") or "")
        column = _column(name[1]) if name else column + 1
        if len(cell):
            width = max(width, column)
    return width


def _column(letters: str) -> int:
    """Return the number of a column, from 1: "A" is 1, "AA" is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _check_grid(rows: int, columns: int) -> None:
    if rows * columns > MAX_CELLS:
        raise UnreadableSourceError(
            f"Ein Tabellenblatt hat zu viele Zellen: Es reicht bis Zeile {rows} und Spalte {columns} "
            f"(möglich sind {MAX_CELLS / 1e6:.0f} Millionen Zellen). "
            "Bitte löschen Sie die leeren Zeilen und Spalten darin."
        )


def _open_document_tables(part: IO[bytes]) -> Iterator[tuple[str, Sequence[Merged]]]:
    table = _Table()
    for element in _elements(part, f"{_TABLE}table-row", f"{_TABLE}table"):
        if element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name") or "", table.merged
            table = _Table()
        else:
            table.add(element)


@dataclass(slots=True)
class _Table:
    merged: list[Merged] = field(default_factory=list)
    row: int = 0
    last: int = 0
    widest: int = 0

    def add(self, row: _Element) -> None:
        column = width = 0
        for cell in row:
            further_rows = _count(cell, "number-rows-spanned") - 1
            if further_rows and len(self.merged) < _MAX_MERGED:
                self.merged.append(((self.row, column), (self.row + further_rows, column)))
            column += _count(cell, "number-columns-repeated")
            if len(cell):
                width = column
        self.row += _count(row, "number-rows-repeated")
        if width:
            self.last, self.widest = self.row, max(self.widest, width)
            _check_grid(self.last, self.widest)


def _count(element: _Element, name: str) -> int:
    return max(int(element.get(f"{_TABLE}{name}") or 1), 1)


def _elements(part: IO[bytes], *tags: str) -> Iterator[_Element]:
    """Yield the elements in the order of their ends, each emptied once it was looked at."""
    for _, element in etree.iterparse(part, tag=tags, resolve_entities=False, no_network=True):
        yield element
        element.clear(keep_tail=False)
        while (former := element.getprevious()) is not None and former.tag in tags:
            element.getparent().remove(former)
