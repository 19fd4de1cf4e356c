"""Workbooks of Excel and LibreOffice as rows of words; macros, links and queries in them are never run."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from index.errors import UnreadableSourceError
from ingest.readers.cells import Row, cell_words
from ingest.readers.office_archive import LOCKED, OfficeFormat, check_archive, guarded
from ingest.readers.sheet_extent import MAX_CELLS, check_extent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet, SheetMetadata

    from ingest.readers.sheet_extent import Merged

_EXCEL = OfficeFormat("Die Excel-Datei", "Excel", ".xlsx")
_OPEN_DOCUMENT = OfficeFormat("Die OpenDocument-Tabelle", "LibreOffice", ".ods")
_OLD_SUFFIX = ".xls"  # no archive
_PANIC = "PanicException"  # of Rust's libraries; it cannot be imported


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet and its rows with text."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The visible sheets that hold text, and a sentence about each that was not read."""

    sheets: tuple[Sheet, ...]
    unread: tuple[str, ...]


def read_workbook(path: Path) -> Workbook:
    """Return the sheets of a workbook; of a formula its last value, as the program that saved it left it.

    The words of cells that are merged over rows stand in each of these rows. Hidden sheets are notes of
    the author and not read; hidden rows are, as a filter hides them by chance.

    Raises:
        UnreadableSourceError: for a damaged or locked file, and for one that unpacks to absurd size.
    """
    office = _OPEN_DOCUMENT if path.suffix.lower() == ".ods" else _EXCEL
    merged: Mapping[str, Sequence[Merged]] = {}
    if path.suffix.lower() != _OLD_SUFFIX:
        check_archive(path, office)
        merged = check_extent(path, office)
    with _guarded(office), path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
        unread = [words for each in workbook.sheets_metadata if (words := _passed_over(each))]
        names = [each.name for each in workbook.sheets_metadata if not _passed_over(each)]
        sheets = [_sheet(workbook.get_sheet_by_name(name), merged.get(name)) for name in names]
    return Workbook(tuple(sheet for sheet in sheets if sheet.rows), tuple(unread))


def _passed_over(sheet: SheetMetadata) -> str | None:
    if sheet.visible is not SheetVisibleEnum.Visible:
        return f"Das Blatt „{sheet.name}“ ist ausgeblendet und wurde nicht gelesen."
    if sheet.typ is not SheetTypeEnum.WorkSheet:
        return (
            f"Das Blatt „{sheet.name}“ ist keine Tabelle (ein Diagramm oder Makro) und wurde nicht gelesen."
        )
    return None


def _sheet(sheet: CalamineSheet, merged: Sequence[Merged] | None) -> Sheet:
    if sheet.end and (sheet.end[0] + 1) * (sheet.end[1] + 1) > MAX_CELLS:
        raise UnreadableSourceError(
            f"Das Blatt „{sheet.name}“ hat zu viele Zellen (höchstens {MAX_CELLS / 1e6:.0f} Millionen). "
            "Bitte löschen Sie leere Zeilen und Spalten an seinem Ende oder teilen Sie es."
        )
    grid = [[cell_words(cell) for cell in cells] for cells in sheet.to_python(skip_empty_area=False)]
    for (first, column), (last, _) in merged or sheet.merged_cell_ranges or ():
        for row in grid[first + 1 : last + 1]:
            row[column] = row[column] or grid[first][column]
    rows = (Row(line, cells) for line, cells in enumerate(grid, start=1) if any(cells))
    return Sheet(sheet.name, tuple(rows))


@contextmanager
def _guarded(office: OfficeFormat) -> Iterator[None]:
    try:
        with guarded(office, CalamineError):
            yield
    except BaseException as error:
        if isinstance(error.__cause__, PasswordError):
            raise UnreadableSourceError(LOCKED) from error
        if type(error).__name__ == _PANIC:
            raise office.damaged() from error
        raise
