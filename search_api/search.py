"""A question becomes an answer: understood, encoded, searched, arranged, judged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from index.collection import QuestionVectors
from index.language import HOME_LANGUAGE, detect_language
from index.lexical import weighted_terms
from index.ranking import Weights, terms_weight
from search_api.arrangement import arrange, overfetched
from search_api.understanding import understand, understand_as_written
from search_api.verdict import Signal, judge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.collection import Filters
    from index.encoder import Vectors
    from index.passage import Span
    from search_api.arrangement import ArrangedHit
    from search_api.served import Served
    from search_api.tools import Tools
    from search_api.understanding import Understanding
    from search_api.verdict import Judgement


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: at most `limit` hits, at most `per_document` of one document first (0: any).

    `as_written`: without corrections and without what the thesaurus adds.
    """

    question: str
    filters: Filters
    limit: int
    per_document: int = 3
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got.

    `coverage`: the share of its terms that the best passage has, 0 to 1; `highlights`: the answer
    sentence of each hit's passage, by passage id.
    """

    understanding: Understanding
    vectors: QuestionVectors
    coverage: float
    signal: Signal
    judgement: Judgement
    hits: Sequence[ArrangedHit]
    highlights: Mapping[str, Span] = field(default_factory=dict)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def ask(wish: Wish, served: Served, tools: Tools) -> Answer:
    """Return the answer to a question."""
    found = find(wish, served, tools)
    passages = [arranged.hit.passage for arranged in found.hits]
    highlights = served.generation.highlights(found.vectors, passages)
    return replace(found, highlights=highlights, facets=served.facets(wish.filters))


def find(wish: Wish, served: Served, tools: Tools) -> Answer:
    """Return the answer to a question without what only a person needs: highlights and counts."""
    language = detect_language(wish.question)
    understood = (
        understand_as_written(wish.question, language)
        if wish.as_written
        else understand(wish.question, language, served.vocabulary, tools.thesaurus())
    )
    vectors, coverage = question_vectors(understood, wish.filters, served, tools)
    found = served.generation.search(vectors, wish.filters, overfetched(wish.limit))
    hits = arrange(found, wish.limit, wish.per_document, served.versions)
    signal = Signal.of(found, understood, coverage)
    return Answer(understood, vectors, coverage, signal, judge(signal, tools.calibration), hits)


def question_vectors(
    understood: Understanding, filters: Filters, served: Served, tools: Tools
) -> tuple[QuestionVectors, float]:
    """Return the question for all legs, and how much of its terms the best passage covers."""
    dense = _mean(tools.encoder.encode_queries(understood.wordings))
    if understood.language != HOME_LANGUAGE:
        home = tools.language_means.at_home(dense, understood.language)
        own = dense if understood.language in served.languages else None
        return QuestionVectors(home, language=understood.language, own=own), 0.0
    terms = weighted_terms(understood.terms)
    ideal = sum(served.vocabulary.rarity(term) * weight for term, weight in understood.core.items())
    best = served.generation.best_terms_score(terms, filters)
    coverage = min(1.0, best / ideal) if ideal else 0.0
    return QuestionVectors(dense, terms, Weights(terms=terms_weight(coverage))), coverage


def _mean(wordings: Vectors) -> NDArray[np.float32]:
    """Return the direction between the wordings of one question, length 1."""
    mean = wordings.mean(axis=0)
    unit: NDArray[np.float32] = mean / np.float32(np.linalg.norm(mean))
    return unit
