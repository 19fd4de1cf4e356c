"""BM25 measures every passage by the mean length of the collection as it is, not as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.embedded.collection import EmbeddedCollection
from tests.ingest.corpora import ingest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_encoder import WordEncoder


def means(store: EmbeddedCollection) -> set[float]:
    return {entry.mean_length for entry in store.open().catalogue()}


def true_mean(store: EmbeddedCollection) -> float:
    entries = store.open().catalogue()
    return sum(each.length for each in entries) / sum(each.passages for each in entries)


def test_the_mean_is_that_of_the_collection_and_follows_large_changes_only(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    corpus, store = tmp_path / "corpus", EmbeddedCollection(tmp_path / "index")
    (corpus / "handbuch").mkdir(parents=True)
    for number in range(30):
        (corpus / "handbuch" / f"{number}.md").write_text(f"# Blatt {number}\n\nBus und Bahn fahren.\n")
    ingest(corpus, store, encoder)
    (first,) = means(store)
    assert first == pytest.approx(true_mean(store))
    (corpus / "handbuch" / "0.md").write_text("# Blatt 0\n\nBus und Zug fahren.\n")
    ingest(corpus, store, encoder)
    assert means(store) == {first}  # nothing else was written anew
    long = "# Buch\n\n" + "Viele verschiedene Wörter stehen hier beisammen. " * 30
    for number in range(30, 60):
        (corpus / "handbuch" / f"{number}.md").write_text(f"{long} {number}\n")
    ingest(corpus, store, encoder)
    (later,) = means(store)
    assert later == pytest.approx(true_mean(store))
    assert later > 2 * first
