"""Questions in other languages are moved to where the home language lies, and stored means are reused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.language_means import LanguageMeans, load_language_means

if TYPE_CHECKING:
    from pathlib import Path

    from index.question_encoder import RememberingEncoder
    from tests.fake_encoder import WordEncoder

HOME, FRENCH = np.array([1.0, 0.0, 0.0], np.float32), np.array([0.0, 1.0, 0.0], np.float32)


def test_a_question_is_moved_by_the_difference_of_the_means_and_keeps_length_one() -> None:
    question = np.array([0.0, 0.8, 0.6], np.float32)
    moved = LanguageMeans({"de": HOME, "fr": FRENCH}).at_home(question, "fr")
    assert float(np.linalg.norm(moved)) == pytest.approx(1)
    assert moved @ HOME > question @ HOME
    assert moved @ FRENCH < question @ FRENCH


@pytest.mark.parametrize("language", ["de", "xx"])
def test_the_home_language_and_unknown_ones_stay_where_they_are(language: str) -> None:
    assert LanguageMeans({"de": HOME, "fr": FRENCH}).at_home(FRENCH, language) is FRENCH


def test_means_are_taken_once(tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_language_means(encoder, tmp_path)
    (question,) = encoder.encode_queries(["Who pays?"])
    monkeypatch.delattr(type(encoder), "encode_queries")
    again = load_language_means(encoder, tmp_path)
    np.testing.assert_array_equal(first.at_home(question, "en"), again.at_home(question, "en"))


@pytest.mark.model
@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Who pays for the bus?"),
        ("fr", "Qui paie le bus ?"),
        ("tr", "Otobüsü kim öder?"),
        ("uk", "Хто платить за автобус?"),
    ],
)
def test_a_moved_question_lies_nearer_to_the_german_one(
    real_questions: RememberingEncoder, tmp_path_factory: pytest.TempPathFactory, language: str, question: str
) -> None:
    means = load_language_means(real_questions, tmp_path_factory.getbasetemp() / "means")
    german, foreign = real_questions.encode_queries(["Wer bezahlt den Bus?", question])
    assert means.at_home(foreign, language) @ german > foreign @ german
