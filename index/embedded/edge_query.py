"""Questions in the words of Qdrant Edge: filters, legs, and the formula that joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qdrant_edge import (
    Expression,
    FieldCondition,
    Filter,
    Formula,
    MatchAny,
    MatchValue,
    Prefetch,
    Query,
    RangeFloat,
    SparseVector,
)

from index.collection import FACETS, Filters, QuestionVectors
from index.payload import day_number
from index.ranking import CANDIDATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.lexical import TermVector


def legs(question: QuestionVectors, filters: Filters) -> list[Prefetch]:
    """Return what the formula joins, in the order of `leg_weights`."""
    terms = _nearest_terms(question, allowed(filters))
    if question.own is None:
        return [*_dense_legs(question.dense, allowed(filters), terms), *terms]
    own = FieldCondition("language", match=MatchValue(question.language or ""))
    return [
        *_dense_legs(question.dense, allowed(filters, must_not=[own]), terms),
        *_dense_legs(question.own, allowed(filters, must=[own]), []),
        *terms,
    ]


def _nearest_terms(question: QuestionVectors, within: Filter) -> list[Prefetch]:
    if question.terms is None or not question.terms.indices:
        return []
    return [Prefetch(limit=CANDIDATES, query=nearest_terms(question.terms), filter=within)]


def _dense_legs(vector: NDArray[np.float32], within: Filter, terms: list[Prefetch]) -> list[Prefetch]:
    """Return the candidates of passage and terms scored by passage and by best sentence."""
    dense = vector.tolist()
    named = [Prefetch(limit=CANDIDATES, query=Query.Nearest(dense, using="passage"), filter=within), *terms]
    return [
        Prefetch(limit=2 * CANDIDATES, query=Query.Nearest(dense, using=each), prefetches=named)
        for each in ("passage", "sentences")
    ]


def fusion(weights: Sequence[float]) -> Formula:
    """Return the formula of `index/ranking.py` over the legs."""
    summands = [
        Expression.Mult([Expression.Constant(weight), Expression.Variable(f"$score[{leg}]")])
        for leg, weight in enumerate(weights)
    ]
    return Formula(Expression.Sum(summands), {f"$score[{leg}]": 0.0 for leg in range(len(weights))})


def nearest_terms(terms: TermVector) -> Query:
    """Return the query for the passages with the highest BM25 score."""
    return Query.Nearest(SparseVector(list(terms.indices), list(terms.values)), using="terms")


def allowed(
    filters: Filters, leaving_out: str | None = None, must: Sequence[Any] = (), must_not: Sequence[Any] = ()
) -> Filter:
    """Return what a passage must fulfil; `leaving_out` names a facet whose own filter does not count."""
    wanted: Any = [
        *must,
        *(
            FieldCondition(name, match=MatchAny(list(values)))
            for name in FACETS
            if name != leaving_out and (values := getattr(filters, name))
        ),
    ]
    refused: Any = list(must_not)
    if filters.valid_on is not None:
        refused.append(FieldCondition("valid_until", range=RangeFloat(lt=day_number(filters.valid_on))))
    if filters.outside is not None:
        refused.append(FieldCondition("source", match=MatchValue(filters.outside)))
    return Filter(must=wanted, must_not=refused)
