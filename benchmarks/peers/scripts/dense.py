"""Dense alone: passages by the cosine of their vector with the question's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.peers.scripts.exchange import DEPTH, answer, installed

if TYPE_CHECKING:
    from benchmarks.peers.scripts.exchange import Export, Ranking


def rank(export: Export) -> list[Ranking]:
    """Return for each question the rows of the nearest passages."""
    cosines = export.question_vectors @ export.passage_vectors.T
    order = np.argsort(-cosines, axis=1, kind="stable")[:, :DEPTH]
    return [row.tolist() for row in order]


if __name__ == "__main__":
    answer(rank, installed("numpy"))
