"""The vocabulary of the house: every stage speaks in these frozen dataclasses and in no others."""

from __future__ import annotations

import uuid
from collections.abc import Mapping  # noqa: TC003 - pydantic resolves the annotations at run time
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - as above
from enum import StrEnum
from typing import NamedTuple

_NAMESPACE = uuid.UUID("7f0a2b0e-5c1d-5b7e-9d55-2f6f0b3f1c11")  # fixed for ever: ids are made from it


class Kind(StrEnum):
    """The six kinds of material; each value is also the name of its folder in the corpus."""

    HANDBUCH = "handbuch"
    FOERDERUNG = "foerderung"
    FAQ = "faq"
    STUDIEN = "studien"
    TRANSKRIPTE = "transkripte"
    BERATUNG = "beratung"

    @classmethod
    def of_folder(cls, source: str) -> Kind | None:
        """Return the kind that the outermost folder of `source` names, None if it names none."""
        folder = source.split("/", maxsplit=1)[0]
        return cls(folder) if folder in set(cls) else None


@dataclass(frozen=True, slots=True)
class PageLocation:
    """A page of a paged file: `page` counts from 1 in the file, `label` is the printed number."""

    page: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class TimeLocation:
    """A span of a recording in seconds from its start; `url` opens the recording there."""

    start: float
    end: float
    url: str | None = None


@dataclass(frozen=True, slots=True)
class HeadingLocation:
    """A part under a heading; `anchor` is the heading's id in the file or a slug of its words."""

    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class QuestionLocation:
    """An FAQ entry, named by its question as written."""

    question: str


Location = PageLocation | TimeLocation | HeadingLocation | QuestionLocation


class Span(NamedTuple):  # no dataclass: a question brings a few hundred of them
    """Characters [start, end) of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: what was said between two moments, in seconds from the recording's start."""

    start: float
    end: float
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document with one location; passages never reach over its edges.

    `heading` is the path of headings above it, outermost first. A transcript's section carries
    its `cues` and their joined words as `text`. `whole` marks text that is never split: an FAQ pair.
    """

    heading: tuple[str, ...]
    location: Location
    text: str
    cues: tuple[Cue, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader returns: the sections in reading order and the metadata found in the file.

    `extracted` is what the reader found by itself (title, language): the weakest layer.
    `declared` is what the author wrote for us (front matter): stronger than a folder's defaults.
    Both are unvalidated mappings with the keys of `Metadata`; `declared_lines` says at which line of the
    file each declared key stands. `unread` says in words what could not be read (a page without text), so
    that nothing is lost silently; `doubts` what was read but should be looked at by a person (a question
    that stands there twice, words read from a picture). Both are German sentences for the staff, each
    naming its place.
    """

    sections: tuple[Section, ...]
    extracted: Mapping[str, object] = field(default_factory=dict)
    declared: Mapping[str, object] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    declared_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Funding:
    """What a funding sheet says about its programme; amounts in euros, rate as a share of 1.

    `prefinancing` says whether a part of the money comes in advance, before the accounts are sent in.
    """

    funder: str | None = None
    applicants: tuple[str, ...] = ()
    amount_min: float | None = None
    amount_max: float | None = None
    funding_rate: float | None = None
    prefinancing: bool | None = None
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a source, after all layers are merged and validated.

    `automatic` marks a transcript that a machine made.
    """

    title: str
    kind: Kind
    language: str = "de"
    year: int | None = None
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    url: str | None = None
    video_url: str | None = None
    recorded_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    last_checked: date | None = None
    licence: str | None = None
    funding: Funding | None = None
    automatic: bool = False

    def expired(self, today: date) -> bool:
        """Whether the last day of validity lies before `today`."""
        return self.valid_until is not None and self.valid_until < today


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source as the catalogue of a generation lists it.

    `source` is the path relative to the corpus with forward slashes, `content` the sha256 of the
    file's bytes, `revision` the sha256 of bytes and metadata together (opaque: only compared).
    `length` counts the terms of all its passages; `mean_length` is the mean of a passage, over the
    whole collection, with which their BM25 weights were computed. `remarks` are German sentences on
    what reading found that a person should look at; by its `sketch` a text is compared with others
    (`index/sketch.py`).
    """

    source: str
    content: str
    revision: str
    metadata: Metadata
    passages: int
    length: int
    mean_length: float
    remarks: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The document's id, made from its path."""
        return document_id(self.source)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and found: a stretch of one section, with everything that a hit shows.

    `sentences` are spans of `text` in order, each a whole sentence; `position` counts the
    passages of a source from 0.
    """

    source: str
    position: int
    text: str
    heading: tuple[str, ...]
    location: Location
    sentences: tuple[Span, ...]
    metadata: Metadata

    @property
    def id(self) -> str:
        """The point's id: the same source and position give the same id at every ingestion."""
        return str(uuid.uuid5(_NAMESPACE, f"{self.source}\n{self.position}"))

    @property
    def headline(self) -> str:
        """Title and headings in one line: "title › heading › heading"; encoded with the text."""
        return " › ".join((self.metadata.title, *self.heading))

    @property
    def sentence_texts(self) -> list[str]:
        """The sentences as they are encoded: each behind the nearest heading or the FAQ's question.

        A sentence alone often names its subject by a pronoun only. With the heading the search
        gains a point of nDCG@10 on `corpus/fragen.yaml`, as much as with the whole headline.
        """
        subject = (*self.heading[-1:], self.metadata.title)[0]
        if isinstance(self.location, QuestionLocation):
            subject = self.location.question
        return [f"{subject}: {self.text[span.start : span.end]}" for span in self.sentences]


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage. `score`: the fused score, higher is better, comparable in one answer only.

    `passage_similarity` and `sentence_similarity` are cosines, -1 to 1, of the question with the
    whole passage and with its best sentence; `terms_score` is its BM25, 0 if the terms were silent.
    """

    passage: Passage
    score: float
    passage_similarity: float
    sentence_similarity: float
    terms_score: float


def document_id(source: str) -> str:
    """Return the id of the document that `source` (its path in the corpus) holds."""
    return str(uuid.uuid5(_NAMESPACE, source))
