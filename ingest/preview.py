"""What a run would do: sources are read and nothing is encoded or written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.discover import former_paths
from ingest.encoding import pending
from ingest.read_ahead import read_ahead

if TYPE_CHECKING:
    from index.collection import Generation
    from ingest.discover import Plan
    from ingest.pipeline import Progress
    from ingest.read_ahead import ReadSource
    from ingest.tally import Tally
    from ingest.workshop import Workshop


def preview(
    plan: Plan, published: Generation | None, workshop: Workshop, tally: Tally, progress: Progress
) -> int:
    """Read what is new or changed into the tally; return how many passages would have to be encoded.

    `published` is the generation that the run would begin with, None if it would begin with nothing.
    """
    former = former_paths(plan)
    wanted: set[str] = set()
    progress.begin(len(plan.to_read), plan.sizes())
    with read_ahead(plan.to_read, workshop.read, workshop.counter()) as reading:
        for each in reading:
            progress.source_done(each.found.source, len(each.passages))
            tally.note(each, former.get(each.found.source))
            wanted |= _unknown(each, former.get(each.found.source), published)
    tally.remove(plan.removed)
    return len(wanted - workshop.cache.known(wanted))


def _unknown(each: ReadSource, former: str | None, published: Generation | None) -> set[str]:
    """Return the fingerprints of the passages whose vectors the published generation does not have."""
    if each.entry is None:
        return set()
    stored = published.vectors(former or each.found.source) if published else {}
    moved = published.passages(former) if published and former else ()
    waiting = pending(each.entry, each.passages, stored, moved)
    return {passage.fingerprint for passage in waiting if passage.kept is None}
