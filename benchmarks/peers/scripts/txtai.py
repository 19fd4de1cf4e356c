"""txtai hybrid as documented: our vectors beside its own BM25, scores joined half and half.

E5's cosines lie so close together that BM25 decides nearly alone. A scoring with normalize="bb25"
gained 12 points of nDCG@10 in a trial with txtai 9.14 (2026-11-24, 109 questions); the library does
not choose it by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from txtai import Embeddings  # type: ignore[import-not-found]  # lives in the peer's environment

from benchmarks.peers.scripts.exchange import DEPTH, answer, installed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.peers.scripts.exchange import Export, Ranking, Vectors


def rank(export: Export) -> list[Ranking]:
    """Return for each question the rows that txtai finds."""
    passages = [passage.text for passage in export.passages]
    questions = [question.text for question in export.questions]
    known = dict(zip(questions, export.question_vectors, strict=True))
    known |= dict(zip(passages, export.passage_vectors, strict=True))

    def look_up(
        texts: Sequence[str],
    ) -> Vectors:  # txtai tells a function from a class to be made by its type
        return np.stack([known[text] for text in texts])

    embeddings = Embeddings(method="external", transform=look_up, hybrid=True)
    embeddings.index(enumerate(passages))
    return [[row for row, _ in found] for found in embeddings.batchsearch(questions, DEPTH)]


if __name__ == "__main__":
    answer(rank, installed("txtai", "torch"))
