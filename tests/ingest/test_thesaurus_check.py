"""Whoever saves a broken thesaurus hears of it at the next ingestion, and nothing else is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.embedded.collection import EmbeddedCollection
from tests.ingest.corpora import ingest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_encoder import WordEncoder


def test_a_mistake_in_the_thesaurus_is_named_and_stops_nothing(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "handbuch").mkdir(parents=True)
    (corpus / "handbuch" / "a.md").write_text("# Bus\n\nDer Bus fährt.\n")
    (corpus / "thesaurus.yaml").write_text("equivalents: [[allein]]\n")
    report = ingest(corpus, EmbeddedCollection(tmp_path / "index"), encoder)
    assert report.published
    (remark,) = report.unread
    assert (remark.source, "equivalents 0" in remark.reason) == ("thesaurus.yaml", True)
    assert report.exit_code == 0
