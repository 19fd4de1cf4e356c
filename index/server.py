"""The server store: Qdrant behind `KB_QDRANT_URL`, a generation is a collection.

The alias names the published collection and is switched in one step. The same code runs on
`QdrantClient(":memory:")`, which is how tests reach it where no server is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qdrant_client import QdrantClient, models

from index import points
from index.collection import MOST_FACET_VALUES
from index.errors import NothingPublishedError
from index.generations import next_id, outdated
from index.payload import (
    CATALOGUE_KEYS,
    added_words,
    answer_sentences,
    to_entry,
    to_hit,
    to_passage,
)
from index.server_requests import copy, create, reaching, scroll, unavailable
from index.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.collection import Filters, IndexedPassage, PassageVectors, QuestionVectors
    from index.lexical import TermVector
    from index.passage import Hit, Passage, SourceEntry, Span

_ALIAS = "partnerschaftslotse"
_PREFIX = f"{_ALIAS}-"
_TIMEOUT_S = 30  # a guess: a request brings or takes at most 64 points with their vectors


class ServerCollection:
    """Generations as collections of one Qdrant server."""

    def __init__(self, client: QdrantClient) -> None:
        self._client = client

    def published(self) -> str | None:
        """Return the id of the published generation."""
        with reaching():
            aliases = self._client.get_aliases().aliases
        names = [alias.collection_name for alias in aliases if alias.alias_name == _ALIAS]
        return names[0].removeprefix(_PREFIX) if names else None

    def open(self) -> ServerGeneration:
        """Open the published generation."""
        name = self.published()
        if name is None:
            raise NothingPublishedError
        return ServerGeneration(self._client, name)

    def draft(self, stamp: Stamp) -> ServerDraft:
        """Begin a generation: a copy of the published one if `stamp` fits it, else an empty one."""
        published = self.published()
        with reaching():
            names = [each.name for each in self._client.get_collections().collections]
            existing = [name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX)]
            for name in outdated(existing, published):
                self._client.delete_collection(_PREFIX + name)
            return self._begin(next_id(existing), published, stamp)

    def _begin(self, name: str, published: str | None, stamp: Stamp) -> ServerDraft:
        create(self._client, _PREFIX + name, stamp)
        if published and _stamp(self._client, _PREFIX + published) == stamp:
            copy(self._client, _PREFIX + published, _PREFIX + name)
        return ServerDraft(self._client, name)


class ServerGeneration:
    """A published collection, named directly and not by its alias: so it never changes."""

    def __init__(self, client: QdrantClient, name: str) -> None:
        self.id = name
        self._client = client
        self._collection = _PREFIX + name
        with reaching():
            self.stamp = _stamp(client, self._collection)

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
        return _catalogue(self._client, self._collection)

    def words(self) -> dict[str, int]:
        """Return every word of the collection and how many passages have it."""
        records = scroll(self._client, self._collection, points.first_passages(), ["words"])
        return added_words(record.payload or {} for record in records)

    def passages(self, source: str) -> list[Passage]:
        """Return the passages of a source in order."""
        return _passages(self._client, self._collection, source)

    def close(self) -> None:
        """Nothing to release: the client belongs to the collection."""


class ServerDraft:
    """A collection that no alias names yet."""

    def __init__(self, client: QdrantClient, name: str) -> None:
        self._client = client
        self._name = name
        self._collection = _PREFIX + name
        self._published = False

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources that are in it so far, sorted by path."""
        return _catalogue(self._client, self._collection)

    def passages(self, source: str) -> list[Passage]:
        """Return the passages that a source has so far, in order."""
        return _passages(self._client, self._collection, source)

    def vectors(self, source: str) -> dict[str, PassageVectors]:
        """Return the vectors that `source` has so far, by fingerprint."""
        wanted = points.of_sources([source])
        records = scroll(self._client, self._collection, wanted, ["fingerprint"], with_vectors=True)
        return {
            (record.payload or {})["fingerprint"]: points.passage_vectors(record.vector) for record in records
        }

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

    def publish(self) -> str:
        """Switch the alias over: readers see the former collection or this one."""
        create = models.CreateAlias(collection_name=self._collection, alias_name=_ALIAS)
        switch: list[models.AliasOperations] = [models.CreateAliasOperation(create_alias=create)]
        with reaching():
            known = [alias.alias_name for alias in self._client.get_aliases().aliases]
            if _ALIAS in known:
                delete = models.DeleteAlias(alias_name=_ALIAS)
                switch.insert(0, models.DeleteAliasOperation(delete_alias=delete))
            self._client.update_collection_aliases(switch)
        self._published = True
        return self._name

    def discard(self) -> None:
        """Throw the draft away; after `publish` it does nothing."""
        if not self._published:
            with reaching():
                self._client.delete_collection(self._collection)


def connect(url: str, api_key: str | None) -> ServerCollection:
    """Return the collection on the Qdrant server at `url`; nothing is sent before it is used."""
    client = QdrantClient(url=url, api_key=api_key, timeout=_TIMEOUT_S, check_compatibility=False)
    return ServerCollection(client)


def _catalogue(client: QdrantClient, collection: str) -> list[SourceEntry]:
    records = scroll(client, collection, points.first_passages(), list(CATALOGUE_KEYS))
    entries = [to_entry(record.payload or {}) for record in records]
    return sorted(entries, key=lambda entry: entry.source)


def _passages(client: QdrantClient, collection: str, source: str) -> list[Passage]:
    records = scroll(client, collection, points.of_sources([source]), True)
    found = [to_passage(record.payload or {}) for record in records]
    return sorted(found, key=lambda passage: passage.position)


def _stamp(client: QdrantClient, collection: str) -> Stamp:
    metadata = client.get_collection(collection).config.metadata or {}
    try:
        return Stamp(**metadata)
    except TypeError as error:
        raise unavailable(error) from error
