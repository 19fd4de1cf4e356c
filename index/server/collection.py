"""The server store: Qdrant behind `KB_QDRANT_URL`, a generation is a collection.

The alias names the published collection and is switched in one step. The same code runs on
`QdrantClient(":memory:")`, which is how tests reach it where no server is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qdrant_client import QdrantClient, models

from index.collection import MOST_FACET_VALUES
from index.errors import NothingPublishedError, UnknownGenerationError
from index.generations import named, next_id
from index.payload import WORD_KEYS, answer_sentences, to_hit
from index.server import points, requests
from index.server.adoption import adopt_snapshot, export_snapshot
from index.server.draft import begin_draft
from index.server.requests import (
    ALIAS,
    PREFIX,
    catalogue,
    passages,
    reaching,
    read_record,
    read_stamp,
    scroll,
    unavailable,
    vectors,
)
from index.server.snapshots import FORM
from index.word_counts import added

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.collection import Export, Filters, QuestionVectors, StoredVectors
    from index.generations import GenerationRecord
    from index.lexical import TermVector
    from index.meaning import Meaning
    from index.passage import Hit, Passage, SourceEntry, Span
    from index.server.draft import ServerDraft
    from index.stamp import Stamp
    from index.word_counts import WordCounts

_TIMEOUT_S = 30  # a guess: a request brings or takes at most 64 points with their vectors


class ServerCollection:
    """Generations as collections of one Qdrant server."""

    form = FORM

    def __init__(self, client: QdrantClient) -> None:
        self._client = client

    def published(self) -> str | None:
        """Return the id of the published generation."""
        with reaching():
            aliases = self._client.get_aliases().aliases
        names = [alias.collection_name for alias in aliases if alias.alias_name == ALIAS]
        return names[0].removeprefix(PREFIX) if names else None

    def generations(self) -> list[GenerationRecord]:
        """Return all finished generations, oldest first."""
        with reaching():
            records = [read_record(self._client, name) for name in self._existing()]
        return [record for record in records if record is not None]

    def open(self, generation: str | None = None) -> ServerGeneration:
        """Open a finished generation, by default the published one."""
        name = generation or self.published()
        if name is None:
            raise NothingPublishedError
        if generation is not None:
            self._require(generation)
        return ServerGeneration(self._client, name)

    def draft(self, stamp: Stamp) -> ServerDraft:
        """Begin a generation: a copy of the published one if `stamp` fits it, else an empty one."""
        self.clear_drafts()
        with reaching():
            existing = self._existing()
        return begin_draft(self._client, next_id(existing), stamp, self.published())

    def clear_drafts(self) -> None:
        """Delete what a crash left behind."""
        finished = [record.id for record in self.generations()]
        served = self.published()  # one of an earlier version says nothing of itself
        with reaching():
            for left_behind in set(self._existing()) - {*finished, served}:
                self._client.delete_collection(PREFIX + left_behind)

    def damaged_files(self, generation: str) -> list[str]:  # noqa: ARG002 - the protocol's
        """Return none: its files are the server's, which has checks of its own."""
        return []

    def publish(self, generation: str) -> None:
        """Switch the alias over: readers see the former collection or this one."""
        self._require(generation)
        create = models.CreateAlias(collection_name=PREFIX + generation, alias_name=ALIAS)
        switch: list[models.AliasOperations] = [models.CreateAliasOperation(create_alias=create)]
        if self.published() is not None:
            delete = models.DeleteAlias(alias_name=ALIAS)
            switch.insert(0, models.DeleteAliasOperation(delete_alias=delete))
        with reaching():
            self._client.update_collection_aliases(switch)

    def delete(self, generation: str) -> None:
        """Delete a generation that is not published."""
        self._require(generation)
        with reaching():
            self._client.delete_collection(PREFIX + generation)

    def export(self, generation: str, scratch: Path) -> Export:
        """Fetch a snapshot of a finished generation into `scratch`."""
        return export_snapshot(self._client, generation, scratch)

    def adopt(self, export: Export) -> str:
        """Make a fetched snapshot a new finished generation and return its id."""
        with reaching():
            name = next_id([*self._existing(), export.record.id])
        adopt_snapshot(self._client, export, replace(export.record, id=name, former=self.published()))
        return name

    def _existing(self) -> list[str]:
        names = [each.name for each in self._client.get_collections().collections]
        return named(name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX))

    def _require(self, generation: str) -> None:
        if generation not in {record.id for record in self.generations()}:
            raise UnknownGenerationError(generation)


class ServerGeneration:
    """A published collection, named directly and not by its alias: so it never changes."""

    def __init__(self, client: QdrantClient, name: str) -> None:
        self.id = name
        self._client = client
        self._collection = PREFIX + name
        with reaching():
            self.stamp = read_stamp(client, name)
            record = read_record(client, name)
            count = client.count(self._collection, exact=True).count
        if record is not None and count != record.passages:
            raise unavailable("es fehlen Textstellen")

    def search(self, question: QuestionVectors, filters: Filters, limit: int) -> list[Hit]:
        """Return at most `limit` hits, best first."""
        with reaching():
            searches = points.searches(question, filters, limit)
            fused, *legs = self._client.query_batch_points(self._collection, searches)
        dense, best = (
            {point.id: point.score for leg in legs[which::2] for point in leg.points} for which in (0, 1)
        )
        return [
            to_hit(point.payload or {}, point.score, dense[point.id], best[point.id], question.weights)
            for point in fused.points
        ]

    def meaning(self, passage_id: str) -> Meaning | None:
        """Return a passage with its vector, None if there is none of this id."""
        return requests.meaning(self._client, self._collection, passage_id)

    def nearest(self, vector: NDArray[np.float32], filters: Filters, limit: int) -> list[Hit]:
        """Return at most `limit` passages by cosine alone, best first."""
        return requests.nearest(self._client, self._collection, vector, points.allowed(filters), limit)

    def highlights(self, question: QuestionVectors, passages: Sequence[Passage]) -> dict[str, Span]:
        """Return the answer sentence of each of these passages, by passage id."""
        wanted = [passage.id for passage in passages]
        with reaching():
            records = self._client.retrieve(
                self._collection, wanted, with_payload=False, with_vectors=["sentences"]
            )
        sentences = {str(record.id): points.named(record.vector)["sentences"] for record in records}
        return answer_sentences(question, passages, sentences)

    def best_terms_score(self, terms: TermVector, filters: Filters) -> float:
        """Return the highest BM25 score that a passage reaches with these terms."""
        if not terms.indices:
            return 0.0
        with reaching():
            found = self._client.query_points(
                self._collection,
                query=points.sparse(terms),
                using="terms",
                query_filter=points.allowed(filters),
                limit=1,
                with_payload=False,
            ).points
        return max((point.score for point in found), default=0.0)

    def facets(self, filters: Filters) -> dict[str, dict[str, int]]:
        """Count passages for each value of each facet."""
        with reaching():
            return {
                name: {
                    str(hit.value): hit.count
                    for hit in self._client.facet(
                        self._collection, name, allowed, limit=MOST_FACET_VALUES, exact=True
                    ).hits
                }
                for name, allowed in points.facet_filters(filters).items()
            }

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources, sorted by path."""
        return catalogue(self._client, self._collection)

    def words(self) -> WordCounts:
        """Return every word of the collection and how many passages have it."""
        records = scroll(self._client, self._collection, points.first_passages(), list(WORD_KEYS))
        return added(record.payload or {} for record in records)

    def passages(self, source: str) -> list[Passage]:
        """Return the passages of a source in order."""
        return passages(self._client, self._collection, source)

    def vectors(self, source: str) -> dict[int, StoredVectors]:
        """Return the vectors of the passages of `source`, by position."""
        return vectors(self._client, self._collection, source)

    def close(self) -> None:
        """Nothing to release: the client belongs to the collection."""


def connect(url: str, api_key: str | None, timeout_s: int = _TIMEOUT_S) -> ServerCollection:
    """Return the collection on the Qdrant server at `url`; nothing is sent before it is used."""
    client = QdrantClient(url=url, api_key=api_key, timeout=timeout_s, check_compatibility=False)
    return ServerCollection(client)
