"""Qdrant Edge, the engine of the embedded store: the one file that knows its Python API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from qdrant_edge import (
    CountRequest,
    EdgeShard,
    FacetRequest,
    FieldCondition,
    Filter,
    HasIdCondition,
    MatchAny,
    MatchValue,
    Point,
    Query,
    QueryRequest,
    ScrollRequest,
    SearchParams,
    SparseVector,
    UpdateOperation,
)

from index.collection import (
    FACETS,
    MOST_FACET_VALUES,
    Filters,
    IndexedPassage,
    PassageVectors,
    QuestionVectors,
    StoredVectors,
)
from index.embedded.edge_query import allowed, fusion, legs, nearest_terms
from index.lexical import TermVector
from index.meaning import Meaning
from index.payload import (
    CATALOGUE_KEYS,
    WORD_KEYS,
    answer_sentences,
    to_hit,
    to_nearest,
    to_passage,
    to_payload,
)
from index.ranking import leg_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from index.passage import Hit, Passage, Span

_AT_FIRST = FieldCondition("position", match=MatchValue(0))
_FIRST = Filter(must=[_AT_FIRST])  # stands for its source
_PAGE = 100  # points that one scroll step brings; meanwhile no other thread of ours runs


def put(shard: EdgeShard, passages: Sequence[IndexedPassage]) -> list[dict[str, Any]]:
    """Add passages, replacing those with the same ids; return their payloads."""
    payloads = [to_payload(indexed) for indexed in passages]
    points = [_point(indexed, payload) for indexed, payload in zip(passages, payloads, strict=True)]
    shard.update(UpdateOperation.upsert_points(points))
    return payloads


def remove(shard: EdgeShard, sources: Sequence[str]) -> None:
    """Take the passages of these sources out."""
    if sources:
        shard.update(UpdateOperation.delete_points_by_filter(_of_sources(sources)))


def count(shard: EdgeShard) -> int:
    """Return how many passages there are."""
    return shard.count(CountRequest(exact=True))


def count_sources(shard: EdgeShard) -> int:
    """Return how many sources there are."""
    return shard.count(CountRequest(exact=True, filter=_FIRST))


def search(shard: EdgeShard, question: QuestionVectors, filters: Filters, limit: int) -> list[Hit]:
    """Return the best passages by the formula of `index/ranking.py`."""
    joined = legs(question, filters)
    request = QueryRequest(
        limit=limit, query=fusion(leg_weights(question)), prefetches=joined, with_payload=True
    )
    found = [(point.id, point.payload or {}, point.score) for point in shard.query(request)]
    languages = {name: payload["language"] for name, payload, _ in found}
    dense, best = (_cosines(shard, languages, question, using) for using in ("passage", "sentences"))
    return [
        to_hit(payload, score, dense[name], best[name], question.weights) for name, payload, score in found
    ]


def meaning(shard: EdgeShard, passage_id: str) -> Meaning | None:
    """Return a passage with its vector, None if there is none of this id."""
    for record in shard.retrieve([passage_id], with_payload=True, with_vector=["passage"]):
        vector = np.asarray(_vectors(record.vector)["passage"], dtype=np.float32)
        return Meaning(to_passage(record.payload or {}), vector)
    return None


def nearest(shard: EdgeShard, vector: NDArray[np.float32], filters: Filters, limit: int) -> list[Hit]:
    """Return the passages whose vectors are nearest, best first."""
    request = QueryRequest(
        limit=limit,
        query=Query.Nearest(vector.tolist(), using="passage"),
        filter=allowed(filters),
        with_payload=True,
    )
    return [to_nearest(point.payload or {}, point.score) for point in shard.query(request)]


def highlights(shard: EdgeShard, question: QuestionVectors, passages: Sequence[Passage]) -> dict[str, Span]:
    """Return the answer sentence of each passage, by passage id."""
    wanted: list[Any] = [passage.id for passage in passages]
    records = shard.retrieve(wanted, with_payload=False, with_vector=["sentences"])
    sentences = {str(record.id): _vectors(record.vector)["sentences"] for record in records}
    return answer_sentences(question, passages, sentences)


def best_terms_score(shard: EdgeShard, terms: TermVector, filters: Filters) -> float:
    """Return the highest BM25 score that a passage reaches, 0 if none has any of the terms."""
    if not terms.indices:
        return 0.0
    request = QueryRequest(limit=1, query=nearest_terms(terms), filter=allowed(filters))
    return max((point.score for point in shard.query(request)), default=0.0)


def facets(shard: EdgeShard, filters: Filters) -> dict[str, dict[str, int]]:
    """Count passages for each value of each facet, the facet's own filter left aside."""
    return {name: _facet(shard, name, filters) for name in FACETS}


def first_payloads(shard: EdgeShard, sources: Sequence[str] | None = None) -> Iterator[Mapping[str, Any]]:
    """Return what the first passages of these sources, or of all, say of their source and its words."""
    which = _FIRST if sources is None else Filter(must=[_AT_FIRST, _among(sources)])
    return _payloads(shard, which, [*CATALOGUE_KEYS, *WORD_KEYS])


def passages(shard: EdgeShard, source: str) -> list[Passage]:
    """Return the passages of a source in order."""
    found = [to_passage(payload) for payload in _payloads(shard, _of_sources([source]), True)]
    return sorted(found, key=lambda passage: passage.position)


def vectors(shard: EdgeShard, source: str) -> dict[int, StoredVectors]:
    """Return the vectors of a source's passages by position."""
    records = _records(shard, _of_sources([source]), ["fingerprint", "position"], True)
    return {
        payload["position"]: StoredVectors(payload["fingerprint"], _passage_vectors(stored))
        for payload, stored in records
    }


def _point(indexed: IndexedPassage, payload: dict[str, Any]) -> Point:
    vectors = indexed.vectors
    named: Any = {
        "passage": vectors.passage.tolist(),
        "sentences": vectors.sentences.tolist(),
        "terms": SparseVector(list(vectors.terms.indices), list(vectors.terms.values)),
    }
    return Point(indexed.passage.id, named, payload)


def _cosines(
    shard: EdgeShard, languages: Mapping[Any, str], question: QuestionVectors, using: str
) -> dict[Any, float]:
    """Return the similarity of each passage with the question, by passage id.

    Asked of the store once more instead of computed here: as Python lists, the vectors of thirty
    hits take longer than the whole search.
    """
    own = {name for name, language in languages.items() if question.beside(language) is not question.dense}
    cosines: dict[Any, float] = {}
    for names, asked in ((own, question.own), (languages.keys() - own, question.dense)):
        if asked is not None and names:
            request = QueryRequest(
                limit=len(names),
                query=Query.Nearest(asked.tolist(), using=using),
                filter=Filter(must=[HasIdCondition(set(names))]),
                params=SearchParams(exact=True),
            )
            cosines |= {point.id: point.score for point in shard.query(request)}
    return cosines


def _facet(shard: EdgeShard, name: str, filters: Filters) -> dict[str, int]:
    # Exact counting takes ten times as long and, on a shard that is optimised and never written
    # again, counts the same: tests/index/test_collection.py holds both against the passages.
    request = FacetRequest(
        name, limit=MOST_FACET_VALUES, exact=False, filter=allowed(filters, leaving_out=name)
    )
    return {str(hit.value): hit.count for hit in shard.facet(request).hits}


def _of_sources(sources: Sequence[str]) -> Filter:
    return Filter(must=[_among(sources)])


def _among(sources: Sequence[str]) -> FieldCondition:
    return FieldCondition("source", match=MatchAny(list(sources)))


def _payloads(shard: EdgeShard, which: Filter, keys: list[str] | bool) -> Iterator[Mapping[str, Any]]:
    return (payload for payload, _ in _records(shard, which, keys, False))


def _records(
    shard: EdgeShard, which: Filter, keys: list[str] | bool, with_vector: bool
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    offset = None
    while True:
        request = ScrollRequest(
            offset=offset, limit=_PAGE, filter=which, with_payload=keys, with_vector=with_vector
        )
        records, offset = shard.scroll(request)
        for record in records:
            yield record.payload or {}, _vectors(record.vector)
        if offset is None:
            return


def _vectors(vector: object) -> Mapping[str, Any]:
    return vector if isinstance(vector, dict) else {}


def _passage_vectors(stored: Mapping[str, Any]) -> PassageVectors:
    terms: SparseVector = stored["terms"]
    return PassageVectors(
        passage=np.asarray(stored["passage"], dtype=np.float32),
        sentences=np.asarray(stored["sentences"], dtype=np.float32),
        terms=TermVector(tuple(terms.indices), tuple(terms.values)),
    )
