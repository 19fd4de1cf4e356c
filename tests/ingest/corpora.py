"""Small corpora and what ingesting them needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from index.embedded.collection import EmbeddedCollection
from ingest.pipeline import Ingestion
from ingest.publishing.publisher import Publisher
from ingest.readers import read as read_here
from ingest.vector_cache import VectorCache
from ingest.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.collection import Collection
    from ingest.pace import Stage
    from ingest.readers import Reader
    from ingest.report import Report
    from tests.fake_encoder import WordEncoder


class Silence:
    """A progress that nobody watches."""

    def begin(self, sources: int, sizes: Mapping[str, int]) -> None:
        pass

    def source_done(self, source: str, passages: int) -> None:
        pass

    def encoded(self, passages: int) -> None:
        pass

    def stage(self, stage: Stage) -> None:
        pass


def write(corpus: Path, files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")


def ingest(
    corpus: Path,
    collection: Collection,
    encoder: WordEncoder,
    *,
    dry_run: bool = False,
    read: Reader = read_here,
    publisher: Publisher | None = None,
    cache: VectorCache | None = None,
) -> Report:
    """Run an ingestion that reads in this process, which is quicker, unless another `read` is given.

    Without a `publisher` there is no gate, without a `cache` nothing is remembered from run to run.
    """
    vectors = cache or VectorCache(Path(":memory:"), encoder.stamp)
    workshop = Workshop(encoder.stamp, lambda: encoder, read, vectors, lambda: encoder.count_tokens)
    job = Ingestion(corpus, collection, workshop, Silence(), publisher or Publisher(collection))
    return job.plan() if dry_run else job.run()


def embedded(folder: Path) -> EmbeddedCollection:
    return EmbeddedCollection(folder / "index")
