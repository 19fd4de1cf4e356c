"""Collections to measure on: the published one, and the judged sets beside this file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.evaluation import judged_set
from index.embedded.collection import EmbeddedCollection
from index.encoder import encoder_name
from index.language_means import load_language_means
from index.question_encoder import load_question_encoder
from index.store import connect_store
from ingest.pipeline import Ingestion
from ingest.publishing.publisher import Publisher
from ingest.readers import read as read_here
from ingest.vector_cache import FILE_NAME as CACHE
from ingest.vector_cache import VectorCache
from ingest.workshop import Workshop
from search_api.served import serve
from search_api.tools import ThesaurusOf, Tools
from search_api.verdict import read_calibration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.collection import Collection
    from index.encoder import PassageEncoder, QuestionEncoder
    from index.settings import Settings
    from ingest.pace import Stage
    from ingest.readers import Reader
    from ingest.report import Report
    from search_api.evaluation import JudgedSet

SETS = Path(__file__).parent / "sets"
JUDGED = ("lexikon", "behoerde", "urteile")  # never trained on, see sets/README.md
_BY_DOCUMENT = frozenset({"urteile"})  # long decisions: the right one is sought, not the right paragraph


class Silent:
    """A progress that nobody watches."""

    def begin(self, sources: int, sizes: Mapping[str, int]) -> None:
        """Work on so many sources begins."""

    def source_done(self, source: str, passages: int) -> None:
        """A source is read."""

    def encoded(self, passages: int) -> None:
        """So many more passages are encoded."""

    def stage(self, stage: Stage) -> None:
        """This comes next."""


def open_tools(settings: Settings, encoder: QuestionEncoder | None = None) -> Tools:
    """Return what every question needs, as the API opens it."""
    used = encoder or load_question_encoder(settings.model, settings.data / "models")
    means = load_language_means(used, settings.data / "models")
    return Tools(used, means, ThesaurusOf(settings.corpus), read_calibration(encoder_name(used)))


def published_set(settings: Settings) -> JudgedSet:
    """Return the questions of the corpus over the published generation."""
    return judged_set("lotse", settings.corpus, serve(connect_store(settings).open()))


def bundled_set(name: str, settings: Settings, encoder: PassageEncoder) -> JudgedSet:
    """Return one of the judged sets, taken in first where that has not been done yet."""
    corpus, collection = SETS / name, EmbeddedCollection(settings.data / "sets" / name)
    take_in(corpus, collection, encoder, settings.data / "sets" / CACHE)
    return judged_set(name, corpus, serve(collection.open()), by_document=name in _BY_DOCUMENT)


def take_in(
    corpus: Path, collection: Collection, encoder: PassageEncoder, cache: Path, read: Reader = read_here
) -> Report:
    """Bring a collection to the state of a corpus; `cache` is the file that keeps vectors."""
    with closing(VectorCache(cache, encoder.stamp)) as vectors:
        workshop = Workshop(encoder.stamp, lambda: encoder, read, vectors)
        return Ingestion(corpus, collection, workshop, Silent(), Publisher(collection)).run()
