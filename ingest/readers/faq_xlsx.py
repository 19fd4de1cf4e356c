"""FAQ sheets of Excel and LibreOffice; a workbook without any is read as plain tables."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from index.passage import Document, Section
from ingest.readers.extracted import extracted
from ingest.readers.faq import collect
from ingest.readers.faq_columns import is_faq, missing_columns, read_faq_table
from ingest.readers.headings import Anchors
from ingest.readers.running_text import collapse
from ingest.readers.spreadsheet import read_workbook
from ingest.readers.tables import is_label_column, labelled_text, table_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ingest.readers.cells import Row
    from ingest.readers.faq_columns import FaqTable
    from ingest.readers.spreadsheet import Sheet, Workbook

# What programs call a sheet that nobody named.
_UNNAMED = re.compile(
    r"(tabelle|tabellenblatt|blatt|sheet|worksheet|feuille?|arkusz)[\s_]*\d*", re.IGNORECASE
)
_NUMBER = re.compile(r"[\d.,:%€ -]+")  # a date, a price, a time: nothing that names a column


def read(path: Path) -> Document:
    """Return the pairs of all sheets with columns of questions and answers.

    Of several such sheets the name is the first category, unless the program gave it. Other sheets
    beside them are named in `unread`. A workbook without any such sheet (a price list, a list of
    contacts) is no FAQ and comes out as tables, a section a sheet and a line a row; its kind is then
    handbuch, unless its folder or its metadata say otherwise.

    Raises:
        UnreadableSourceError: for a damaged or locked file, one that unpacks to absurd size, or when no
            row of its FAQ sheets is complete.
    """
    workbook = read_workbook(path)
    return _faq(workbook) if any(is_faq(sheet.rows) for sheet in workbook.sheets) else _tables(workbook)


def _faq(workbook: Workbook) -> Document:
    sheets = [sheet for sheet in workbook.sheets if is_faq(sheet.rows)]
    others = [_other(sheet) for sheet in workbook.sheets if not is_faq(sheet.rows)]
    if len(sheets) == 1:
        tables = [read_faq_table(sheets[0].rows)]
    else:
        tables = [_named_table(sheet) for sheet in sheets]
    faq = collect(entry for table in tables for entry in table.entries)
    remarks = [remark for table in tables for remark in table.unread]
    return Document(
        faq.sections,
        extracted=extracted(tables[0].title),
        unread=(*workbook.unread, *others, *remarks, *faq.unread),
        doubts=faq.doubts,
    )


def _named_table(sheet: Sheet) -> FaqTable:
    """Return the table of one sheet among several; the sheet's name stands above its own categories."""
    table = read_faq_table(sheet.rows, sheet.name)
    if _UNNAMED.fullmatch(sheet.name.strip()):
        return table
    entries = (replace(each, category=(collapse(sheet.name), *each.category)) for each in table.entries)
    return replace(table, entries=tuple(entries))


def _other(sheet: Sheet) -> str:
    return f"Das Blatt „{sheet.name}“ wurde nicht gelesen: Ihm {missing_columns(sheet.rows)}."


def _tables(workbook: Workbook) -> Document:
    anchors = Anchors()
    is_single = len(workbook.sheets) == 1
    sections = []
    for sheet in workbook.sheets:
        is_named = not (is_single and _UNNAMED.fullmatch(sheet.name.strip()))
        heading = (collapse(sheet.name),) if is_named else ()
        sections.append(Section(heading, anchors.location(sheet.name), _table(sheet.rows)))
    return Document(tuple(sections), unread=workbook.unread)


def _table(rows: Sequence[Row]) -> str:
    """Return a sheet as text: the single cells above its table as lines, then one line a row."""
    grid = [[collapse(cell) for cell in row.cells] for row in rows]
    start = next((at for at, cells in enumerate(grid) if sum(map(bool, cells)) > 1), len(grid))
    above, table = grid[:start], grid[start:]
    return "\n".join(filter(None, ["\n".join(" ".join(cells).strip() for cells in above), _grid(table)]))


def _grid(grid: Sequence[Sequence[str]]) -> str:
    if is_label_column(grid):
        return labelled_text(grid)
    is_headed = len(grid) > 1 and not any(_NUMBER.fullmatch(cell) for cell in grid[0] if cell)
    return table_text(grid[0], grid[1:]) if is_headed else table_text(None, grid)
