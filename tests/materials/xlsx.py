"""Questions and answers in YAML to a workbook for curators; the same text gives the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TypedDict

import yaml
from xlsxwriter import Workbook

from tests.materials.office import AUTHOR, WRITTEN, write_without_times

if TYPE_CHECKING:
    from pathlib import Path

_COLUMNS = {"Frage": 45, "Weitere Fragen": 45, "Antwort": 90, "Quelle": 40}  # widths in characters
_SHEET = "Fragen"


class _Entry(TypedDict):
    """A pair of the source; the first question stands in a column of its own."""

    questions: list[str]
    answer: str
    url: str


def write_xlsx(source: str, target: Path) -> None:
    """Write the `entries` of a YAML source as a sheet with a row each, below its `title`."""
    loaded = yaml.safe_load(source)
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": loaded["title"], "author": AUTHOR, "created": WRITTEN})
        _write_sheet(workbook, loaded["title"], loaded["entries"])
    write_without_times(made, target)


def _write_sheet(workbook: Workbook, title: str, entries: list[_Entry]) -> None:
    bold = workbook.add_format({"bold": True})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet = workbook.add_worksheet(_SHEET)
    for column, width in enumerate(_COLUMNS.values()):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, title, bold)
    sheet.write_row(1, 0, _COLUMNS, bold)
    sheet.freeze_panes(2, 0)
    for row, entry in enumerate(entries, start=2):
        sheet.write_row(row, 0, _cells(entry), wrapped)


def _cells(entry: _Entry) -> tuple[str, str, str, str]:
    first, *others = entry["questions"]
    return first, "\n".join(others), entry["answer"], entry["url"]
