"""`python -m benchmarks.publishing [--passages 50000] [--folder F]`: what publishing costs, and to whom."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import httpx

from benchmarks.faults import roomy_memory, strike_everywhere, strike_linked
from benchmarks.one_change import publish_one_change
from benchmarks.opened import take_in
from benchmarks.processes import served_api
from benchmarks.record import show, write
from index.embedded.collection import EmbeddedCollection
from index.errors import KnowledgeBaseError
from index.passage_encoder import load_passage_encoder
from index.settings import read_settings
from ingest.vector_cache import FILE_NAME as CACHE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.processes import ServedApi
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
    """Kill more than 200 publications, and some whose generations share files, see `benchmarks/faults.py`."""
    with TemporaryDirectory(dir=roomy_memory()) as folder:
        found = strike_everywhere(Path(folder), _KILLS, _EVERY_STEP, full=False)
    with TemporaryDirectory(dir=roomy_memory()) as folder:
        linked = strike_linked(Path(folder))
    return {**_counted(found), "linked": _counted(linked)}


def _counted(found: dict[str, Any]) -> dict[str, object]:
    """Return how many points went wrong instead of which."""
    return {**found, **{name: len(found[name]) for name in ("lost", "unmended", "changed")}}


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
