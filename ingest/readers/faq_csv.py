"""FAQ tables (CSV) with a column of questions and one of answers, as spreadsheets save them."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import Document
from ingest.readers.faq import FIELD_NAMES, FaqEntry, collect
from ingest.readers.running_text import collapse, collapse_lines
from ingest.readers.text_encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_DELIMITERS = (";", ",", "\t")  # German Excel, the rest of the world, copied tables
_DELIMITER_HINT = re.compile(r"sep=(.)\n", re.IGNORECASE)  # Excel's own first line
_REQUIRED = {"question": "Frage", "answer": "Antwort"}
_NAMED_COLUMNS = 10  # in a message: a table of measurements has hundreds
_NUMBERED = re.compile(r"[\s_.]*\d+$")  # "Frage 2" is a further question


def read(path: Path) -> Document:
    """Return the pairs of a CSV table; several questions stand in lines of a cell or in columns.

    Rows that lack question or answer, or have more cells than the header, are named in `unread`.

    Raises:
        UnreadableSourceError: without a question or answer column, for broken quoting, or when no
            row is complete.
    """
    text = read_text(path)
    rows = _rows(text)
    _, header = next(rows, (1, []))
    fields = [_field(name) for name in header]
    _check_columns(header, fields)
    entries, too_wide = [], []
    for number, (line, row) in enumerate(rows, start=1):
        if any(row[len(header) :]):
            too_wide.append(f"Zeile {line} hat mehr Felder als die Kopfzeile und wurde nicht gelesen.")
        else:
            entries.append(_entry(number, line, fields, row))
    faq = collect(entries)
    return Document(faq.sections, unread=(*_unknown(header, fields), *too_wide, *faq.unread))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with text, each with the line at which it begins, the header first."""
    hint = _DELIMITER_HINT.match(text)
    text = text[hint.end() :] if hint else text
    delimiter = hint[1] if hint else _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 2 if hint else 1
    offset = line - 1
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield line, [cell.strip() for cell in row]
            line = rows.line_num + 1 + offset
    except csv.Error as error:
        raise UnreadableSourceError(
            f"Die Tabelle ist ab Zeile {line} fehlerhaft. Bitte prüfen Sie dort die Anführungszeichen."
        ) from error


def _delimiter(text: str) -> str:
    """Return the delimiter under which the first line names the most known columns, or any columns."""

    def known_columns(delimiter: str) -> tuple[int, int]:
        header = text.lstrip().partition("\n")[0].split(delimiter)
        return len({_field(name.strip('"')) for name in header} - {None}), len(header)

    return max(_DELIMITERS, key=known_columns)


def _field(name: str) -> str | None:
    return FIELD_NAMES.get(_NUMBERED.sub("", collapse(name).casefold()))


def _check_columns(header: Sequence[str], fields: Sequence[str | None]) -> None:
    found = ", ".join(f"„{name}“" for name in header[:_NAMED_COLUMNS]) or "keine"
    missing = " und ".join(f"„{name}“" for field, name in _REQUIRED.items() if field not in fields)
    if missing:
        raise UnreadableSourceError(
            f"Der Tabelle fehlt die Spalte {missing}; gefunden: {found}. "
            "Bitte benennen Sie die Spalten „Frage“ und „Antwort“."
        )


def _entry(number: int, line: int, fields: Sequence[str | None], row: Sequence[str]) -> FaqEntry:
    cells: Mapping[str | None, list[str]] = defaultdict(list)
    for field, cell in zip(fields, row, strict=False):
        if words := collapse_lines(cell):
            cells[field].append(words)
    return FaqEntry(
        number,
        line,
        questions=tuple(question for cell in cells["question"] for question in cell.split("\n")),
        answer="\n".join(cells["answer"]),
        category=tuple(cells["category"]),
        source=", ".join(cells["source"]),
    )


def _unknown(header: Sequence[str], fields: Sequence[str | None]) -> Iterator[str]:
    for name, field in zip(header, fields, strict=True):
        if field is None and name:
            yield f"Die Spalte „{name}“ ist unbekannt und wurde nicht gelesen."
