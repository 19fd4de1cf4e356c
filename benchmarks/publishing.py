"""`python -m benchmarks.publishing [--passages 50000] [--folder F]`: what publishing costs, and to whom."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import httpx

from benchmarks.faults import roomy_memory, strike_everywhere
from benchmarks.large_corpus import make_large
from benchmarks.opened import take_in
from benchmarks.processes import served_api, timed_ingestion
from benchmarks.record import show, write
from index.embedded.collection import EmbeddedCollection
from index.errors import KnowledgeBaseError
from index.judgements import read_judgements
from index.passage_encoder import load_passage_encoder
from index.settings import read_settings
from ingest.vector_cache import FILE_NAME as CACHE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.processes import ServedApi
    from index.collection import Collection
    from index.encoder import PassageEncoder
    from index.settings import Settings

_PUBLICATIONS = 50
_SEARCHES = 10_000
_VISITORS = 4
_KILLS = 200
_EVERY_STEP = 3  # of some 600
_PARTS = ("kills", "large", "visitors")
_STATES = {  # two texts that say different things, so that neither stands for the other
    "a.md": "# Beschluss\n\nStand {state} gilt für alle Fahrten nach Frankreich.\n",
    "b.md": "# Protokoll\n\nDer Rat hat im Rathaus getagt und entschieden: Stand {state}.\n",
}
_QUESTION = "Welcher Stand gilt?"
_CHANGED = "handbuch/viele/00007.md"  # of the large corpus


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write `benchmarks/results/publishing_<part>.json` for each part."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publishing")
    parser.add_argument("--passages", type=int, default=50_000, help="of the large corpus")
    parser.add_argument("--parts", nargs="+", choices=_PARTS, default=_PARTS, help="what to measure")
    parser.add_argument("--folder", type=Path, help="where the large corpus is kept for the next time")
    options = parser.parse_args(arguments)
    try:
        settings = read_settings(os.environ)
        measure: dict[str, Callable[[], dict[str, object]]] = {
            "kills": kill_while_publishing,
            "large": partial(publish_one_change, settings, options.passages, options.folder),
            "visitors": partial(search_while_publishing, settings),
        }
        paths = [write(f"publishing_{part}", measure[part]()) for part in options.parts]
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    return show([f"geschrieben: {path}\n{path.read_text(encoding='utf-8')}" for path in paths])


def kill_while_publishing() -> dict[str, object]:
    """Kill some 200 publications, see `benchmarks/faults.py`; `lost` and `unmended` are counts here."""
    with TemporaryDirectory(dir=roomy_memory()) as folder:
        found = strike_everywhere(Path(folder), _KILLS, _EVERY_STEP, full=False)
    return {**found, "lost": len(found["lost"]), "unmended": len(found["unmended"])}


def publish_one_change(settings: Settings, size: int, kept: Path | None) -> dict[str, object]:
    """Ingest a large corpus, again unchanged, then with one changed source while the API serves it.

    Times are those of whole processes, the judged questions included; `published_after_s` is from the start
    until the new generation is served, `own_encoding_s` what of it loads the model and computes the
    `encoded` passages, taken apart; all other vectors come from the index or the cache. `followed_after_s`
    is from then until the API answers from it. A folder that is `kept` is made and ingested only once.
    """
    with _large(settings, size, kept) as folder:
        corpus, data = folder / "corpus", folder / "data"
        collection = EmbeddedCollection(data / "index")
        is_new = collection.published() is None
        first_s, _ = timed_ingestion(corpus, data)
        unchanged_s, _ = timed_ingestion(corpus, data)
        found = _change_one(settings, corpus, data)
        encoding_s = _own_encoding(settings, collection, _CHANGED)
        record = collection.generations()[-1]
    return {
        "passages": record.passages,
        "sources": record.sources,
        "first_s": round(first_s, 1) if is_new else None,
        "unchanged_s": round(unchanged_s, 2),
        **found,
        "own_encoding_s": round(encoding_s, 2),
    }


@contextmanager
def _large(settings: Settings, size: int, kept: Path | None) -> Iterator[Path]:
    """Hand out a folder with a large corpus."""
    with TemporaryDirectory() as passing:
        folder = kept or Path(passing)
        if not (folder / "corpus").exists():
            folder.mkdir(parents=True, exist_ok=True)
            make_large(folder, size, settings)
        yield folder


def _change_one(settings: Settings, corpus: Path, data: Path) -> dict[str, object]:
    """Publish a change of one source while the API serves."""
    collection = EmbeddedCollection(data / "index")
    with served_api(corpus, data) as api, ThreadPoolExecutor(1) as watching:
        _ask_all(api, settings)
        with (corpus / _CHANGED).open("a", encoding="utf-8") as source:
            source.write(f"\n\nEin Satz kam dazu, als die Uhr {time.time()} zeigte.\n")
        following = watching.submit(_changed_at, api, collection.published())
        began = time.time()
        change_s, change = timed_ingestion(corpus, data)
        published = (data / "index" / "current").stat().st_mtime
        followed_s = following.result() - published
        _ask_all(api, settings)
        return {
            "one_change_s": round(change_s, 2),
            "published_after_s": round(published - began, 2),
            "encoded": change["encoded"],
            "followed_after_s": round(followed_s, 2),
            "api_peak_mb": api.peak_mb(),
        }


def _ask_all(api: ServedApi, settings: Settings) -> None:
    for judgement in read_judgements(settings.corpus):
        api.client.get("/search", params={"q": judgement.question}).raise_for_status()


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


def _until_served(api: ServedApi, generation: str) -> float:
    """Return the seconds until the API says that it serves this generation."""
    began = time.perf_counter()
    while api.client.get("/health/ready").json()["generation"] != generation:
        time.sleep(0.01)
    return time.perf_counter() - began


class _Visitors:
    """Threads that search again and again until told to stop; an answer must show one state, whole."""

    def __init__(self, api: ServedApi) -> None:
        self._api = api
        self._stop = threading.Event()
        self.answered = self.failed = self.mixed = 0
        self.slowest_s = 0.0
        self._count = threading.Lock()
        self._threads = [threading.Thread(target=self._visit) for _ in range(_VISITORS)]

    def __enter__(self) -> _Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _visit(self) -> None:
        while not self._stop.is_set():
            began = time.perf_counter()
            states = _states(self._api)
            took_s = time.perf_counter() - began
            with self._count:
                self.answered += 1
                self.failed += states is None
                self.mixed += states is not None and len(set(states)) != 1
                self.slowest_s = max(self.slowest_s, took_s)


def _states(api: ServedApi) -> list[str] | None:
    """Return the states that the hits show; None if there was no answer with both."""
    try:
        answer = api.client.get("/search", params={"q": _QUESTION})
        hits = answer.raise_for_status().json()["hits"]
    except httpx.HTTPError:
        return None
    words = [word.rstrip(".") for hit in hits for word in hit["text"].split()]
    states = [word for word in words if word.isdigit()]
    return states if len(states) == len(_STATES) else None


def search_while_publishing(settings: Settings) -> dict[str, object]:
    """Publish 50 states one after the other while visitors search at least 10 000 times."""
    encoder = load_passage_encoder(settings.model, settings.data / "models")
    with TemporaryDirectory() as folder:
        data = Path(folder)
        (data / "models").symlink_to((settings.data / "models").resolve())
        _publish(data, 0, encoder)
        lags: list[float] = []
        with served_api(data / "corpus", data) as api:
            with _Visitors(api) as visitors:
                for state in range(1, _PUBLICATIONS + 1):
                    _publish(data, state, encoder)
                    lags.append(_until_served(api, f"g{state + 1:06d}"))
                    while visitors.answered < state * _SEARCHES // _PUBLICATIONS:
                        time.sleep(0.01)
            last = _states(api)
    return {
        "publications": _PUBLICATIONS,
        "searches": visitors.answered,
        "failed": visitors.failed,
        "mixed": visitors.mixed,
        "slowest_s": round(visitors.slowest_s, 2),
        "followed_within_s": round(max(lags), 2),
        "last_state_served": last == [str(_PUBLICATIONS)] * len(_STATES),
    }


def _publish(data: Path, state: int, encoder: PassageEncoder) -> None:
    corpus = data / "corpus" / "handbuch"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, text in _STATES.items():
        (corpus / name).write_text(text.format(state=state), encoding="utf-8")
    take_in(data / "corpus", EmbeddedCollection(data / "index"), encoder, data / CACHE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
