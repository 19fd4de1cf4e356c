"""What an ingestion did, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.health import health_of_all

if TYPE_CHECKING:
    from datetime import date

    from index.health import Health
    from index.passage import SourceEntry
    from ingest.discover import Plan

EXIT_FINE = 0
EXIT_NOTHING_PUBLISHED = 1
EXIT_USAGE = 2
EXIT_SOME_FAILED = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """A source and what is to be said about it, in German."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an ingestion. `published` is the new generation's id, None if none was made.

    `passages` counts those written, `encoded` those whose vectors had to be computed; `sources` are
    those that are in the knowledge base afterwards (after a dry run: would be).
    """

    plan: Plan
    dry_run: bool
    published: str | None
    passages: int
    encoded: int
    failed: tuple[Remark, ...]
    unread: tuple[Remark, ...]
    sources: tuple[SourceEntry, ...]
    took_s: float

    @property
    def exit_code(self) -> int:
        """The exit code of `python -m ingest`, see the contract in the README."""
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
            "failed": [{"source": each.source, "reason": each.reason} for each in self.failed],
            "unread": [{"source": each.source, "reason": each.reason} for each in self.unread],
            "health": [
                {"source": source, "grade": health.grade.value, "reasons": list(health.reasons)}
                for source, health in self.health(today).items()
            ],
            "took_s": round(self.took_s, 2),
        }

    def changes(self) -> list[str]:
        """Return in German what is new, changed or gone, a line each, and what is to be said beside it."""
        plan, known = self.plan, {entry.source for entry in self.sources}
        return [
            *(f"neu         {found.source}" for found in plan.new),
            *(f"geändert    {found.source}" for found in plan.changed),
            *(f"umbenannt   {former} → {found.source}" for former, found in plan.renamed),
            *(f"entfernt    {source}" for source in plan.removed),
            f"unverändert {len(plan.unchanged)}",
            *(f"Hinweis zu {each.source}: {each.reason}" for each in self.unread if each.source not in known),
        ]

    def outcome(self) -> str:
        """Return in German what was published."""
        if self.dry_run:
            return "Probelauf: nichts wurde geändert."
        if self.published is None:
            return "Nichts Neues veröffentlicht: Der Bestand bleibt, wie er ist."
        return (
            f"Veröffentlicht: Stand {self.published}, {self.passages} Textstellen geschrieben, "
            f"davon {self.encoded} neu berechnet, in {self.took_s:.1f} s."
        )
