"""The cells of tables as a German reader sees them, and the rows that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from ingest.readers.running_text import collapse_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DIGITS = 15  # of a number: what spreadsheets count with and show
_MAX_WHOLE = 10**_DIGITS


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `line` is its number in the file or sheet, from 1."""

    line: int
    cells: Sequence[str]


def cell_words(value: object) -> str:
    """Return a cell's value as words: "01.03.2026", "5000", "0,5", "ja"; lines of a text stay lines."""
    write = next((write for kind, write in _WRITERS if isinstance(value, kind)), None)
    return write(value) if write else collapse_lines(str(value)) if value is not None else ""


def number_words(value: float) -> str:
    """Return a number with a decimal comma and no digit that a spreadsheet would not show."""
    if abs(value) < _MAX_WHOLE and value == int(value):
        return str(int(value))
    return f"{value:.{_DIGITS}g}".replace(".", ",")


def _clock(moment: time) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _moment(moment: datetime) -> str:
    day = f"{moment:%d.%m.%Y}"
    return day if moment.time() == time.min else f"{day} {_clock(moment.time())}"


def _duration(duration: timedelta) -> str:
    minutes = round(duration.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


# The first type that fits counts: a truth value is a number to Python, and a moment is a day.
_WRITERS: Sequence[tuple[type, Callable[[Any], str]]] = (
    (bool, lambda value: "ja" if value else "nein"),
    (float, number_words),
    (int, number_words),
    (datetime, _moment),
    (date, lambda day: f"{day:%d.%m.%Y}"),
    (time, _clock),
    (timedelta, _duration),
)
