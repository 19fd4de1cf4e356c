"""`python -m benchmarks.speed --passages 5000`: how fast ingestion and search are, and how large."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.opened import open_tools, take_in
from benchmarks.processes import api_peak_mb, time_unchanged_ingestion
from benchmarks.record import show, write
from benchmarks.synthetic import varied
from index.collection import Filters, IndexedPassage
from index.embedded.collection import EmbeddedCollection
from index.encoder import load_encoder
from index.errors import KnowledgeBaseError
from index.german import terms
from index.judgements import read_judgements
from index.passage import Kind
from index.passage_encoder import load_passage_encoder
from index.question_encoder import load_question_encoder
from index.settings import Settings, read_settings
from ingest.discover import discover
from ingest.encoding import encode, pending
from ingest.isolation import IsolatedReader
from ingest.read_ahead import read_ahead
from ingest.readers import read
from ingest.vector_cache import VectorCache
from search_api.search import Wish, ask
from search_api.served import serve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.encoder import PassageEncoder, QuestionEncoder, SentenceEncoder, Vectors
    from index.stamp import Stamp
    from search_api.served import Served
    from search_api.tools import Tools

_USUAL = 5_000  # passages; the size that the targets name first
_BATCH = 250
_SEED = 1
_WARM_UP = 5  # questions that are asked before and not counted
_UNCHANGED_SOURCES = 500  # the size that the target names


class _Recording:
    """An encoder of passages that remembers what it was asked to encode."""

    def __init__(self, encoder: PassageEncoder) -> None:
        self._encoder = encoder
        self.stamp: Stamp = encoder.stamp
        self.texts: list[str] = []

    def count_tokens(self, text: str) -> int:
        return self._encoder.count_tokens(text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return self._encoder.encode_passages(texts)


class _Timed:
    """An encoder of questions that remembers how long they took."""

    def __init__(self, encoder: QuestionEncoder) -> None:
        self._encoder = encoder
        self.stamp: Stamp = encoder.stamp
        self.questions_revision = encoder.questions_revision
        self.queries_s = 0.0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        began = time.perf_counter()
        vectors = self._encoder.encode_queries(texts)
        self.queries_s += time.perf_counter() - began
        return vectors


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write `benchmarks/results/speed.json`, for another size `speed_<size>.json`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--passages", type=int, default=_USUAL, help="size of the index that is searched")
    size = parser.parse_args(arguments).passages
    try:
        settings = read_settings(os.environ)
        encoder = load_encoder(settings.model, settings.data / "models")
        encoder.encode_passages(["Aufwärmen"])
        terms("Aufwärmen")  # as the model, the dictionary is loaded once, however large the corpus
        figures = {
            "ingestion": ingestion_rate(settings),
            "question_encoding": question_encoding(settings, encoder),
            "search": search_times(settings, encoder, size),
            "unchanged_ingestion": time_unchanged_ingestion(settings, _UNCHANGED_SOURCES),
            "api_peak_mb": api_peak_mb(settings),
            "benchmark_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    path = write("speed" if size == _USUAL else f"speed_{size}", figures)
    return show([*(f"{name}: {figure}" for name, figure in figures.items()), f"geschrieben: {path}"])


def ingestion_rate(settings: Settings) -> dict[str, float]:
    """Ingest the corpus into an empty store, then encode the very same texts alone.

    `ratio` is the time of the encoding alone over the time of the whole ingestion: 1 means that
    reading, chunking, writing and publishing cost nothing.
    """
    encoder = load_passage_encoder(settings.model, settings.data / "models")
    recording = _Recording(encoder)
    with TemporaryDirectory() as folder, IsolatedReader() as reader:
        collection = EmbeddedCollection(Path(folder))
        cache = Path(folder) / "vectors.sqlite"
        report = take_in(settings.corpus, collection, recording, cache, reader.read)
    texts = sorted(recording.texts, key=len, reverse=True)
    began = time.perf_counter()
    encoder.encode_passages(texts)
    alone_s = time.perf_counter() - began
    return {
        "passages": report.passages,
        "texts": len(texts),
        "passages_per_s": round(report.passages / report.took_s, 2),
        "raw_passages_per_s": round(report.passages / alone_s, 2),
        "ratio": round(alone_s / report.took_s, 3),
    }


def question_encoding(settings: Settings, encoder: SentenceEncoder) -> dict[str, object]:
    """Encode every judged question alone, by turns as the API does and by the passages' encoder on torch."""
    questions = [judgement.question for judgement in read_judgements(settings.corpus)]
    ours = load_question_encoder(settings.model, settings.data / "models", remembered=0)
    laps = [(_seconds(ours, each), _seconds(encoder, each)) for each in [*questions[:_WARM_UP], *questions]]
    ours_ms, torch_ms = np.array(laps[_WARM_UP:]).T * 1_000
    ratio = round(float(np.median(ours_ms) / np.median(torch_ms)), 3)
    return {"ours_ms": _percentiles(ours_ms), "torch_ms": _percentiles(torch_ms), "ratio": ratio}


def _seconds(encoder: QuestionEncoder, question: str) -> float:
    began = time.perf_counter()
    encoder.encode_queries([question])
    return time.perf_counter() - began


def search_times(settings: Settings, encoder: SentenceEncoder, size: int) -> dict[str, object]:
    """Ask every judged question of an index with `size` passages; the questions differ, the filter not.

    `encode_ms` is the encoder alone, `rest_ms` everything else from the question to the highlighted hits:
    language, corrections, thesaurus, candidates, scores, duplicates, verdict. `facets_ms` are the counts,
    made once for a choice of filters and then remembered.
    """
    questions = [judgement.question for judgement in read_judgements(settings.corpus)]
    filters = Filters(kind=(Kind.HANDBUCH, Kind.FAQ, Kind.FOERDERUNG), valid_on=date.today())  # noqa: DTZ011 - as the API
    timed = _Timed(load_question_encoder(settings.model, settings.data / "models", remembered=0))
    tools = open_tools(settings, timed)
    with TemporaryDirectory() as folder:
        collection = EmbeddedCollection(Path(folder))
        _fill(collection, settings, encoder, size)
        served = serve(collection.open())
        asked = [Wish(question, filters, 10) for question in [*questions[:_WARM_UP], *questions]]
        laps = [_lap(wish, served, tools, timed) for wish in asked]
        served.generation.close()
    encode_ms, facets_ms, rest_ms = np.array(laps[_WARM_UP:]).T * 1_000
    named = {"encode_ms": encode_ms, "facets_ms": facets_ms, "rest_ms": rest_ms}
    named["total_ms"] = encode_ms + rest_ms
    return {"passages": size, "questions": len(questions), **{k: _percentiles(v) for k, v in named.items()}}


def _lap(wish: Wish, served: Served, tools: Tools, timed: _Timed) -> tuple[float, float, float]:
    """Return the seconds that encoding, counting and the rest of one answer took."""
    timed.queries_s = 0.0
    began = time.perf_counter()
    ask(wish, served, tools)
    whole_s = time.perf_counter() - began
    began = time.perf_counter()
    served.generation.facets(wish.filters)
    facets_s = time.perf_counter() - began
    return timed.queries_s, facets_s, whole_s - timed.queries_s


def _fill(collection: EmbeddedCollection, settings: Settings, encoder: SentenceEncoder, size: int) -> None:
    models = _encoded_sources(settings, encoder)
    draft = collection.draft(encoder.stamp)
    batch: list[IndexedPassage] = []
    for each in varied(models, size, np.random.default_rng(_SEED)):
        batch.append(each)
        if len(batch) == _BATCH:
            draft.put(batch)
            batch = []
    draft.put(batch)
    collection.publish(draft.finish("", datetime.now(UTC)))


def _encoded_sources(settings: Settings, encoder: SentenceEncoder) -> list[IndexedPassage]:
    """Return the passages of a few sources with their real vectors."""
    found = discover(settings.corpus)[::4]
    cache = VectorCache(Path(":memory:"), encoder.stamp)
    with read_ahead(found, read, encoder.count_tokens) as reading:
        return [
            indexed
            for each in reading
            if each.entry is not None
            for indexed in encode(pending(each.entry, each.passages, {}), encoder, cache).passages
        ]


def _percentiles(times_ms: NDArray[np.float64]) -> dict[str, float]:
    return {f"p{share}": round(float(np.percentile(times_ms, share)), 2) for share in (50, 95)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
