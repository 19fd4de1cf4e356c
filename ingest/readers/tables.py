"""Tables as text: each row carries the words of its header, so that it can be understood alone."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table_text(header: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> str:
    """Return one line a row: "Programm: Reisen; Frist: 1. März", without header "Reisen | 1. März".

    Empty cells are left out, cells beyond the header stand without one; names of the header that have no
    cell below are a line of their own before the rows.
    """
    unused = (
        name
        for column, name in enumerate(header or ())
        if not any(any(row[column : column + 1]) for row in rows)
    )
    return "\n".join(filter(None, [_plain_row(unused), *row_lines(header, rows)]))


def row_lines(header: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> list[str]:
    """Return one line for each row that has words, without names that have no cell."""
    lines = (_headed_row(header, row) if header else _plain_row(row) for row in rows)
    return [line for line in lines if line]


def grid_text(rows: Sequence[Sequence[str]], is_headed: bool | None = None) -> str:
    """Return the rows of a table that may carry labels in its first column or a header in its first row.

    Where the file does not say whether it `is_headed`, more than one row and column mean that it is.
    """
    if is_label_column(rows):
        return labelled_text(rows)
    if is_headed is None:
        is_headed = len(rows) > 1 and len(rows[0]) > 1
    return table_text(rows[0], rows[1:]) if rows and is_headed else table_text(None, rows)


def is_label_column(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of two columns names the second: every first cell ends with a colon."""
    return bool(rows) and all(len(row) == 2 and row[0].endswith(":") for row in rows)


def labelled_text(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows of a table with a label column: "Frist: 1. März"."""
    return "\n".join(f"{label} {cell}".strip() for label, cell in rows)


def _plain_row(cells: Iterable[str]) -> str:
    return " | ".join(cell for cell in cells if cell)


def _headed_row(header: Sequence[str], cells: Sequence[str]) -> str:
    pairs = zip_longest(header[: len(cells)], cells, fillvalue="")
    named = (f"{name.rstrip(':')}: {cell}" if name else cell for name, cell in pairs if cell)
    return "; ".join(named)
