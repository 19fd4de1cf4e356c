"""FAQ tables (CSV) with a column of questions and one of answers, as spreadsheets save them."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import Document
from ingest.readers.cells import Row
from ingest.readers.extracted import extracted
from ingest.readers.faq import collect
from ingest.readers.faq_columns import field_of, read_faq_table
from ingest.readers.text_encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DELIMITERS = (";", ",", "\t")  # German Excel, the rest of the world, copied tables
_DELIMITER_HINT = re.compile(r"sep=(.)\n", re.IGNORECASE)  # Excel's own first line


def read(path: Path) -> Document:
    """Return the pairs of a CSV table; several questions stand in lines of a cell or in columns.

    Rows that lack question or answer, or have more cells than the header, are named in `unread`.

    Raises:
        UnreadableSourceError: without a question or answer column, for broken quoting, or when no
            row is complete.
    """
    table = read_faq_table(list(_rows(read_text(path))))
    faq = collect(table.entries)
    return Document(
        faq.sections,
        extracted=extracted(table.title),
        unread=(*table.unread, *faq.unread),
        doubts=faq.doubts,
    )


def _rows(text: str) -> Iterator[Row]:
    """Yield the rows with text, each with the line at which it begins."""
    hint = _DELIMITER_HINT.match(text)
    text = text[hint.end() :] if hint else text
    delimiter = hint[1] if hint else _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 2 if hint else 1
    offset = line - 1
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield Row(line, [cell.strip() for cell in row])
            line = rows.line_num + 1 + offset
    except csv.Error as error:
        raise UnreadableSourceError(
            f"Die Tabelle ist ab Zeile {line} fehlerhaft. Bitte prüfen Sie dort die Anführungszeichen."
        ) from error


def _delimiter(text: str) -> str:
    """Return the delimiter under which the first line names the most known columns, or any columns."""

    def known_columns(delimiter: str) -> tuple[int, int]:
        header = text.lstrip().partition("\n")[0].split(delimiter)
        return len({field_of(name.strip('"')) for name in header} - {None}), len(header)

    return max(_DELIMITERS, key=known_columns)
