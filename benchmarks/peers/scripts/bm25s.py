"""BM25 by bm25s, with Snowball's German stemmer and the library's German stop words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import bm25s  # type: ignore[import-not-found]  # lives in the peer's environment
import Stemmer

from benchmarks.peers.scripts.exchange import DEPTH, answer, installed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.peers.scripts.exchange import Export, Ranking


def rank(export: Export) -> list[Ranking]:
    """Return for each question the rows of the passages that share a term with it."""
    retriever = bm25s.BM25()
    retriever.index(_terms([passage.text for passage in export.passages]), show_progress=False)
    depth = min(DEPTH, len(export.passages))  # bm25s refuses to return more than there are
    found = retriever.retrieve(
        _terms([question.text for question in export.questions]), k=depth, show_progress=False
    )
    return [
        [row for row, score in zip(rows, scores, strict=True) if score > 0]  # it fills up with zeros
        for rows, scores in zip(found.documents.tolist(), found.scores.tolist(), strict=True)
    ]


def _terms(texts: Sequence[str]) -> object:
    stemmer = Stemmer.Stemmer("german")
    terms: object = bm25s.tokenize(texts, stopwords="de", stemmer=stemmer, show_progress=False)
    return terms


if __name__ == "__main__":
    answer(rank, installed("bm25s", "PyStemmer"))
