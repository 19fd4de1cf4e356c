"""A small publication that is ingested, changed and ingested again, to be struck by `faults.py`."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from benchmarks.opened import Silent
from index.embedded.collection import EmbeddedCollection
from index.embedded.folder import never_written
from index.generations import KEPT
from index.language import detect_language
from index.lexical import passage_terms
from index.stamp import Stamp
from ingest.lock import Task, locked
from ingest.pipeline import Ingestion
from ingest.publishing.journal import Journal
from ingest.publishing.publisher import Publisher
from ingest.readers import read
from ingest.vector_cache import FILE_NAME as CACHE
from ingest.vector_cache import VectorCache
from ingest.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

PUBLISHED = f"g{KEPT:06d}"  # after `prepare`
_SOURCES = 36


class _Hashed:
    """An encoder without meaning, but the same text always gets the same vector."""

    def __init__(self, dimension: int) -> None:
        self.stamp = Stamp("hashed", "1", "", "", dimension)

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        dimension = self.stamp.dimension
        rows = [np.random.default_rng(crc32(text.encode())).standard_normal(dimension) for text in texts]
        matrix = np.asarray(rows, dtype=np.float32)
        return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Victim:
    """Ingests with vectors of so many numbers."""

    dimension: int

    def prepare(self, folder: Path) -> None:
        """Publish a corpus as often as generations are kept, then change it in every way."""
        corpus = folder / "corpus"
        for number in range(_SOURCES):
            _write(corpus, number, "gilt seit Jahren")
        self.ingest(folder)
        for number in range(1, KEPT):
            _write(corpus, number, "gilt noch")
            self.ingest(folder)
        for number in range(0, _SOURCES, 3):
            _write(corpus, number, "gilt neu")
        for number in range(_SOURCES, _SOURCES + 6):
            _write(corpus, number, "kam dazu")
        (corpus / "1.md").rename(corpus / "umbenannt.md")
        (corpus / "2.md").unlink()

    def ingest(self, folder: Path) -> None:
        """Publish the corpus below `folder` as it is now."""
        encoder, collection = _Hashed(self.dimension), EmbeddedCollection(folder / "index")
        with locked(folder, Task.INGESTION), closing(VectorCache(folder / CACHE, encoder.stamp)) as cache:
            workshop = Workshop(encoder.stamp, lambda: encoder, read, cache)
            publisher = Publisher(collection, journal=Journal(folder))
            Ingestion(folder / "corpus", collection, workshop, Silent(), publisher).run()


SMALL = Victim(16)
LINKED = Victim(14_000)  # long enough for the store to build a graph over few passages: generations share it


def warm_up() -> None:
    """Load modules and dictionaries once for all children, who would otherwise do little else."""
    for name in ("chunking", "health", "metadata"):  # the ingestion imports them when it first reads
        import_module(f"ingest.{name}")
    detect_language("Ein Satz.")
    passage_terms("Überschrift", "Ein Satz.", 1.0)


def _write(corpus: Path, number: int, words: str) -> None:
    corpus.mkdir(parents=True, exist_ok=True)
    parts = [f"## Teil {part}\n\nBlatt {number} Punkt {part} {words}." for part in range(6)]
    (corpus / f"{number}.md").write_text("\n\n".join([f"# Blatt {number}", *parts]), encoding="utf-8")


def served(folder: Path) -> list[str]:
    """Return every passage that is served, with its source and position."""
    generation = EmbeddedCollection(folder / "index").open()
    listed = [each for entry in generation.catalogue() for each in generation.passages(entry.source)]
    return sorted(f"{each.source} {each.position} {each.text}" for each in listed)


def shared(folder: Path) -> dict[str, str]:
    """Return a digest of each file that the next generation may share with the one `prepare` published."""
    generation = folder / "index" / "generations" / PUBLISHED
    return {
        str(path.relative_to(generation)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in generation.rglob("*")
        if never_written(path) and path.is_file()
    }
