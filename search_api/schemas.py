"""What goes over the wire: the contract of the search API as pydantic models."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer
from pydantic.config import JsonDict

Verdict = Literal["answered", "partial", "none"]
MAX_HITS = 100  # more than anybody reads; keeps an answer below a megabyte
KindName = Literal["handbuch", "foerderung", "faq", "studien", "transkripte"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Sparing(_Model):
    """A model whose extras are sent only when there is something in them."""

    extras: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _without_empty_extras(self, serialise: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def] # noqa: ANN202 - a type here would replace the described schema
        sent: dict[str, Any] = serialise(self)
        return {name: value for name, value in sent.items() if value or name not in self.extras}


class Page(_Model):
    """A page of a paged file: `page` counts from 1, `label` is the printed number if it differs."""

    type: Literal["page"] = "page"
    page: int
    label: str | None


class Time(_Model):
    """A span of a recording in seconds; `url` opens the recording there."""

    type: Literal["time"] = "time"
    start: float
    end: float
    url: str | None


class Heading(_Model):
    """A part under a heading; `anchor` is the heading's id."""

    type: Literal["heading"] = "heading"
    anchor: str | None


class Question(_Model):
    """An FAQ entry."""

    type: Literal["question"] = "question"
    question: str


Location = Annotated[Page | Time | Heading | Question, Field(discriminator="type")]


class Highlight(_Model):
    """The answer sentence: characters [start, end) of the passage's text."""

    start: int
    end: int


class Funding(_Model):
    """A funding sheet's facts; amounts in euros, rate as a share of 1."""

    funder: str | None
    applicants: list[str]
    amount_min: float | None
    amount_max: float | None
    funding_rate: float | None
    prefinancing: bool | None
    deadline: str | None


class Document(_Model):
    """A source with its metadata; `source` is the path in the corpus."""

    id: str
    source: str
    title: str
    kind: KindName
    language: str
    year: int | None
    topics: list[str]
    countries: list[str]
    audiences: list[str]
    url: str | None
    video_url: str | None
    recorded_on: date | None
    valid_from: date | None
    valid_until: date | None
    last_checked: date | None
    licence: str | None
    funding: Funding | None
    expired: bool


class Passage(_Sparing):
    """A stretch of a document with its place."""

    passage_id: str
    text: str
    heading: list[str]
    location: Location


class Place(_Model):
    """Another passage that says the same."""

    passage_id: str
    document_id: str
    source: str
    title: str
    heading: list[str]
    location: Location


class NewerVersion(_Model):
    """The newest version of the sheet that a hit is from."""

    document_id: str
    source: str
    title: str


class MatchedTerm(_Model):
    """A term of the question that the passage has: its weight in the question, and how rare it is."""

    term: str
    weight: float
    rarity: float


class HitExplanation(_Model):
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
    also_in: list[Place] = []
    newer_version: NewerVersion | None = None
    explanation: HitExplanation | None = None


class Correction(_Model):
    """A word of the question that no source has, and the one that was searched for as well."""

    written: str
    meant: str


class Expansion(_Model):
    """A word of the question, and what the thesaurus says that it also means."""

    word: str
    means: list[str]


class Explanation(_Model):
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
            },
        }
    ],
    "facets": {"kind": {"transkripte": 12}},
}


class SearchQuery(BaseModel):
    """What `GET /search` takes; a filter may be given several times, one of its values must fit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field(
        description="die Frage, in jeder Sprache",
        examples=["Welche Versicherung braucht unser Verein für eine mehrtägige Fahrt?"],
    )
    limit: int = Field(10, ge=1, le=MAX_HITS, description="höchstens so viele Fundstellen")
    kind: list[KindName] = Field([], description="Art der Quelle")
    topic: list[str] = Field([], description="Thema der Quelle", examples=[["versicherung"]])
    country: list[str] = Field([], description="Land nach ISO 3166", examples=[["fr"]])
    audience: list[str] = Field([], description="für wen die Quelle ist", examples=[["verein"]])
    language: list[str] = Field([], description="Sprache der Quelle nach ISO 639", examples=[["de"]])
    year: list[Annotated[int, Field(ge=1, le=9999)]] = Field(
        [], description="Jahr der Quelle", examples=[[2026]]
    )
    per_document: int = Field(
        3,
        ge=0,
        le=MAX_HITS,
        description="höchstens so viele der ersten zehn aus einer Quelle; 0: beliebig viele",
    )
    explain: bool = Field(False, description="mit Begründung: Ähnlichkeiten, Wörter, Gewichte")
    include_expired: bool = Field(False, description="auch Quellen, deren Gültigkeit vorbei ist")


class SearchResponse(_Sparing):
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
    corrections: list[Correction] = []
    expansions: list[Expansion] = []
    took_ms: float
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    explanation: Explanation | None = None


class CatalogueEntry(Document):
    """A document in the list of all documents."""

    passages: int


class DocumentList(_Model):
    """All documents of the published generation, sorted by path."""

    generation: str
    documents: list[CatalogueEntry]


class DocumentDetail(_Model):
    """A document with all its passages in reading order."""

    document: Document
    passages: list[Passage]


class Problem(_Model):
    """What went wrong and what to do about it (RFC 9457, media type application/problem+json)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class Health(_Model):
    """`missing` names what is not there yet; empty when the API can answer."""

    status: Literal["alive", "ready", "unready"]
    missing: list[str] = []
    generation: str | None = None


class Examples(_Model):
    """Questions to begin with."""

    questions: list[str]
