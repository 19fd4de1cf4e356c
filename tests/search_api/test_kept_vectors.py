"""The vectors of judged questions are encoded once; a damaged file costs time and nothing else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np
import pytest

from search_api.kept_vectors import KeptVectors, LateEncoder, encoder_when_needed
from tests.conftest import MODELS
from tests.fake_encoder import WordEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.encoder import Vectors
    from index.question_encoder import RememberingEncoder

QUESTIONS = ("Wer bezahlt den Bus?", "Wo schlafen die Gäste?")


class Counting(WordEncoder):
    """Notes what it is asked."""

    def __init__(self, name: str = "words") -> None:
        super().__init__(name)
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode_queries(texts)


def kept(folder: Path, questions: Sequence[str] = QUESTIONS, name: str = "words") -> Counting:
    """Ask once more, in a new process as it were, and return the encoder that had to help."""
    encoder = Counting(name)
    vectors = KeptVectors(encoder, folder)
    assert np.array_equal(vectors.encode_queries(questions), WordEncoder(name).encode_queries(questions))
    vectors.keep()
    return encoder


def test_a_wording_is_encoded_once(tmp_path: Path) -> None:
    assert kept(tmp_path).asked == list(QUESTIONS)
    assert kept(tmp_path).asked == []
    assert kept(tmp_path, (*QUESTIONS, "Neu?")).asked == ["Neu?"]


def test_what_is_no_longer_asked_is_forgotten(tmp_path: Path) -> None:
    kept(tmp_path)
    kept(tmp_path, QUESTIONS[:1])
    assert kept(tmp_path).asked == [QUESTIONS[1]]


def test_another_encoder_has_another_file(tmp_path: Path) -> None:
    kept(tmp_path)
    assert kept(tmp_path, name="andere").asked == list(QUESTIONS)
    assert kept(tmp_path).asked == []


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


@pytest.mark.parametrize("damage", [_cut, _flipped, lambda _: b"", lambda _: b"Text"])
def test_a_damaged_file_is_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[bytes], bytes]
) -> None:
    kept(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    with caplog.at_level(logging.WARNING):
        assert kept(tmp_path).asked == list(QUESTIONS)
    assert "encoded anew" in caplog.text
    assert kept(tmp_path).asked == []


def test_vectors_that_are_none_of_this_encoder_are_not_used(tmp_path: Path) -> None:
    kept(tmp_path)
    (path,) = tmp_path.iterdir()
    with path.open("wb") as file:
        np.savez(file, wordings=np.array(QUESTIONS), vectors=np.ones((2, 3), dtype=np.float32))
    assert kept(tmp_path).asked == list(QUESTIONS)


def test_nothing_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    kept(tmp_path)
    loads: list[str] = []

    def load() -> WordEncoder:
        loads.append("now")
        return WordEncoder()

    vectors = KeptVectors(LateEncoder(WordEncoder().stamp, "plain", load), tmp_path)
    vectors.encode_queries(QUESTIONS)
    assert loads == []
    vectors.encode_queries(["Neu?"])
    vectors.encode_queries(["Noch neuer?"])
    assert loads == ["now"]


@pytest.mark.model
def test_the_late_encoder_is_called_what_the_loaded_one_is_called(real_questions: RememberingEncoder) -> None:
    late = encoder_when_needed(None, MODELS)
    assert late.stamp == real_questions.stamp
    assert late.questions_revision == real_questions.questions_revision
    assert np.array_equal(late.encode_queries(QUESTIONS[:1]), real_questions.encode_queries(QUESTIONS[:1]))


def test_only_before_its_model_is_loaded_a_process_may_fork(tmp_path: Path) -> None:
    plain = WordEncoder()
    assert not KeptVectors(plain, tmp_path).may_fork
    late = KeptVectors(LateEncoder(plain.stamp, plain.questions_revision, WordEncoder), tmp_path)
    before = late.may_fork
    late.encode_queries(QUESTIONS)
    assert (before, late.may_fork) == (True, False)
    late.keep()
    again = KeptVectors(LateEncoder(plain.stamp, plain.questions_revision, WordEncoder), tmp_path)
    again.encode_queries(QUESTIONS)
    assert again.may_fork
