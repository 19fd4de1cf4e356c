"""Small corpora and what ingesting them needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.embedded import EmbeddedCollection
from ingest.pipeline import Ingestion

if TYPE_CHECKING:
    from pathlib import Path

    from index.collection import Collection
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


def ingest(corpus: Path, collection: Collection, encoder: WordEncoder, *, dry_run: bool = False) -> Report:
    return Ingestion(corpus, collection, encoder.stamp, lambda: encoder, Silence()).run(dry_run=dry_run)


def embedded(folder: Path) -> EmbeddedCollection:
    return EmbeddedCollection(folder / "index")
