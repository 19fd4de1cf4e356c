"""The store as the house sees it: generations to read, drafts to write, one of them published.

Two implementations keep these protocols: `index/embedded/collection.py` and `index/server/collection.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from index.ranking import MEANING_ALONE, Weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.generations import GenerationRecord
    from index.lexical import TermVector
    from index.meaning import Meaning
    from index.passage import Hit, Kind, Passage, SourceEntry, Span
    from index.stamp import Stamp
    from index.word_counts import WordCounts

MOST_FACET_VALUES = 500  # more than a person can choose from
FACETS = ("kind", "topic", "country", "audience", "language", "year")


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The three vectors of a passage; rows of `sentences` belong to the passage's sentences."""

    passage: NDArray[np.float32]
    sentences: NDArray[np.float32]
    terms: TermVector


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """The vectors of a stored passage, and the fingerprint of what they were made from."""

    fingerprint: str
    vectors: PassageVectors


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage on its way into the index. `fingerprint` tells whether its vectors can be kept.

    `words` says, on the first passage of a source, in how many of its passages each word is written.
    """

    entry: SourceEntry
    passage: Passage
    fingerprint: str
    vectors: PassageVectors
    words: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """An encoded question; without `terms` the lexical leg stays silent.

    `dense` is the question as if it had been asked in the home language. `own` is the question as it
    was asked, if that was in another `language`: passages in that language are compared with it.
    """

    dense: NDArray[np.float32]
    terms: TermVector | None = None
    weights: Weights = MEANING_ALONE
    language: str | None = None
    own: NDArray[np.float32] | None = None

    def beside(self, language: str) -> NDArray[np.float32]:
        """Return the vector that passages in `language` are compared with."""
        return self.own if self.own is not None and language == self.language else self.dense


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must fulfil: one of the values of each facet that has any.

    With `valid_on`, sources whose validity ended before that day are left out; with `outside`, that source.
    """

    kind: tuple[Kind, ...] = ()
    topic: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    valid_on: date | None = None
    outside: str | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """A generation as files below `folder`; only a store of the same `form` can make one of them again."""

    form: str
    record: GenerationRecord
    folder: Path


class Generation(Protocol):
    """One published state of the index, open for reading; safe to use from several threads."""

    @property
    def id(self) -> str:
        """The generation's name; later ones sort behind earlier ones."""

    @property
    def stamp(self) -> Stamp:
        """What made its vectors."""

    def best_terms_score(self, terms: TermVector, filters: Filters) -> float:
        """Return the highest BM25 score that a passage reaches with these terms, 0 if none has any."""

    def search(self, question: QuestionVectors, filters: Filters, limit: int) -> list[Hit]:
        """Return at most `limit` hits, best first."""

    def meaning(self, passage_id: str) -> Meaning | None:
        """Return the passage of this id (a UUID) with its vector, None if there is none."""

    def nearest(self, vector: NDArray[np.float32], filters: Filters, limit: int) -> list[Hit]:
        """Return at most `limit` passages by the cosine of the whole passage alone, best first."""

    def highlights(self, question: QuestionVectors, passages: Sequence[Passage]) -> Mapping[str, Span]:
        """Return the sentence of each of these passages that answers the question, by passage id."""

    def facets(self, filters: Filters) -> Mapping[str, Mapping[str, int]]:
        """Count for each facet how many passages each of its values would leave, see `FACETS`.

        The filter on a facet does not count for the facet itself, so that a person sees what
        another choice would give.
        """

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources, sorted by path."""

    def words(self) -> WordCounts:
        """Return every word and term of the collection, and how many passages have it."""

    def passages(self, source: str) -> list[Passage]:
        """Return the passages of a source in order; none for an unknown source."""

    def vectors(self, source: str) -> dict[int, StoredVectors]:
        """Return the vectors of the passages of `source`, by position."""

    def close(self) -> None:
        """Release files and connections."""


class Draft(Protocol):
    """The next generation while it is written: nobody sees it before `publish`."""

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources that are in it so far, sorted by path."""

    def passages(self, source: str) -> list[Passage]:
        """Return the passages that a source has so far, in order."""

    def vectors(self, source: str) -> dict[int, StoredVectors]:
        """Return the vectors that the passages of `source` have so far, by position."""

    def remove(self, sources: Sequence[str]) -> None:
        """Take all passages of these sources out."""

    def put(self, passages: Sequence[IndexedPassage]) -> None:
        """Add passages; one with the same id is replaced."""

    def finish(self, corpus: str, made_at: datetime) -> str:
        """Make this a whole generation, durable and open to readers, and return its id.

        Nobody is served from it before `Collection.publish`. `corpus` is the digest of the materials.
        """

    def discard(self) -> None:
        """Throw the draft away; after `finish` it does nothing."""


class Collection(Protocol):
    """All generations of one knowledge base; at most one is published.

    Raises everywhere:
        StoreUnavailableError: the store cannot be reached, read or written.
    """

    def published(self) -> str | None:
        """Return the id of the published generation; cheap enough to be asked four times a second."""

    def generations(self) -> list[GenerationRecord]:
        """Return all finished generations, oldest first."""

    def open(self, generation: str | None = None) -> Generation:
        """Open a finished generation, by default the published one.

        Raises:
            NothingPublishedError: none is named and none is published yet.
            UnknownGenerationError: there is none of that name.
        """

    def draft(self, stamp: Stamp) -> Draft:
        """Begin a generation: a copy of the published one if `stamp` fits it, else an empty one.

        Raises:
            StoreFullError: there is no room for another generation.
        """

    def clear_drafts(self) -> None:
        """Delete what a crash left behind; a draft that is being written is not safe from it."""

    def damaged_files(self, generation: str) -> list[str]:
        """Return which files of a generation are not what was written, as far as the store can tell."""

    def publish(self, generation: str) -> None:
        """Serve from this finished generation from now on, in one durable step; also the way back.

        Raises:
            UnknownGenerationError: there is none of that name.
        """

    def delete(self, generation: str) -> None:
        """Delete a generation that is not published; readers who have it open may keep it."""

    @property
    def form(self) -> str:
        """What the files of an `Export` are."""

    def export(self, generation: str, scratch: Path) -> Export:
        """Return a finished generation as files; what has to be fetched is written into `scratch`.

        Files that are the generation itself must not be changed.

        Raises:
            UnknownGenerationError: there is none of that name.
            OSError: `scratch` cannot be written.
        """

    def adopt(self, export: Export) -> str:
        """Make exported files a new finished generation and return its id; they may be moved for that.

        They are looked at first. Nobody is served from it before `publish`.
        """
