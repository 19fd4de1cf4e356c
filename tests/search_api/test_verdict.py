"""The verdict follows its calibration, and claims nothing without one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from index.encoder import encoder_name
from index.passage import Hit
from search_api.understanding import Understanding
from search_api.verdict import Calibration, Signal, judge, read_calibration
from tests.index.passages import passage

if TYPE_CHECKING:
    from pathlib import Path

    from index.question_encoder import RememberingEncoder

CALIBRATION = Calibration("e", -4.0, {"similarity": 10.0}, answered=0.8, partial=0.4)
GERMAN = Understanding("de", ("Bus?",), {}, {"bus": 1.0})


def hit(similarity: float, terms: float = 0.0) -> Hit:
    return Hit(passage("Text."), similarity, similarity, similarity, terms)


@pytest.mark.parametrize(("similarity", "verdict"), [(0.9, "answered"), (0.45, "partial"), (0.2, "none")])
def test_the_more_similar_the_surer(similarity: float, verdict: str) -> None:
    judged = judge(Signal.of([hit(similarity)], GERMAN, 0.5), CALIBRATION)
    assert judged.verdict == verdict
    assert judged.confidence is not None
    assert 0 < judged.confidence < 1


def test_nothing_found_is_no_answer_with_or_without_a_calibration() -> None:
    for calibration in (CALIBRATION, None):
        assert judge(Signal.of([], GERMAN, 0.0), calibration).verdict == "none"


def test_an_uncalibrated_encoder_is_never_sure() -> None:
    judged = judge(Signal.of([hit(0.99)], GERMAN, 1.0), None)
    assert (judged.verdict, judged.confidence) == ("partial", None)


def test_features_are_those_of_the_hits() -> None:
    signal = Signal.of([hit(0.8, terms=2.0), hit(0.9, terms=4.0)], GERMAN, 0.6)
    assert signal.similarity == pytest.approx(0.9)
    assert signal.lead == pytest.approx(0.05)
    assert signal.coverage == pytest.approx(0.3)
    french = Signal.of([hit(0.8)], Understanding("fr", ("Qui ?",)), 0.0)
    assert (french.coverage, french.terms) == (0, 0)
    assert french.letters > signal.letters


def test_a_calibration_holds_for_its_encoder_only(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps({"encoder": "e", "intercept": 0, "weights": {}, "answered": 1, "partial": 0}))
    assert read_calibration("e", path) is not None
    assert read_calibration("other", path) is None


@pytest.mark.model
def test_our_calibration_was_made_for_the_encoder_that_we_ship(real_questions: RememberingEncoder) -> None:
    calibration = read_calibration(encoder_name(real_questions))
    assert calibration is not None
    assert calibration.partial <= calibration.answered
