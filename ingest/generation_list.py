"""`python -m ingest generations`: which there are, how each came to be served, and what stood in the way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from index.last_run import read_last_run
from index.store import connect_store
from ingest.account import unpublished_lines
from ingest.publishing.journal import Journal, JournalEntry, Step, steps_of
from ingest.upkeep import Outcome

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from index.generations import GenerationRecord
    from index.settings import Settings

_DONE = {
    Step.PUBLISHED: "veröffentlicht",
    Step.FORCED: "mit --force veröffentlicht",
    Step.ROLLED_BACK: "dahin zurückgegangen",
    Step.RESTORED: "aus einer Sicherung",
}
_BEGUN = {
    Step.PUBLISHED: "Veröffentlichen begonnen, aber nicht beendet",
    Step.FORCED: "Veröffentlichen mit --force begonnen, aber nicht beendet",
    Step.ROLLED_BACK: "Zurückgehen dahin begonnen, aber nicht beendet",
    Step.RESTORED: "Wiederherstellen begonnen, aber nicht beendet",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """A generation with the journal's entries about it, each with whether it took effect."""

    record: GenerationRecord
    is_served: bool
    steps: tuple[tuple[JournalEntry, bool], ...]

    def lines(self) -> list[str]:
        record = self.record
        made = f"{record.made_at.astimezone():%d.%m.%Y %H:%M}" if record.made_at else "unbekannt"
        sources = record.sources if record.sources is not None else "?"
        marked = "→" if self.is_served else " "
        return [
            f"{marked} {record.id}  erstellt {made}  {sources} Quellen, {record.passages} Textstellen",
            *(f"             {_said(entry, _DONE if done else _BEGUN)}" for entry, done in self.steps),
        ]

    def as_json(self) -> dict[str, object]:
        record = self.record
        return {
            "id": record.id,
            "published": self.is_served,
            "made_at": record.made_at.isoformat() if record.made_at else None,
            "sources": record.sources,
            "passages": record.passages,
            "former": record.former,
            "steps": [
                {
                    "at": entry.at.isoformat(),
                    "step": entry.step.value,
                    "by": entry.by,
                    "why": entry.why,
                    "took_effect": done,
                }
                for entry, done in self.steps
            ],
        }


def generations(settings: Settings, _options: Namespace) -> Outcome:
    """List the generations, newest first, with who published them and why; at last what was not published."""
    collection = connect_store(settings)
    published = collection.published()
    entries = Journal(settings.data).entries()
    last = read_last_run(settings.data)
    unpublished = last.unpublished if last else None
    known = sorted(collection.generations(), key=lambda record: record.id, reverse=True)
    done = took_effect(entries, published)
    told = [_told(record, published, entries, done) for record in known]
    lines = [line for each in told for line in each.lines()] or ["Es gibt noch keinen Stand."]
    report = {
        "published": published,
        "generations": [each.as_json() for each in told],
        "unpublished": unpublished
        and {"at": unpublished.at.isoformat(), "reasons": list(unpublished.reasons)},
    }
    return Outcome([*lines, *unpublished_lines(unpublished)], report)


def _told(
    record: GenerationRecord,
    published: str | None,
    entries: Sequence[JournalEntry],
    done: Mapping[JournalEntry, bool],
) -> _Told:
    steps = tuple((entry, done[entry]) for entry in steps_of(record, entries))
    return _Told(record, record.id == published, steps)


def took_effect(entries: Sequence[JournalEntry], published: str | None) -> dict[JournalEntry, bool]:
    """Return of each entry whether what it tells of happened: a job may be killed right after writing it.

    It did unless the next entry, or what is published now, begins with another generation.
    """
    return {
        entry: (published == entry.generation) if after is None else _follows(entry, after)
        for entry, after in zip_longest(entries, entries[1:])
        if entry is not None
    }


def _follows(entry: JournalEntry, after: JournalEntry) -> bool:
    """Whether `after` does not belie `entry`; on an empty machine a restored journal comes from elsewhere."""
    from_elsewhere = after.step is Step.RESTORED and after.former is None
    return from_elsewhere or after.former == entry.generation


def _said(entry: JournalEntry, steps: dict[Step, str]) -> str:
    by = f" von {entry.by}" if entry.by else ""
    why = f": {entry.why}" if entry.why else ""
    return f"{entry.at.astimezone():%d.%m.%Y %H:%M} {steps[entry.step]}{by}{why}"
