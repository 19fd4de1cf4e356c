"""An interval holds its mean."""

from __future__ import annotations

from benchmarks.evaluation import interval


def test_the_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    low, high = interval([0.0, 1.0] * 20)
    assert low < 0.5 < high
    narrow_low, narrow_high = interval([0.0, 1.0] * 500)
    assert narrow_high - narrow_low < (high - low) / 2
