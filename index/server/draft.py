"""The next generation of the server store while it is written: a collection that nobody reads yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qdrant_client import models

from index.generations import GenerationRecord
from index.server import points
from index.server.requests import (
    PREFIX,
    catalogue,
    copy,
    create,
    passages,
    reaching,
    read_stamp,
    vectors,
    write_record,
)
from index.server.snapshots import copy_by_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qdrant_client import QdrantClient

    from index.collection import IndexedPassage, StoredVectors
    from index.passage import Passage, SourceEntry
    from index.stamp import Stamp


class ServerDraft:
    """A collection that is no generation yet: it says nothing of itself."""

    def __init__(self, client: QdrantClient, name: str, stamp: Stamp, former: str | None) -> None:
        self._client = client
        self._name = name
        self._stamp = stamp
        self._former = former
        self._collection = PREFIX + name
        self._finished = False

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources that are in it so far, sorted by path."""
        return catalogue(self._client, self._collection)

    def passages(self, source: str) -> list[Passage]:
        """Return the passages that a source has so far, in order."""
        return passages(self._client, self._collection, source)

    def vectors(self, source: str) -> dict[int, StoredVectors]:
        """Return the vectors that the passages of `source` have so far, by position."""
        return vectors(self._client, self._collection, source)

    def remove(self, sources: Sequence[str]) -> None:
        """Take all passages of these sources out."""
        if sources:
            with reaching():
                self._client.delete(
                    self._collection, models.FilterSelector(filter=points.of_sources(sources)), wait=True
                )

    def put(self, passages: Sequence[IndexedPassage]) -> None:
        """Add passages; one with the same id is replaced."""
        with reaching():
            self._client.upsert(self._collection, [points.point(indexed) for indexed in passages], wait=True)

    def finish(self, corpus: str, made_at: datetime) -> str:
        """Write down what the collection says of itself: from now on it is a whole generation."""
        with reaching():
            passages = self._client.count(self._collection, exact=True).count
            sources = len(self.catalogue())
            record = GenerationRecord(
                self._name, self._stamp, passages, sources, corpus, made_at, self._former
            )
            write_record(self._client, record)
        self._finished = True
        return self._name

    def discard(self) -> None:
        """Throw the draft away; after `finish` it does nothing."""
        if not self._finished:
            with reaching():
                self._client.delete_collection(self._collection)


def begin_draft(client: QdrantClient, name: str, stamp: Stamp, former: str | None) -> ServerDraft:
    """Return a draft called `name`: a copy of the `former` generation if `stamp` fits it, else empty."""
    with reaching():
        create(client, name, stamp)
        fits = former is not None and read_stamp(client, former) == stamp
        if former and fits and not copy_by_snapshot(client, former, name):
            copy(client, former, name)
    return ServerDraft(client, name, stamp, former)
