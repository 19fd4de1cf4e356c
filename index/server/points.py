"""Points and queries in the words of `qdrant_client.models`, for the server store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from qdrant_client import QdrantClient, models
from qdrant_client.local.qdrant_local import QdrantLocal

from index.collection import FACETS, Filters, IndexedPassage, PassageVectors, QuestionVectors
from index.lexical import TermVector
from index.payload import day_number, to_payload
from index.ranking import CANDIDATES, leg_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


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
            "terms": sparse(vectors.terms),
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
    """Return what the formula joins, in the order of `leg_weights`."""
    terms = _nearest_terms(question, _filter(filters))
    if question.own is None:
        return [*_dense_legs(question.dense, _filter(filters), terms), *terms]
    match = models.MatchValue(value=question.language or "")
    own = models.FieldCondition(key="language", match=match)
    return [
        *_dense_legs(question.dense, _filter(filters, must_not=[own]), terms),
        *_dense_legs(question.own, _filter(filters, must=[own]), []),
        *terms,
    ]


def _nearest_terms(question: QuestionVectors, allowed: models.Filter) -> list[models.Prefetch]:
    if question.terms is None or not question.terms.indices:
        return []
    return [models.Prefetch(query=sparse(question.terms), using="terms", limit=CANDIDATES, filter=allowed)]


def _dense_legs(
    vector: NDArray[np.float32], allowed: models.Filter, terms: list[models.Prefetch]
) -> list[models.Prefetch]:
    """Return the candidates of passage and terms scored by passage and by best sentence."""
    dense = vector.tolist()
    named = [models.Prefetch(query=dense, using="passage", limit=CANDIDATES, filter=allowed), *terms]
    return [
        models.Prefetch(prefetch=named, query=dense, using="passage", limit=2 * CANDIDATES),
        models.Prefetch(prefetch=named, query=[dense], using="sentences", limit=2 * CANDIDATES),
    ]


def searches(question: QuestionVectors, filters: Filters, limit: int) -> list[models.QueryRequest]:
    """Return one search by the formula and, to tell the similarities of its hits, each dense leg alone."""
    joined = legs(question, filters)
    fused = models.QueryRequest(
        prefetch=joined, query=fusion(leg_weights(question)), limit=limit, with_payload=True
    )
    dense = [
        models.QueryRequest(prefetch=leg.prefetch, query=leg.query, using=leg.using, limit=leg.limit)
        for leg in joined
        if leg.using != "terms"
    ]
    return [fused, *dense]


def fusion(weights: Sequence[float]) -> models.FormulaQuery:
    """Return the formula of `index/ranking.py` over the legs."""
    summands: list[models.Expression] = [
        models.MultExpression(mult=[weight, f"$score[{leg}]"]) for leg, weight in enumerate(weights)
    ]
    defaults = {f"$score[{leg}]": 0.0 for leg in range(len(weights))}
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


def allowed(filters: Filters) -> models.Filter:
    """Return the filter for the passages that a question may find."""
    return _filter(filters)


def _filter(
    filters: Filters,
    leaving_out: str | None = None,
    must: Sequence[models.Condition] = (),
    must_not: Sequence[models.Condition] = (),
) -> models.Filter:
    wanted: list[models.Condition] = [
        *must,
        *(
            models.FieldCondition(key=name, match=models.MatchAny(any=list(values)))
            for name in FACETS
            if name != leaving_out and (values := getattr(filters, name))
        ),
    ]
    refused = list(must_not)
    if filters.valid_on is not None:
        before = models.Range(lt=day_number(filters.valid_on))
        refused.append(models.FieldCondition(key="valid_until", range=before))
    if filters.outside is not None:
        refused.append(of_sources([filters.outside]))
    return models.Filter(must=wanted, must_not=refused)


def sparse(terms: TermVector) -> models.SparseVector:
    """Return terms as the sparse vector that they are stored and searched by."""
    return models.SparseVector(indices=list(terms.indices), values=list(terms.values))
