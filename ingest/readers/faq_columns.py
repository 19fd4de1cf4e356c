"""FAQ tables, whatever program saved them: which column means what, and the entries in their rows."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from ingest.readers.extracted import sensible_title
from ingest.readers.faq import FIELD_NAMES, FaqEntry, entry_of
from ingest.readers.running_text import collapse, collapse_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ingest.readers.cells import Row

_REQUIRED = {"question": "Frage", "answer": "Antwort"}
_HEADER_ZONE = 20  # rows; a title and a few remarks may stand above the header
_NAMED_COLUMNS = 10  # in a message: a table of measurements has hundreds
_NUMBERED = re.compile(r"[\s_.]*\d*[\s:*]*$")  # "Frage 2" is a further question, "Antwort:" an answer


@dataclass(frozen=True, slots=True)
class FaqTable:
    """The entries of a table, a sentence about all else in it, and the title that stands above it."""

    entries: tuple[FaqEntry, ...]
    unread: tuple[str, ...]
    title: str | None


def field_of(name: str) -> str | None:
    """Return the part of an entry that a column of this name holds, None for an unknown one."""
    return FIELD_NAMES.get(_NUMBERED.sub("", collapse(name).casefold()))


def is_faq(rows: Sequence[Row]) -> bool:
    """Whether one of the first rows names a column of questions and one of answers."""
    return _header(rows) is not None


def read_faq_table(rows: Sequence[Row], sheet: str = "") -> FaqTable:
    """Return the entries of a table; several questions stand in lines of a cell or in columns.

    `sheet` is named in messages about a workbook of several sheets.

    Raises:
        UnreadableSourceError: when no row names a column of questions and one of answers.
    """
    at = _header(rows)
    if at is None:
        raise UnreadableSourceError(
            f"Der Tabelle {missing_columns(rows)}. Bitte benennen Sie die Spalten „Frage“ und „Antwort“."
        )
    columns = _Columns(tuple(rows[at].cells), sheet)
    title, unread = columns.above(rows[:at])
    entries = []
    for number, row in enumerate(columns.below(rows[at + 1 :]), start=1):
        if any(row.cells[len(columns.names) :]):
            unread.append(f"{columns.place(row)} hat mehr Felder als die Kopfzeile und wurde nicht gelesen.")
        else:
            entries.append(columns.entry(number, row))
    return FaqTable(tuple(entries), (*columns.unknown(rows[at + 1 :]), *unread), title)


def missing_columns(rows: Sequence[Row]) -> str:
    """Return what a table without an FAQ's columns lacks: "fehlt die Spalte „Antwort“; gefunden: …"."""
    best = max(rows[:_HEADER_ZONE], key=lambda row: len(_fields(row)), default=None)
    names = [name for name in best.cells if name][:_NAMED_COLUMNS] if best else []
    found = ", ".join(f"„{collapse(name)}“" for name in names) or "keine"
    lacking = [name for field, name in _REQUIRED.items() if best is None or field not in _fields(best)]
    return f"fehlt die Spalte {' und '.join(f'„{name}“' for name in lacking)}; gefunden: {found}"


def _header(rows: Sequence[Row]) -> int | None:
    zone = enumerate(rows[:_HEADER_ZONE])
    return next((at for at, row in zone if _REQUIRED.keys() <= _fields(row)), None)


def _fields(row: Row) -> set[str]:
    return {field for name in row.cells if (field := field_of(name))}


@dataclass(frozen=True, slots=True)
class _Columns:
    names: tuple[str, ...]
    sheet: str

    @property
    def fields(self) -> Sequence[str | None]:
        return [field_of(name) for name in self.names]

    def place(self, row: Row) -> str:
        return f"Zeile {row.line} (Blatt „{self.sheet}“)" if self.sheet else f"Zeile {row.line}"

    def above(self, rows: Sequence[Row]) -> tuple[str | None, list[str]]:
        """Return the title that stands alone in the first row, and a sentence about every other row."""
        title = None
        unread = []
        for row in rows:
            words = " | ".join(dict.fromkeys(collapse(cell) for cell in row.cells if cell))
            if title is None and (title := sensible_title(words)):
                continue
            if words != title:
                unread.append(f"{self.place(row)} über der Kopfzeile gehört zu keinem Eintrag: „{words}“.")
        return title, unread

    def below(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Yield the rows under the header; a long sheet may repeat it on every printed page."""
        return (row for row in rows if tuple(row.cells) != self.names)

    def entry(self, number: int, row: Row) -> FaqEntry:
        found: Mapping[str | None, list[str]] = defaultdict(list)
        for field, cell in zip(self.fields, row.cells, strict=False):
            if words := collapse_lines(cell):
                found[field] += words.split("\n") if field == "question" else [words]
        known = {field: texts for field, texts in found.items() if field}
        return entry_of(number, row.line, known, self.sheet)

    def unknown(self, rows: Sequence[Row]) -> Iterator[str]:
        where = f" (Blatt „{self.sheet}“)" if self.sheet else ""
        for at, (name, field) in enumerate(zip(self.names, self.fields, strict=True)):
            if field is None and name:
                yield f"Die Spalte „{collapse(name)}“{where} ist unbekannt und wurde nicht gelesen."
            elif field is None and any(any(row.cells[at : at + 1]) for row in rows):
                yield f"Die Spalte {at + 1}{where} hat keinen Namen und wurde nicht gelesen."
