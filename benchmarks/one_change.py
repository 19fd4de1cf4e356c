"""One changed source among 50 000 passages: how long until it is served, and what the API takes meanwhile."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.large_corpus import make_large
from benchmarks.processes import served_api, timed_ingestion
from index.embedded.collection import EmbeddedCollection
from index.passage_encoder import load_passage_encoder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import ServedApi
    from index.collection import Collection
    from index.settings import Settings

_CHANGED = "handbuch/viele/00007.md"  # of the large corpus


def publish_one_change(settings: Settings, size: int, kept: Path | None) -> dict[str, object]:
    """Ingest a large corpus, again unchanged, then with one changed source while the API serves it.

    Times are those of whole processes, the judged questions included; `published_after_s` is from the start
    until the new generation is served, `own_encoding_s` what of it loads the model and computes the
    `encoded` passages, taken apart; all other vectors come from the index or the cache. `followed_after_s`
    is from then until the API answers from it. `ingestion_peak_mb` is that of the change. A folder that is
    `kept` is made and ingested only once.
    """
    with large(settings, size, kept) as folder:
        corpus, data = folder / "corpus", folder / "data"
        collection = EmbeddedCollection(data / "index")
        is_new = collection.published() is None
        first, unchanged = (timed_ingestion(corpus, data) for _ in range(2))
        found = _change_one(corpus, data)
        encoding_s = _own_encoding(settings, collection, _CHANGED)
        record = collection.generations()[-1]
    return {
        "passages": record.passages,
        "sources": record.sources,
        "first_s": round(first.took_s, 1) if is_new else None,
        "unchanged_s": round(unchanged.took_s, 2),
        **found,
        "own_encoding_s": round(encoding_s, 2),
    }


@contextmanager
def large(settings: Settings, size: int, kept: Path | None) -> Iterator[Path]:
    """Hand out a folder with a large corpus."""
    with TemporaryDirectory() as passing:
        folder = kept or Path(passing)
        if not (folder / "corpus").exists():
            folder.mkdir(parents=True, exist_ok=True)
            make_large(folder, size, settings)
        yield folder


def _change_one(corpus: Path, data: Path) -> dict[str, object]:
    """Publish a change of one source while the API serves."""
    collection = EmbeddedCollection(data / "index")
    with served_api(corpus, data) as api, ThreadPoolExecutor(1) as watching:
        api.ask_all(corpus)
        with (corpus / _CHANGED).open("a", encoding="utf-8") as source:
            source.write(f"\n\nEin Satz kam dazu, als die Uhr {time.time()} zeigte.\n")
        following = watching.submit(_changed_at, api, collection.published())
        began = time.time()
        change = timed_ingestion(corpus, data)
        published = (data / "index" / "current").stat().st_mtime
        followed_s = following.result() - published
        api.ask_all(corpus)
        return {
            "one_change_s": round(change.took_s, 2),
            "published_after_s": round(published - began, 2),
            "encoded": change.report["encoded"],
            "ingestion_peak_mb": change.peak_mb,
            "followed_after_s": round(followed_s, 2),
            "api_peak_mb": api.peak_mb(),
        }


def _changed_at(api: ServedApi, former: str | None) -> float:
    """Wait until the API serves another generation; return when that was."""
    while api.client.get("/health/ready").json()["generation"] == former:
        time.sleep(0.05)
    return time.time()


def _own_encoding(settings: Settings, collection: Collection, source: str) -> float:
    """Return the seconds that loading the model and encoding the last passage of `source` take."""
    with closing(collection.open()) as generation:
        last = generation.passages(source)[-1]
    began = time.perf_counter()
    encoder = load_passage_encoder(settings.model, settings.data / "models")
    encoder.encode_passages([f"{last.headline}\n{last.text}", *last.sentence_texts])
    return time.perf_counter() - began
