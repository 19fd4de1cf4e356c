from __future__ import annotations

from math import log2

import pytest

from benchmarks.metrics import auroc, ndcg, recall, reciprocal_rank


@pytest.mark.parametrize(
    ("relevant", "total", "expected"),
    [
        ([True, True, False], 2, 1.0),
        ([False, True], 1, 1 / log2(3)),
        ([True, False, False], 2, 1 / (1 + 1 / log2(3))),
        ([False, False], 3, 0.0),
        ([False] * 10 + [True], 1, 0.0),
        ([], 0, 0.0),
    ],
)
def test_ndcg_falls_with_the_rank_of_what_is_right(relevant: list[bool], total: int, expected: float) -> None:
    assert ndcg(relevant, total, 10) == pytest.approx(expected)


def test_recall_is_the_share_of_what_could_be_among_the_first() -> None:
    assert recall([True, False, True, False, False, True], 4, 5) == pytest.approx(0.5)
    assert recall([True] * 5, 9, 5) == pytest.approx(1.0)
    assert recall([False], 0, 5) == pytest.approx(0.0)


def test_the_reciprocal_rank_is_that_of_the_first_right_one() -> None:
    assert reciprocal_rank([False, False, True, True]) == pytest.approx(1 / 3)
    assert reciprocal_rank([False]) == pytest.approx(0.0)


def test_auroc_tells_how_well_scores_part_two_groups() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == pytest.approx(1.0)
    assert auroc([0.1], [0.9]) == pytest.approx(0.0)
    assert auroc([0.5, 0.5], [0.5]) == pytest.approx(0.5)
