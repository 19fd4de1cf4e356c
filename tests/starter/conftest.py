"""The starter library as a reader of its passages sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.fake_encoder import WordEncoder
from tests.ingest.corpora import embedded, ingest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.passage import Passage, SourceEntry

CORPUS = ROOT / "corpus"


@dataclass(frozen=True)
class Library:
    """Every source with its passages, in order."""

    entries: Sequence[SourceEntry]
    passages: Mapping[str, Sequence[Passage]]

    @property
    def texts(self) -> Mapping[str, str]:
        """The whole text of each source, headings and questions too."""
        return {
            source: "\n".join(f"{each.headline}\n{each.text}" for each in passages)
            for source, passages in self.passages.items()
        }

    def prose(self, source: str) -> str:
        """Return the sentences of a source, a line each with one full stop; rows and list items count too."""
        sentences = [
            each.text[span.start : span.end] for each in self.passages[source] for span in each.sentences
        ]
        read = [each for each in sentences if not each.startswith("Quelle: ")]
        return "\n".join(re.sub(r"[.!?:]+(?=\s|$|\d)", "", sentence) + "." for sentence in read)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    collection = embedded(tmp_path_factory.mktemp("library"))
    report = ingest(CORPUS, collection, WordEncoder())
    assert not report.failed
    generation = collection.open()
    entries = generation.catalogue()
    return Library(entries, {entry.source: generation.passages(entry.source) for entry in entries})
