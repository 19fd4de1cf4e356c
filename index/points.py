"""Points and queries in the words of `qdrant_client.models`, for the server store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from qdrant_client import QdrantClient, models
from qdrant_client.local.qdrant_local import QdrantLocal

from index.collection import FACETS, Filters, IndexedPassage, PassageVectors, QuestionVectors
from index.lexical import TermVector
from index.payload import day_number, to_payload
from index.ranking import CANDIDATES, PASSAGE_WEIGHT, SENTENCE_WEIGHT, TERMS_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def vector_parameters(dimension: int) -> dict[str, models.VectorParams]:
    """Return the dense vectors of a point; sentences only rescore, so they need no graph."""
    maxsim = models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM)
    return {
        "passage": models.VectorParams(size=dimension, distance=models.Distance.COSINE),
        "sentences": models.VectorParams(
            size=dimension,
            distance=models.Distance.COSINE,
            multivector_config=maxsim,
            datatype=models.Datatype.FLOAT16,
            hnsw_config=models.HnswConfigDiff(m=0),
        ),
    }


def in_memory(client: QdrantClient) -> bool:
    """Whether the client is the library's own small store and no server."""
    return isinstance(client._client, QdrantLocal)


def point(indexed: IndexedPassage) -> models.PointStruct:
    """Return a passage as a point."""
    vectors = indexed.vectors
    return models.PointStruct(
        id=indexed.passage.id,
        vector={
            "passage": vectors.passage.tolist(),
            "sentences": vectors.sentences.tolist(),
            "terms": _sparse(vectors.terms),
        },
        payload=to_payload(indexed),
    )


def passage_vectors(stored: object) -> PassageVectors:
    """Return the three vectors that a stored point carries."""
    vectors = named(stored)
    terms: models.SparseVector = vectors["terms"]
    return PassageVectors(
        passage=np.asarray(vectors["passage"], dtype=np.float32),
        sentences=np.asarray(vectors["sentences"], dtype=np.float32),
        terms=TermVector(tuple(terms.indices), tuple(terms.values)),
    )


def named(vector: object) -> Mapping[str, Any]:
    """Return a point's vectors by name."""
    return vector if isinstance(vector, dict) else {}


def legs(question: QuestionVectors, filters: Filters) -> list[models.Prefetch]:
    """Return what the formula joins: passage, best sentence and, if the question has any, terms."""
    dense, allowed = question.dense.tolist(), _filter(filters)
    named = [models.Prefetch(query=dense, using="passage", limit=CANDIDATES, filter=allowed)]
    if question.terms is not None and question.terms.indices:
        terms = _sparse(question.terms)
        named.append(models.Prefetch(query=terms, using="terms", limit=CANDIDATES, filter=allowed))
    return [
        models.Prefetch(prefetch=named, query=dense, using="passage", limit=2 * CANDIDATES),
        models.Prefetch(prefetch=named, query=[dense], using="sentences", limit=2 * CANDIDATES),
        *named[1:],
    ]


def fusion(legs: int) -> models.FormulaQuery:
    """Return the formula of `index/ranking.py` over the first `legs` legs."""
    weights = (PASSAGE_WEIGHT, SENTENCE_WEIGHT, TERMS_WEIGHT)[:legs]
    summands: list[models.Expression] = [
        models.MultExpression(mult=[weight, f"$score[{leg}]"]) for leg, weight in enumerate(weights)
    ]
    defaults = {f"$score[{leg}]": 0.0 for leg in range(legs)}
    return models.FormulaQuery(formula=models.SumExpression(sum=summands), defaults=defaults)


def facet_filters(filters: Filters) -> dict[str, models.Filter]:
    """Return the filter to count each facet under: all but its own."""
    return {name: _filter(filters, leaving_out=name) for name in FACETS}


def of_sources(sources: Sequence[str]) -> models.Filter:
    """Return the filter for the passages of these sources."""
    match = models.MatchAny(any=list(sources))
    return models.Filter(must=[models.FieldCondition(key="source", match=match)])


def first_passages() -> models.Filter:
    """Return the filter for the one passage of each source that carries the catalogue's entry."""
    return models.Filter(must=[models.FieldCondition(key="position", match=models.MatchValue(value=0))])


def _filter(filters: Filters, leaving_out: str | None = None) -> models.Filter:
    wanted: list[models.Condition] = [
        models.FieldCondition(key=name, match=models.MatchAny(any=list(values)))
        for name in FACETS
        if name != leaving_out and (values := getattr(filters, name))
    ]
    if filters.valid_on is None:
        return models.Filter(must=wanted)
    before = models.Range(lt=day_number(filters.valid_on))
    return models.Filter(must=wanted, must_not=[models.FieldCondition(key="valid_until", range=before)])


def _sparse(terms: TermVector) -> models.SparseVector:
    return models.SparseVector(indices=list(terms.indices), values=list(terms.values))
