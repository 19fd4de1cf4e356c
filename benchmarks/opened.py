"""Collections to measure on: the published one, and the judged sets beside this file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.evaluation import JudgedSet, judged_set
from index.embedded import EmbeddedCollection
from index.encoder import encoder_name
from index.language_means import load_language_means
from index.question_encoder import load_question_encoder
from index.store import connect_store
from ingest.pipeline import Ingestion
from ingest.readers import read
from search_api.served import serve
from search_api.tools import ThesaurusOf, Tools
from search_api.verdict import read_calibration

if TYPE_CHECKING:
    from index.encoder import PassageEncoder, QuestionEncoder
    from index.settings import Settings

SETS = Path(__file__).parent / "sets"
JUDGED = ("lexikon", "behoerde", "urteile")  # never trained on, see sets/README.md
_BY_DOCUMENT = frozenset({"urteile"})  # long decisions: the right one is sought, not the right paragraph


class Silent:
    """A progress that nobody watches."""

    def begin(self, sources: int) -> None:
        """Work on so many sources begins."""

    def source_done(self, source: str) -> None:
        """A source is read."""

    def encoded(self, passages: int) -> None:
        """So many more passages are encoded."""


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
    Ingestion(corpus, collection, encoder.stamp, lambda: encoder, Silent(), read=read).run(dry_run=False)
    return judged_set(name, corpus, serve(collection.open()), by_document=name in _BY_DOCUMENT)
