"""The next generation of the embedded store while it is written: a directory that nobody reads yet."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from index.disk_space import require_room, taken
from index.durable import can_link, copy_tree, move_into_place
from index.embedded import edge
from index.embedded.folder import (
    RECORD,
    SHARD,
    edge_errors,
    load_shard,
    never_written,
    read_record,
    write_record,
)
from index.embedded.schema import create_shard
from index.embedded.summary import Summary, read_summary, write_summary
from index.embedded.sums import write_sums
from index.generations import GenerationRecord

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from qdrant_edge import EdgeShard

    from index.collection import IndexedPassage, StoredVectors
    from index.passage import Passage, SourceEntry
    from index.stamp import Stamp

DRAFT_SUFFIX = ".neu"  # a crash leaves it, the next draft clears it away


class EmbeddedDraft:
    """Written beside its final name and renamed when it is whole and on the disk."""

    def __init__(
        self, folder: Path, shard: EdgeShard, stamp: Stamp, former: str | None, summary: Summary
    ) -> None:
        self._folder = folder
        self._shard: EdgeShard | None = shard
        self._summary = summary
        self._stamp = stamp
        self._former = former

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources that are in it so far, sorted by path."""
        self._open_shard()
        return self._summary.catalogue()

    def passages(self, source: str) -> list[Passage]:
        """Return the passages that a source has so far, in order."""
        with edge_errors(self._folder):
            return edge.passages(self._open_shard(), source)

    def vectors(self, source: str) -> dict[int, StoredVectors]:
        """Return the vectors that the passages of `source` have so far, by position."""
        with edge_errors(self._folder):
            return edge.vectors(self._open_shard(), source)

    def remove(self, sources: Sequence[str]) -> None:
        """Take all passages of these sources out."""
        with edge_errors(self._folder):
            self._forget(sources)
            edge.remove(self._open_shard(), sources)

    def put(self, passages: Sequence[IndexedPassage]) -> None:
        """Add passages; one with the same id is replaced."""
        require_room(self._folder, 0)
        with edge_errors(self._folder):
            self._forget([each.passage.source for each in passages if each.passage.position == 0])
            payloads = edge.put(self._open_shard(), passages)
            self._summary.add(payload for payload in payloads if payload["position"] == 0)

    def finish(self, corpus: str, made_at: datetime) -> str:
        """Build the search structures, bring everything to the disk, then give it its name."""
        name = self._folder.name.removesuffix(DRAFT_SUFFIX)
        require_room(self._folder, taken(self._folder))
        with edge_errors(self._folder):
            shard = self._open_shard()
            shard.optimize()
            shard.flush()
            counted = edge.count(shard), edge.count_sources(shard)
            record = GenerationRecord(name, self._stamp, *counted, corpus, made_at, self._former)
            write_summary(self._folder, self._summary)
            write_record(self._folder, record)
            shard.close()
            write_sums(self._folder, self._folder.with_name(self._former) if self._former else None)
            move_into_place(self._folder, self._folder.with_name(name))
        self._shard = None
        return name

    def discard(self) -> None:
        """Throw the draft away; after `finish` it does nothing."""
        if self._shard is not None:
            self._shard.close()
            self._shard = None
            shutil.rmtree(self._folder, ignore_errors=True)

    def _forget(self, sources: Sequence[str]) -> None:
        known = [source for source in sources if source in self._summary.entries]
        if known:
            self._summary.take_out(edge.first_payloads(self._open_shard(), known))

    def _open_shard(self) -> EdgeShard:
        if self._shard is None:
            message = "this draft is finished or discarded"
            raise ValueError(message)
        return self._shard


def begin_draft(generations: Path, name: str, stamp: Stamp, former: str | None) -> EmbeddedDraft:
    """Return a draft called `name`: a copy of the `former` generation if `stamp` fits it, else empty.

    Raises:
        OSError: the folder cannot be written.
        StoreUnavailableError: the former generation cannot be read, or there is no room for another one.
    """
    folder = generations / (name + DRAFT_SUFFIX)
    published = generations / former if former else None
    record = read_record(published) if published else None
    if published is not None and record is not None and record.stamp == stamp:
        try:
            folder.mkdir()
            built = taken(published)  # at most: `optimize` may build all segments anew beside the old ones
            require_room(generations, _copied(published, folder) + built)
            copy_tree(published / SHARD, folder / SHARD, never_written)
            shard = load_shard(folder)
            with edge_errors(published):
                summary = read_summary(published, shard, record.passages)
            return EmbeddedDraft(folder, shard, stamp, former, summary)
        except BaseException:  # Ctrl-C, too: half a copy takes room until somebody ingests again
            shutil.rmtree(folder, ignore_errors=True)
            raise
    require_room(generations, 0)
    return EmbeddedDraft(folder, create_shard(folder / SHARD, stamp.dimension), stamp, former, Summary())


def _copied(published: Path, folder: Path) -> int:
    """Return how many bytes a copy in `folder` takes: what is never written is linked if that is possible."""
    if can_link(published / RECORD, folder):
        return taken(published, lambda path: not never_written(path))
    return taken(published)
