"""The rank measures are those of the textbook."""

from __future__ import annotations

from math import log2

import pytest

from search_api.evaluation import rank_measures


@pytest.mark.parametrize(
    ("ranking", "right", "ndcg", "recall", "mrr"),
    [
        ("ab", "ab", 1.0, 1.0, 1.0),
        ("xa", "a", 1 / log2(3), 1.0, 0.5),
        ("axx", "ab", 1 / (1 + 1 / log2(3)), 0.5, 1.0),
        ("xyz", "abc", 0.0, 0.0, 0.0),
        ("", "a", 0.0, 0.0, 0.0),
        ("uvwxyzrstka", "a", 0.0, 0.0, 1 / 11),
        ("xyz", "", 0.0, 0.0, 0.0),
    ],
)
def test_a_ranking_is_measured(ranking: str, right: str, ndcg: float, recall: float, mrr: float) -> None:
    measured = rank_measures([tuple(ranking), ("q",)], [set(right), {"q"}])
    assert measured["ndcg@10"][0] == pytest.approx(ndcg)
    assert measured["recall@5"][0] == pytest.approx(recall)
    assert measured["mrr"][0] == pytest.approx(mrr)
    assert measured["ndcg@10"][1] == 1.0  # each question keeps its own place


def test_where_nothing_is_right_at_all_everything_is_zero() -> None:
    assert rank_measures([("a",)], [set()])["ndcg@10"] == [0.0]
    assert rank_measures([], [])["ndcg@10"] == []
