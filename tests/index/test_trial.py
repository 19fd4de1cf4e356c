"""A trial crosses from one process to the other unchanged; its means are over the right questions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.trial import MissingSpan, Outcome, Trial, from_line, to_line

GOOD = Outcome("Wer zahlt?", True, ndcg=1.0, recall=1.0, first_right=1, verdict="answered")
GONE = Outcome("Wo?", True, 0.0, 0.0, None, "none", (MissingSpan("a.md", "»Hier«\nsteht es"),))
NOWHERE = Outcome("Was kostet Gold?", False, 0.0, 0.0, None, "none")


@pytest.mark.parametrize("trial", [Trial("k", (GOOD, GONE, NOWHERE)), Trial("k", ()), None])
def test_a_trial_is_one_line_and_comes_back_as_it_was(trial: Trial | None) -> None:
    line = to_line(trial)
    assert "\n" not in line
    assert from_line(line) == trial


@pytest.mark.parametrize("line", ["", "Traceback", "[]", '{"key": "k"}'])
def test_anything_else_is_no_trial(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_line(line)


def test_figures_are_means_over_answerable_questions_and_verdicts_over_all() -> None:
    trial = Trial("k", (GOOD, GONE, NOWHERE))
    assert (trial.ndcg, trial.recall) == (0.5, 0.5)
    assert trial.verdict == pytest.approx(2 / 3)


def test_where_nothing_is_judged_there_is_no_figure() -> None:
    nothing = Trial("k", ())
    assert (nothing.ndcg, nothing.recall, nothing.verdict) == (None, None, None)
    assert Trial("k", (NOWHERE,)).ndcg is None


@pytest.mark.parametrize(
    ("answerable", "verdict", "right"),
    [
        (True, "answered", True),
        (True, "partial", True),
        (True, "none", False),
        (False, "none", True),
        (False, "partial", True),
        (False, "answered", False),
    ],
)
def test_a_verdict_is_wrong_if_it_denies_or_promises_an_answer(
    answerable: bool, verdict: str, right: bool
) -> None:
    assert replace(GOOD, answerable=answerable, verdict=verdict).verdict_right is right
