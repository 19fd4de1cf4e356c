"""The answer to a question: hits, what was understood, and why."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from search_api.schemas.base import Model, Sparing
from search_api.schemas.documents import Document, Location, Passage

Verdict = Literal["answered", "partial", "none"]


class Highlight(Model):
    """The answer sentence: characters [start, end) of the passage's text."""

    start: int
    end: int


class Place(Model):
    """Another passage that says the same."""

    passage_id: str
    document_id: str
    source: str
    title: str
    heading: list[str]
    location: Location


class NewerVersion(Model):
    """The newest version of the sheet that a hit is from."""

    document_id: str
    source: str
    title: str


class MatchedTerm(Model):
    """A term of the question that the passage has: its weight in the question, and how rare it is."""

    term: str
    weight: float
    rarity: float


class HitExplanation(Model):
    """Why a hit stands where it stands: `score` = `similarity` + `terms_weight` × `terms_score`.

    `similarity` is the weighted mean of the cosines with the whole passage and its best sentence.
    """

    passage_similarity: float
    sentence_similarity: float
    similarity: float
    terms_score: float
    terms_weight: float
    matched_terms: list[MatchedTerm]


class Hit(Passage):
    """A found passage. `score` orders the hits of one answer and means nothing beyond it."""

    extras = frozenset({"also_in", "newer_version", "explanation"})

    rank: int = Field(ge=1)
    score: float
    highlight: Highlight
    document: Document
    also_in: list[Place] = Field(default=[])
    newer_version: NewerVersion | None = None
    explanation: HitExplanation | None = None


class Correction(Model):
    """A word of the question that no source has, and the one that was searched for as well."""

    written: str
    meant: str


class Expansion(Model):
    """A word of the question, and what the thesaurus says that it also means."""

    word: str
    means: list[str]


class Explanation(Model):
    """How the question was understood; `sentences` says it in German, for people."""

    wordings: list[str]
    terms: dict[str, float]
    coverage: float
    terms_weight: float
    moved_to_home_language: bool
    sentences: list[str]


ANSWER_EXAMPLE: JsonDict = {
    "query": "Wer zahlt den Bus?",
    "language": "de",
    "verdict": "answered",
    "took_ms": 41.2,
    "hits": [
        {
            "passage_id": "3a3fd0d0-f170-5aaf-b297-423fc4396d44",
            "text": "Das ist einfach. Den Bus zahlt der Verein vorab.",
            "heading": ["Anzahlungen und Geld"],
            "location": {"type": "time", "start": 754.0, "end": 802.5, "url": None},
            "rank": 1,
            "score": 0.87,
            "highlight": {"start": 17, "end": 48},
            "document": {
                "id": "f2dd5f0a-8850-5d0b-b3c1-641e94e7e8de",
                "source": "transkripte/fahrten-planen.vtt",
                "title": "Mehrtägige Fahrten planen",
                "kind": "transkripte",
                "language": "de",
                "year": 2026,
                "topics": ["fahrten"],
                "countries": [],
                "audiences": ["verein"],
                "url": None,
                "video_url": None,
                "recorded_on": None,
                "valid_from": None,
                "valid_until": None,
                "last_checked": "2026-11-22",
                "licence": "CC BY 4.0",
                "funding": None,
                "expired": False,
                "recording": "audio",
            },
        }
    ],
    "facets": {"kind": {"transkripte": 12}},
}


class SearchResponse(Sparing):
    """The answer to a question; `facets` count passages for each value of each filter."""

    extras = frozenset({"corrections", "expansions", "explanation"})
    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [ANSWER_EXAMPLE]})

    query: str
    language: str
    verdict: Verdict
    confidence: float | None = Field(
        None,
        description="Wahrscheinlichkeit, dass die Fundstellen antworten; leer bei eigenem Modell",
        ge=0,
        le=1,
    )
    corrections: list[Correction] = Field(default=[])
    expansions: list[Expansion] = Field(default=[])
    took_ms: float
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    explanation: Explanation | None = None


class SimilarPassages(Model):
    """The passages nearest in meaning to one; the `score` of each is their cosine, at most 1."""

    passage_id: str
    hits: list[Hit]
