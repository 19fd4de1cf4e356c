"""The embedded store: Qdrant Edge in this process, a generation is a directory.

Under the index folder lie `generations/<id>/` with Edge's files in `shard/` and `stamp.json`, and
the file `current` that names the published one. A generation never changes once it is published,
so several processes may have it open; Edge's write-ahead log is off, since a draft that a crash
interrupts is thrown away as a whole.
"""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from qdrant_edge import EdgeShard

from index import edge
from index.durable import copy_tree, sync_tree, write_atomically
from index.errors import NothingPublishedError, StoreUnavailableError
from index.generations import next_id, outdated
from index.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.collection import Filters, IndexedPassage, PassageVectors, QuestionVectors
    from index.lexical import TermVector
    from index.passage import Hit, Passage, SourceEntry, Span


class EmbeddedCollection:
    """Generations as directories below one folder."""

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
            raise _unavailable(self._current, error) from error

    def open(self) -> EmbeddedGeneration:
        """Open the published generation."""
        name = self.published()
        if name is None:
            raise NothingPublishedError
        return EmbeddedGeneration(self._generations / name)

    def draft(self, stamp: Stamp) -> EmbeddedDraft:
        """Begin a generation: a copy of the published one if `stamp` fits it, else an empty one."""
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            published = self.published()
            existing = [path.name for path in self._generations.iterdir()]
            for name in outdated(existing, published):
                shutil.rmtree(self._generations / name)
            return self._begin(self._generations / next_id(existing), published, stamp)
        except OSError as error:
            raise _unavailable(self._generations, error) from error

    def _begin(self, folder: Path, published: str | None, stamp: Stamp) -> EmbeddedDraft:
        former = self._generations / published if published else None
        if former is None or _read_state(former).stamp != stamp:
            shard = edge.create_shard(folder / "shard", stamp.dimension)
        else:
            copy_tree(former / "shard", folder / "shard")
            shard = _load(folder / "shard")
        return EmbeddedDraft(folder, shard, stamp, self._current)


class EmbeddedGeneration:
    """A published directory, open for reading."""

    def __init__(self, folder: Path) -> None:
        self.id = folder.name
        self._folder = folder
        state = _read_state(folder)
        self.stamp = state.stamp
        self._shard = _load(folder / "shard")
        with _edge(folder):
            if edge.count(self._shard) != state.passages:
                raise _unavailable(folder, "es fehlen Textstellen")

    def search(self, question: QuestionVectors, filters: Filters, limit: int) -> list[Hit]:
        """Return at most `limit` hits, best first."""
        with _edge(self._folder):
            return edge.search(self._shard, question, filters, limit)

    def highlights(self, question: QuestionVectors, passages: Sequence[Passage]) -> dict[str, Span]:
        """Return the answer sentence of each of these passages, by passage id."""
        with _edge(self._folder):
            return edge.highlights(self._shard, question, passages)

    def best_terms_score(self, terms: TermVector, filters: Filters) -> float:
        """Return the highest BM25 score that a passage reaches with these terms."""
        with _edge(self._folder):
            return edge.best_terms_score(self._shard, terms, filters)

    def facets(self, filters: Filters) -> dict[str, dict[str, int]]:
        """Count passages for each value of each facet."""
        with _edge(self._folder):
            return edge.facets(self._shard, filters)

    def words(self) -> dict[str, int]:
        """Return every word of the collection and how many passages have it."""
        with _edge(self._folder):
            return edge.words(self._shard)

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources, sorted by path."""
        with _edge(self._folder):
            return edge.catalogue(self._shard)

    def passages(self, source: str) -> list[Passage]:
        """Return the passages of a source in order."""
        with _edge(self._folder):
            return edge.passages(self._shard, source)

    def close(self) -> None:
        """Release the directory."""
        self._shard.close()


class EmbeddedDraft:
    """A directory that nobody reads yet."""

    def __init__(self, folder: Path, shard: EdgeShard, stamp: Stamp, current: Path) -> None:
        self._folder = folder
        self._shard: EdgeShard | None = shard
        self._stamp = stamp
        self._current = current

    def catalogue(self) -> list[SourceEntry]:
        """Return all sources that are in it so far, sorted by path."""
        with _edge(self._folder):
            return edge.catalogue(self._open_shard())

    def passages(self, source: str) -> list[Passage]:
        """Return the passages that a source has so far, in order."""
        with _edge(self._folder):
            return edge.passages(self._open_shard(), source)

    def vectors(self, source: str) -> dict[str, PassageVectors]:
        """Return the vectors that `source` has so far, by fingerprint."""
        with _edge(self._folder):
            return edge.vectors(self._open_shard(), source)

    def remove(self, sources: Sequence[str]) -> None:
        """Take all passages of these sources out."""
        with _edge(self._folder):
            edge.remove(self._open_shard(), sources)

    def put(self, passages: Sequence[IndexedPassage]) -> None:
        """Add passages; one with the same id is replaced."""
        with _edge(self._folder):
            edge.put(self._open_shard(), passages)

    def publish(self) -> str:
        """Build the search structures, bring everything to the disk, then switch `current` over."""
        with _edge(self._folder):
            shard = self._open_shard()
            shard.optimize()
            state = _State(self._stamp, edge.count(shard))
            shard.flush()
            shard.close()
        (self._folder / "stamp.json").write_text(json.dumps(asdict(state)), encoding="utf-8")
        sync_tree(self._folder)
        write_atomically(self._current, self._folder.name)
        self._shard = None
        return self._folder.name

    def discard(self) -> None:
        """Throw the draft away; after `publish` it does nothing."""
        if self._shard is not None:
            self._shard.close()
            self._shard = None
            shutil.rmtree(self._folder, ignore_errors=True)

    def _open_shard(self) -> EdgeShard:
        if self._shard is None:
            message = "this draft is published or discarded"
            raise ValueError(message)
        return self._shard


@dataclass(frozen=True, slots=True)
class _State:
    """What a published directory says of itself: damage must never look like "nothing found"."""

    stamp: Stamp
    passages: int


def _read_state(generation: Path) -> _State:
    try:
        stored = json.loads((generation / "stamp.json").read_text(encoding="utf-8"))
        return _State(Stamp(**stored["stamp"]), stored["passages"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise _unavailable(generation, error) from error


def _load(folder: Path) -> EdgeShard:
    with _edge(folder):
        return EdgeShard.load(str(folder))


@contextmanager
def _edge(folder: Path) -> Iterator[None]:
    """Turn every failure of Edge into one clear error; it raises nothing narrower than Exception."""
    try:
        yield
    except (StoreUnavailableError, ValueError, MemoryError):
        raise
    except Exception as error:
        raise _unavailable(folder, error) from error


def _unavailable(path: Path, reason: object) -> StoreUnavailableError:
    return StoreUnavailableError(
        f"Der Bestand in {path} lässt sich nicht lesen oder schreiben ({_first_line(reason)}). "
        "Ist dort noch Platz? Sonst erstellen Sie ihn neu: Ordner »index« unter KB_DATA löschen, "
        "dann »python -m ingest«."
    )


def _first_line(reason: object) -> str:
    return str(reason).strip().split("\n")[0]
