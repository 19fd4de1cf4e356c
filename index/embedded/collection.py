"""The embedded store: Qdrant Edge in this process, a generation is a directory.

Under the index folder lie `generations/<id>/` (`index/embedded/folder.py`) and the file `current` that names
the published one. A generation never changes once it is finished, so several processes may have it
open; Edge's write-ahead log is off, since a draft that a crash interrupts is thrown away as a whole.
"""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from index.collection import Export
from index.durable import write_atomically
from index.embedded import edge
from index.embedded.adoption import FORM, adopt_folder
from index.embedded.draft import DRAFT_SUFFIX, begin_draft
from index.embedded.folder import RECORD, edge_errors, load_shard, read_record, unavailable, want_sentences
from index.embedded.summary import read_catalogue, read_words
from index.embedded.sums import damaged_files
from index.errors import NothingPublishedError, StoreUnavailableError, UnknownGenerationError
from index.generations import named, next_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index.collection import Filters, QuestionVectors, StoredVectors
    from index.embedded.draft import EmbeddedDraft
    from index.generations import GenerationRecord
    from index.lexical import TermVector
    from index.meaning import Meaning
    from index.passage import Hit, Passage, SourceEntry, Span
    from index.stamp import Stamp
    from index.word_counts import WordCounts

_LOG = logging.getLogger(__name__)


class EmbeddedCollection:
    """Generations as directories below one folder."""

    form = FORM

    def __init__(self, folder: Path) -> None:
        self._generations = folder / "generations"
        self._current = folder / "current"

    def published(self) -> str | None:
        """Return the id of the published generation."""
        try:
            return self._current.read_text(encoding="utf-8").strip() or None
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise unavailable(self._current, error) from error

    def generations(self) -> list[GenerationRecord]:
        """Return all finished generations, oldest first."""
        found = []
        for name in self._finished():
            try:
                found.append(read_record(self._generations / name))
            except StoreUnavailableError as error:  # the others are needed all the more
                _LOG.warning("%s is passed over: %s", name, error)
        return found

    def open(self, generation: str | None = None) -> EmbeddedGeneration:
        """Open a finished generation, by default the published one."""
        name = generation or self.published()
        if name is None:
            raise NothingPublishedError
        if generation is not None:
            self._require(generation)
        return EmbeddedGeneration(self._generations / name)

    def draft(self, stamp: Stamp) -> EmbeddedDraft:
        """Begin a generation: a copy of the published one if `stamp` fits it, else an empty one."""
        published = self.published()
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            self.clear_drafts()
            return begin_draft(self._generations, next_id(self._finished()), stamp, published)
        except OSError as error:
            raise unavailable(self._generations, error) from error

    def clear_drafts(self) -> None:
        """Delete what a crash left behind."""
        finished = {self._generations / name for name in self._finished()}
        try:
            for left_behind in set(self._generations.glob("g[0-9]*")) - finished:
                shutil.rmtree(left_behind)
        except OSError as error:
            raise unavailable(self._generations, error) from error

    def damaged_files(self, generation: str) -> list[str]:
        """Compare every file with its sum; a generation of an earlier version has none."""
        return damaged_files(self._generations / generation)

    def publish(self, generation: str) -> None:
        """Serve from this generation from now on."""
        self._require(generation)
        try:
            write_atomically(self._current, generation)
        except OSError as error:
            raise unavailable(self._current, error) from error

    def delete(self, generation: str) -> None:
        """Delete a generation that is not published."""
        self._require(generation)
        folder = self._generations / generation
        crashed = folder.with_name(generation + DRAFT_SUFFIX)
        try:
            folder.rename(crashed)  # first the name: half a generation is no generation
            shutil.rmtree(crashed)
        except OSError as error:
            raise unavailable(folder, error) from error

    def export(self, generation: str, scratch: Path) -> Export:  # noqa: ARG002 - other stores fetch files
        """Return the directory of a finished generation, which never changes."""
        self._require(generation)
        folder = self._generations / generation
        return Export(FORM, read_record(folder), folder)

    def adopt(self, export: Export) -> str:
        """Make an exported directory a new finished generation and return its id."""
        name = next_id([*self._finished(), export.record.id])
        record = replace(export.record, id=name, former=self.published())
        try:
            adopt_folder(export.folder, self._generations, record)
        except OSError as error:
            raise unavailable(self._generations, error) from error
        return name

    def _finished(self) -> list[str]:
        try:
            existing = [path.name for path in self._generations.iterdir() if (path / RECORD).is_file()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise unavailable(self._generations, error) from error
        return named(existing)

    def _require(self, generation: str) -> None:
        if generation not in self._finished():
            raise UnknownGenerationError(generation)


class EmbeddedGeneration:
    """A published directory, open for reading."""

    def __init__(self, folder: Path) -> None:
        self.id = folder.name
        self._folder = folder
        record = read_record(folder)
        self.stamp = record.stamp
        self._passages = record.passages
        self._shard = load_shard(folder)
        with edge_errors(folder):
            if edge.count(self._shard) != record.passages:
                raise unavailable(folder, "es fehlen Textstellen")
        self._is_searched = False

    def search(self, question: QuestionVectors, filters: Filters, limit: int) -> list[Hit]:
        """Return at most `limit` hits, best first."""
        with edge_errors(self._folder):
            if not self._is_searched:  # whoever only compares sources needs no vectors
                self._is_searched = True
                want_sentences(self._folder)
            return edge.search(self._shard, question, filters, limit)

    def meaning(self, passage_id: str) -> Meaning | None:
        """Return a passage with its vector, None if there is none of this id."""
        with edge_errors(self._folder):
            return edge.meaning(self._shard, passage_id)

    def nearest(self, vector: NDArray[np.float32], filters: Filters, limit: int) -> list[Hit]:
        """Return at most `limit` passages by cosine alone, best first."""
        with edge_errors(self._folder):
            return edge.nearest(self._shard, vector, filters, limit)

    def highlights(self, question: QuestionVectors, passages: Sequence[Passage]) -> dict[str, Span]:
        """Return the answer sentence of each of these passages, by passage id."""
        with edge_errors(self._folder):
            return edge.highlights(self._shard, question, passages)

    def best_terms_score(self, terms: TermVector, filters: Filters) -> float:
        """Return the highest BM25 score that a passage reaches with these terms."""
        with edge_errors(self._folder):
            return edge.best_terms_score(self._shard, terms, filters)

    def facets(self, filters: Filters) -> dict[str, dict[str, int]]:
        """Count passages for each value of each facet."""
        with edge_errors(self._folder):
            return edge.facets(self._shard, filters)

    def words(self) -> WordCounts:
        """Return every word of the collection and how many passages have it."""
        with edge_errors(self._folder):
            return read_words(self._folder, self._shard)

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources, sorted by path."""
        with edge_errors(self._folder):
            return read_catalogue(self._folder, self._shard, self._passages)

    def passages(self, source: str) -> list[Passage]:
        """Return the passages of a source in order."""
        with edge_errors(self._folder):
            return edge.passages(self._shard, source)

    def vectors(self, source: str) -> dict[int, StoredVectors]:
        """Return the vectors of the passages of `source`, by position."""
        with edge_errors(self._folder):
            return edge.vectors(self._shard, source)

    def close(self) -> None:
        """Release the directory."""
        self._shard.close()
