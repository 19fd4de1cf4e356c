"""What an ingestion did, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from index.health import expiring, german_day, health_of_all
from ingest.progress import in_words
from ingest.publishing.gate import GateResult

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from index.health import Health
    from index.passage import SourceEntry
    from ingest.discover import Plan
    from ingest.tally import Remark

EXIT_FINE = 0
EXIT_NOTHING_PUBLISHED = 1
EXIT_USAGE = 2
EXIT_SOME_FAILED = 3


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an ingestion. `published` is the new generation's id, None if none was made.

    `passages` counts those written, `encoded` those whose vectors had to be computed; `sources` are
    those that are in the knowledge base afterwards (after a dry run: would be). Of `took_s`, `reading_s`
    went into reading and encoding, which grows with what is new. A dry run says how many passages would
    have to be computed (`to_encode`), and about how long all of it takes (`expected_s`).
    """

    plan: Plan
    passages: int
    encoded: int
    failed: tuple[Remark, ...]
    unread: tuple[Remark, ...]
    sources: tuple[SourceEntry, ...]
    took_s: float
    reading_s: float = 0.0
    published: str | None = None
    gate: GateResult | None = None
    to_encode: int | None = None
    expected_s: float | None = None

    @property
    def dry_run(self) -> bool:
        """Whether this only says what would be done."""
        return self.to_encode is not None

    @property
    def refused(self) -> bool:
        """Whether something was made that the gate did not let through."""
        return self.gate is not None and bool(self.gate.worse) and self.published is None

    @property
    def exit_code(self) -> int:
        """The exit code of `python -m ingest`, see the contract in the README."""
        if self.refused:
            return EXIT_NOTHING_PUBLISHED
        if self.failed and not self.published and len(self.failed) == len(self.plan.to_read):
            return EXIT_SOME_FAILED if self.plan.unchanged else EXIT_NOTHING_PUBLISHED
        return EXIT_SOME_FAILED if self.failed else EXIT_FINE

    def health(self, today: date) -> dict[str, Health]:
        """Return how well each source is, the worst first."""
        return health_of_all(self.sources, {each.source: each.reason for each in self.failed}, today)

    def as_json(self, today: date) -> dict[str, object]:
        """Return the report as `--json` prints it."""
        plan = self.plan
        return {
            "dry_run": self.dry_run,
            "published": self.published,
            "new": [found.source for found in plan.new],
            "changed": [found.source for found in plan.changed],
            "renamed": [{"from": former, "to": found.source} for former, found in plan.renamed],
            "removed": list(plan.removed),
            "unchanged": len(plan.unchanged),
            "passages": self.passages,
            "encoded": self.encoded,
            "to_encode": self.to_encode,
            "expected_s": self.expected_s,
            "failed": _as_json(self.failed),
            "unread": _as_json(self.unread),
            "expiring": [
                {"source": entry.source, "valid_until": str(entry.metadata.valid_until)}
                for entry in expiring(self.sources, today)
            ],
            "gate": None if self.gate is None else asdict(self.gate),
            "health": [
                {"source": source, "grade": health.grade.value, "reasons": list(health.reasons)}
                for source, health in self.health(today).items()
            ],
            "took_s": round(self.took_s, 2),
        }

    def changes(self, today: date) -> list[str]:
        """Return in German what is new, changed, gone or expiring, a line each, and what is to be said."""
        plan, known = self.plan, {entry.source for entry in self.sources}
        return [
            *(f"neu         {found.source}" for found in plan.new),
            *(f"geändert    {found.source}" for found in plan.changed),
            *(f"umbenannt   {former} → {found.source}" for former, found in plan.renamed),
            *(f"entfernt    {source}" for source in plan.removed),
            f"unverändert {len(plan.unchanged)}",
            *(
                f"läuft ab    {entry.source} am {german_day(until)}"
                for entry in expiring(self.sources, today)
                if (until := entry.metadata.valid_until)
            ),
            *(f"Hinweis zu {each.source}: {each.reason}" for each in self.unread if each.source not in known),
        ]

    def outcome(self) -> list[str]:
        """Return in German what was published, or what a run would have to do; a line each."""
        gate = self.gate or GateResult()
        if self.dry_run:
            return [*gate.remarks, *self._expected(), "Probelauf: nichts wurde geändert."]
        if self.refused:
            return [
                "Nicht veröffentlicht, denn die Suche würde schlechter:",
                *(f"  {line}" for line in gate.worse),
                "Der bisherige Bestand bleibt. Berichtigen Sie die Materialien oder fragen.yaml; wenn es so "
                "gewollt ist: noch einmal mit --force --why »Grund«.",
            ]
        notes = [
            *(f"Hinweis: {line}" for line in gate.remarks),
            *(f"Trotzdem: {line}" for line in gate.worse),
        ]
        if self.published is None:
            return [*notes, "Nichts Neues veröffentlicht: Der Bestand bleibt, wie er ist."]
        return [
            *notes,
            f"Veröffentlicht: Stand {self.published}, {self.passages} Textstellen geschrieben, "
            f"davon {self.encoded} neu berechnet, in {self.took_s:.1f} s.",
        ]

    def _expected(self) -> list[str]:
        counted = f"Zu berechnen wären {self.to_encode} Textstellen"
        if self.plan.empty or self.expected_s is None:
            return [f"{counted}."]
        return [f"{counted}, die Aufnahme dauert etwa {in_words(self.expected_s)}."]


def _as_json(remarks: Iterable[Remark]) -> list[dict[str, str]]:
    return [{"source": each.source, "reason": each.reason} for each in remarks]
