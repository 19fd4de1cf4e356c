"""Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.peers.scripts.exchange import Ranking

K = 60  # the paper's constant, which nearly everybody keeps


def fuse(*rankings: Ranking) -> list[int]:
    """Return the rows of all rankings, best first: each scores the sum of 1 / (K + rank), ranks from 1.

    Among equals, the one that an earlier ranking names first comes first.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for position, row in enumerate(ranking, start=1):
            scores[row] = scores.get(row, 0.0) + 1 / (K + position)
    return sorted(scores, key=scores.__getitem__, reverse=True)
