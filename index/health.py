"""How well each source is: green, yellow or red, with reasons that say what to do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from index.sketch import near_twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from index.passage import Metadata, SourceEntry

_SOON = timedelta(days=60)  # long enough to look for the next version of a sheet
_STALE = timedelta(days=730)  # two years: amounts and contacts have changed by then
_MOST_NAMED = 3  # other sources in one reason


class Grade(StrEnum):
    """Red: not taken in. Yellow: taken in, but a person should look. Green: nothing to say."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Health:
    """A grade with its reasons, German sentences for the staff; green has none."""

    grade: Grade
    reasons: tuple[str, ...] = ()


def health_of_all(
    entries: Sequence[SourceEntry], failed: Mapping[str, str], today: date
) -> dict[str, Health]:
    """Return the health of each source, the worst first, then by path.

    `failed` are the sources that could not be taken in, with the reason; of some of them an earlier
    version may be among the `entries`.
    """
    twins = _twins(tuple(entries))
    found = {
        entry.source: _graded((*entry.remarks, *_dated(entry.metadata, today), *twins[entry.source]))
        for entry in entries
    }
    found |= {source: _failed(reason, kept=source in found) for source, reason in failed.items()}
    order = list(Grade)
    return dict(sorted(found.items(), key=lambda each: (order.index(each[1].grade), each[0])))


def expiring(entries: Iterable[SourceEntry], today: date) -> list[SourceEntry]:
    """Return the sources whose validity ends within the next 60 days, the soonest first."""
    ending = [
        (until, entry)
        for entry in entries
        if (until := entry.metadata.valid_until) is not None and today <= until <= today + _SOON
    ]
    return [entry for _, entry in sorted(ending, key=lambda each: (each[0], each[1].source))]


def counts(healths: Iterable[Health]) -> dict[str, int]:
    """Return how many sources have each grade, green first."""
    grades = [health.grade for health in healths]
    return {grade.value: grades.count(grade) for grade in reversed(Grade)}


def _graded(reasons: tuple[str, ...]) -> Health:
    return Health(Grade.YELLOW if reasons else Grade.GREEN, reasons)


def _failed(reason: str, *, kept: bool) -> Health:
    former = ("In der Suche bleibt die frühere Fassung, bis die neue gelesen werden kann.",)
    return Health(Grade.RED, (reason, *(former if kept else ())))


def _dated(metadata: Metadata, today: date) -> Iterator[str]:
    """Yield what the calendar says: true today, maybe not tomorrow, so it is never stored."""
    until, checked = metadata.valid_until, metadata.last_checked
    if until is not None and metadata.expired(today):
        yield (
            f"Die Gültigkeit ist am {german_day(until)} abgelaufen, die Suche zeigt die Quelle nur auf "
            "Wunsch. Bitte legen Sie die neue Fassung ab oder berichtigen Sie »valid_until«."
        )
    elif until is not None and until - today <= _SOON:
        yield (
            f"Die Gültigkeit endet am {german_day(until)}. Bitte sehen Sie nach, ob es eine neue "
            "Fassung gibt, oder berichtigen Sie »valid_until«."
        )
    if checked is not None and today - checked > _STALE:
        yield (
            f"Zuletzt geprüft wurde die Quelle am {german_day(checked)}, vor mehr als zwei Jahren. Bitte "
            "prüfen Sie, ob sie noch stimmt, und tragen Sie »last_checked« neu ein."
        )


def german_day(day: date) -> str:
    """Return a day as it is written in German."""
    return f"{day.day}.{day.month}.{day.year}"


@lru_cache(maxsize=1)  # seconds for thousands of sources, and the same until others are published
def _twins(entries: tuple[SourceEntry, ...]) -> Mapping[str, Sequence[str]]:
    """Return what is to be said about sources that say the same as others, by source."""
    contents: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        contents[entry.content].append(entry.source)
    same = {source: names for names in contents.values() for source in names}
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in near_twins({entry.source: entry.sketch for entry in entries}):
        if same[one] is not same[other]:
            near[one].append(other)
            near[other].append(one)
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for source, names in same.items():
        if len(names) > 1:
            others = _named(name for name in names if name != source)
            reasons[source].append(
                f"Dieselbe Datei liegt auch unter {others}. Bitte behalten Sie nur eine davon."
            )
    for source, names in near.items():
        reasons[source].append(
            f"Der Text ist fast gleich wie {_named(names)}. Bitte prüfen Sie, ob beide gebraucht werden."
        )
    return {entry.source: tuple(reasons[entry.source]) for entry in entries}


def _named(sources: Iterable[str]) -> str:
    names = sorted(sources)
    more = len(names) - _MOST_NAMED
    quoted = ", ".join(f"»{name}«" for name in names[:_MOST_NAMED])
    return f"{quoted} und {more} weiteren Stellen" if more > 0 else quoted
