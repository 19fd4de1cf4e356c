"""Rank metrics over binary relevance; all lie between 0 and 1, higher is better."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def ndcg(relevant: Sequence[bool], total: int, depth: int) -> float:
    """Return the normalised discounted cumulative gain at `depth` (Järvelin and Kekäläinen, 2002).

    `relevant` tells for each rank whether its hit is right, `total` how many right ones exist.
    """
    gain = sum(1 / log2(rank + 2) for rank, right in enumerate(relevant[:depth]) if right)
    ideal = sum(1 / log2(rank + 2) for rank in range(min(total, depth)))
    return gain / ideal if ideal else 0.0


def recall(relevant: Sequence[bool], total: int, depth: int) -> float:
    """Return the share of right hits among the first `depth`, out of those that could be there."""
    return sum(relevant[:depth]) / min(total, depth) if total else 0.0


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """Return 1 / rank of the first right hit, 0 if there is none."""
    return next((1 / rank for rank, right in enumerate(relevant, start=1) if right), 0.0)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return how often a positive's score lies above a negative's; .5 is chance (Mann and Whitney)."""
    pairs = [(p > n) + (p == n) / 2 for p in positive for n in negative]
    return sum(pairs) / len(pairs) if pairs else 0.0
