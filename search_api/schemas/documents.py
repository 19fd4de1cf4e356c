"""Documents, their passages and where these stand."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from search_api.schemas.base import Model, Sparing

# Of these only the text is shown: names and addresses of sender and receivers stand in a mail's file.
WITHOUT_FILE = (".eml",)
KindName = Literal["handbuch", "foerderung", "faq", "studien", "transkripte", "beratung"]
RecordingKind = Literal["audio", "video"]


class Page(Model):
    """A page of a paged file: `page` counts from 1, `label` is the printed number if it differs."""

    type: Literal["page"] = "page"
    page: int
    label: str | None


class Time(Model):
    """A span of a recording in seconds; `url` opens the recording there."""

    type: Literal["time"] = "time"
    start: float
    end: float
    url: str | None


class Heading(Model):
    """A part under a heading; `anchor` is the heading's id."""

    type: Literal["heading"] = "heading"
    anchor: str | None


class Question(Model):
    """An FAQ entry."""

    type: Literal["question"] = "question"
    question: str


Location = Annotated[Page | Time | Heading | Question, Field(discriminator="type")]


class Funding(Model):
    """A funding sheet's facts; amounts in euros, rate as a share of 1.

    `prefinancing` says whether a part of the money comes in advance, before the accounts are sent in.
    """

    funder: str | None
    applicants: list[str]
    amount_min: float | None
    amount_max: float | None
    funding_rate: float | None
    prefinancing: bool | None
    deadline: str | None


class Document(Sparing):
    """A source with its metadata; `source` is the path in the corpus.

    `automatic` is sent, as true, when a machine made the transcript. `recording` says whether there is one to
    hear or to see under `GET /documents/{id}/recording`.
    """

    extras = frozenset({"automatic"})

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
    recording: RecordingKind | None = None
    automatic: bool = False


class Passage(Sparing):
    """A stretch of a document with its place."""

    passage_id: str
    text: str
    heading: list[str]
    location: Location


class CatalogueEntry(Document):
    """A document in the list of all documents."""

    passages: int


class DocumentList(Model):
    """All documents of the published generation, sorted by path."""

    generation: str
    documents: list[CatalogueEntry]


class DocumentDetail(Model):
    """A document with all its passages in reading order."""

    document: Document
    passages: list[Passage]
