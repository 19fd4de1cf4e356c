"""The ingestion as a command: what it works with is opened, one run is made, its account is kept."""

from __future__ import annotations

import json
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from threading import Lock
from typing import TYPE_CHECKING

from index.bundled_model import token_counter
from index.encoder import known_stamp
from index.errors import KnowledgeBaseError
from index.judgements import read_judgements
from index.passage_encoder import load_passage_encoder
from index.store import connect_store
from ingest.account import expected_s, keep_report
from ingest.backups.places import broken_off
from ingest.health_table import show_health
from ingest.isolation import IsolatedReader
from ingest.lock import Task, locked
from ingest.pipeline import Ingestion
from ingest.publishing.gate import compare
from ingest.publishing.journal import Journal
from ingest.publishing.publisher import Publisher
from ingest.publishing.trial import TrialInChild
from ingest.vector_cache import FILE_NAME as CACHE
from ingest.vector_cache import VectorCache
from ingest.workshop import Workshop, roughly_counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from index.encoder import PassageEncoder
    from index.settings import Settings
    from ingest.pipeline import Progress
    from ingest.publishing.gate import GateResult
    from ingest.publishing.publisher import Force
    from ingest.report import Report

_INCOMPARABLE = (
    "Mit dem bisherigen Stand ließ sich nicht vergleichen, denn ein anderes Modell oder Programm hat ihn "
    "erstellt."
)
_UNJUDGED = (
    "Ob die Suche schlechter wird, wurde nicht geprüft: In fragen.yaml stehen keine beurteilten Fragen."
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be ingested and how."""

    corpus: Path
    settings: Settings
    force: Force | None = None


def plan(order: Order, progress: Progress) -> Report:
    """Say what an ingestion would do.

    No lock: nothing is written, and what is published is read as the API reads it, while others write.

    Raises:
        KnowledgeBaseError: it could do nothing at all, and why.
        OSError: as above; a folder cannot be read or written.
    """
    with _opened(order, progress, read_only=True) as (ingestion, _):
        report = ingestion.plan()
    return replace(report, expected_s=expected_s(report, order.settings.data))


def ingest(order: Order, progress: Progress) -> Report:
    """Carry out one ingestion.

    Raises:
        KnowledgeBaseError: nothing was published, and why.
        OSError: as above; a folder cannot be read or written.
    """
    with locked(order.settings.data, Task.INGESTION), _opened(order, progress) as (ingestion, vectors):
        report = ingestion.run()
        if report.published:  # else they may be all that is left of an interrupted ingestion
            vectors.keep_newest(_kept(report))
    keep_report(report, order.settings.data)
    return report


@contextmanager
def _opened(
    order: Order, progress: Progress, *, read_only: bool = False
) -> Iterator[tuple[Ingestion, VectorCache]]:
    """Open everything that one ingestion needs; the kept vectors are only looked at if it is `read_only`.

    Raises:
        KnowledgeBaseError: a restoration that broke off left no materials, or the model cannot be loaded.
    """
    if reason := broken_off(order.corpus):
        raise KnowledgeBaseError(reason)
    settings, models = order.settings, order.settings.data / "models"
    load = _once(partial(load_passage_encoder, settings.model, models))
    with _reader(models) as reader, _gate(order) as gate:
        stamp = known_stamp(settings.model) or load().stamp
        collection = connect_store(settings)
        publisher = Publisher(collection, gate, Journal(settings.data), order.force)
        with closing(VectorCache(settings.data / CACHE, stamp, read_only=read_only)) as vectors:
            workshop = Workshop(stamp, load, reader.read, vectors, cache(partial(_counter, settings, load)))
            yield Ingestion(order.corpus, collection, workshop, progress, publisher), vectors


def show(report: Report, *, as_json: bool) -> None:
    """Print the report: for a person, or with `as_json` for a program, then the person's goes to stderr."""
    today = date.today()  # noqa: DTZ011 - the day where the materials are kept
    output = sys.stderr if as_json else sys.stdout
    output.write("\n".join(report.changes(today)) + "\n")
    show_health(report.health(today), output)
    output.write("\n".join(report.outcome()) + "\n")
    if as_json:
        sys.stdout.write(json.dumps(report.as_json(today), ensure_ascii=False) + "\n")


@contextmanager
def _reader(models: Path) -> Iterator[IsolatedReader]:
    """Open the reader; where staff have put a speech model, it also listens to recordings."""
    speech_model = models / "transcription"
    with IsolatedReader.listening(speech_model) if speech_model.is_dir() else IsolatedReader() as reader:
        yield reader


class _Judged:
    """Examines a candidate by the corpus' judged questions, if it has any."""

    def __init__(self, corpus: Path, trial: TrialInChild) -> None:
        self._corpus = corpus
        self._trial = trial

    def start(self) -> None:
        """Let the child that asks them get ready."""
        if read_judgements(self._corpus):
            self._trial.start()

    def __call__(self, candidate: str, former: str | None) -> GateResult:
        """Return what got worse from the former generation to the candidate."""
        before, after = self._trial(candidate, former)
        result = compare(before, after)
        if former is None or before is not None:
            return result
        why = _INCOMPARABLE if after.outcomes else _UNJUDGED
        return replace(result, remarks=(why, *result.remarks))


@contextmanager
def _gate(order: Order) -> Iterator[_Judged]:
    with TrialInChild(order.corpus, order.settings.data) as trial:
        yield _Judged(order.corpus, trial)


def _once(load: Callable[[], PassageEncoder]) -> Callable[[], PassageEncoder]:
    """Return what loads at the first call; another thread that calls meanwhile waits for it."""
    turn, loaded = Lock(), cache(load)

    def in_turn() -> PassageEncoder:
        with turn:
            return loaded()

    return in_turn


def _counter(settings: Settings, load: Callable[[], PassageEncoder]) -> Callable[[str], int]:
    """Return what counts the tokens of a text, without loading the model if that is possible."""
    if settings.model is not None:
        return load().count_tokens
    return token_counter(settings.data / "models") or roughly_counted


def _kept(report: Report) -> int:
    """Return how many passages the cache keeps: all of the collection, and as many of former states."""
    return 2 * sum(entry.passages for entry in report.sources)
