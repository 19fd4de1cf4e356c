"""A question becomes an answer: language, vectors, hits, facets, verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.collection import QuestionVectors
from index.language import HOME_LANGUAGE, detect_language
from index.lexical import question_terms
from search_api.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.collection import Filters, Generation
    from index.encoder import Encoder
    from index.passage import Hit
    from search_api.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got."""

    language: str
    verdict: Verdict
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]]


def ask(question: str, filters: Filters, limit: int, generation: Generation, encoder: Encoder) -> Answer:
    """Return the answer to a question; `limit` is the most hits wanted."""
    language = detect_language(question)
    vectors = question_vectors(question, language, encoder)
    hits = generation.search(vectors, filters, limit)
    return Answer(language, verdict(hits, language), hits, generation.facets(filters))


def question_vectors(question: str, language: str, encoder: Encoder) -> QuestionVectors:
    """Return the question for all legs; in a foreign language the lexical one stays silent.

    Its words would meet German ones by chance only and push the right passages down.
    """
    dense = encoder.encode_queries([question])[0]
    return QuestionVectors(dense, question_terms(question) if language == HOME_LANGUAGE else None)
