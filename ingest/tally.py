"""What has come of the sources in a run so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.passage import SourceEntry
    from ingest.read_ahead import ReadSource


@dataclass(frozen=True, slots=True)
class Remark:
    """A source and what is to be said about it, in German."""

    source: str
    reason: str


class Tally:
    """Begins with the sources that are `known`, each under its path, and follows what is read."""

    def __init__(self, known: Iterable[SourceEntry]) -> None:
        self.sources = {entry.source: entry for entry in known}
        self.failed: list[Remark] = []
        self.unread: list[Remark] = []

    def note(self, each: ReadSource, former: str | None) -> None:
        """Remember what came of a source; `former` is the path that it had until now, if it moved."""
        source = each.found.source
        if each.entry is None:
            self.failed.append(Remark(source, each.reason or ""))
            return
        self.unread += [Remark(source, words) for words in each.unread]
        self.sources.pop(former or source, None)
        self.sources[source] = each.entry

    def settled(self, entries: Iterable[SourceEntry]) -> None:
        """Take entries that were written anew in the place of the former ones."""
        self.sources |= {entry.source: entry for entry in entries}

    def remove(self, sources: Iterable[str]) -> None:
        """Forget sources that are gone."""
        for source in sources:
            del self.sources[source]
