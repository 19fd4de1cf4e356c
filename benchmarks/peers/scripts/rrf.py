"""Plain RRF: dense and BM25 (bm25s) joined by ranks, as most hybrid searches are built first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.scripts import bm25s, dense
from benchmarks.peers.scripts.exchange import answer, installed
from benchmarks.peers.scripts.fusion import fuse

if TYPE_CHECKING:
    from benchmarks.peers.scripts.exchange import Export, Ranking


def rank(export: Export) -> list[Ranking]:
    """Return for each question the rows of both rankings, fused."""
    pairs = zip(dense.rank(export), bm25s.rank(export), strict=True)
    return [fuse(by_meaning, by_terms) for by_meaning, by_terms in pairs]


if __name__ == "__main__":
    answer(rank, installed("numpy", "bm25s", "PyStemmer"))
