"""Small corpora and what ingesting them needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.embedded import EmbeddedCollection
from ingest.pipeline import Ingestion
from ingest.readers import read as read_here

if TYPE_CHECKING:
    from pathlib import Path

    from index.collection import Collection
    from ingest.readers import Reader
    from ingest.report import Report
    from tests.fake_encoder import WordEncoder


class Silence:
    """A progress that nobody watches."""

    def begin(self, sources: int) -> None:
        pass

    def source_done(self, source: str) -> None:
        pass

    def encoded(self, passages: int) -> None:
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
) -> Report:
    """Run an ingestion that reads in this process, which is quicker, unless another `read` is given."""
    job = Ingestion(corpus, collection, encoder.stamp, lambda: encoder, Silence(), read=read)
    return job.run(dry_run=dry_run)


def embedded(folder: Path) -> EmbeddedCollection:
    return EmbeddedCollection(folder / "index")
