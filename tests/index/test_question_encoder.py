"""Questions on ONNX Runtime: the vectors that torch gives, what was learned, what is remembered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import question_adapter
from index.encoder import encoder_name
from index.errors import ModelError
from index.question_encoder import RememberingEncoder, load_question_encoder
from tests.conftest import MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.encoder import SentenceEncoder, Vectors
    from tests.fake_encoder import WordEncoder

QUESTIONS = [
    "Welche Versicherung braucht unser Verein für eine mehrtägige Fahrt?",
    "kindergeld",
    "",
    "Хто платить за автобус?",
    "Yurtdışı gezisi için hangi sigorta gerekli? 🚌",
    *(f"Wie lang ist die Fahrt Nummer {number} {'x' * number}?" for number in range(20)),
]
LONG = ["Verein " * 2_000]  # cut at what the model reads; by itself, for a batch is padded to its longest


@pytest.fixture(scope="module")
def forgetful() -> RememberingEncoder:
    """The encoder of the product that encodes anew whatever it is asked."""
    return load_question_encoder(None, MODELS, remembered=0)


@pytest.mark.model
def test_the_network_gives_the_vectors_that_torch_gives(real_encoder: SentenceEncoder) -> None:
    plain = load_question_encoder(None, MODELS, share=0.0)
    for questions in (QUESTIONS, LONG):
        np.testing.assert_allclose(
            plain.encode_queries(questions), real_encoder.encode_queries(questions), atol=1e-5
        )
    assert plain.stamp == real_encoder.stamp


@pytest.mark.model
def test_a_question_has_the_same_vector_alone_and_in_any_batch(forgetful: RememberingEncoder) -> None:
    together = forgetful.encode_queries(QUESTIONS)
    alone = np.concatenate([forgetful.encode_queries([question]) for question in QUESTIONS])
    np.testing.assert_allclose(together, alone, atol=1e-5)


@pytest.mark.model
def test_what_was_learned_about_questions_changes_them_and_leaves_an_index_valid(
    real_encoder: SentenceEncoder, real_questions: RememberingEncoder
) -> None:
    (plain,), (adapted,) = (each.encode_queries(QUESTIONS[:1]) for each in (real_encoder, real_questions))
    assert 0.9 < float(plain @ adapted) < 0.999
    assert real_questions.stamp == real_encoder.stamp  # an index stays valid
    assert encoder_name(real_questions) != encoder_name(real_encoder)  # a calibration does not


@pytest.mark.usefixtures("real_encoder")  # the model is unpacked
@pytest.mark.model
def test_a_damaged_adapter_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "question_adapter.safetensors"
    damaged.write_bytes(question_adapter.ADAPTER.read_bytes()[:-1] + b"?")
    monkeypatch.setattr(question_adapter, "ADAPTER", damaged)
    with pytest.raises(ModelError, match="beschädigt"):
        load_question_encoder(None, MODELS)


@pytest.mark.model
def test_four_threads_at_once_get_what_one_gets(forgetful: RememberingEncoder) -> None:
    encoder = RememberingEncoder(forgetful, 3)  # so few that they drive each other out
    expected = encoder.encode_queries(QUESTIONS)
    with ThreadPoolExecutor(4) as threads:
        for vectors in threads.map(encoder.encode_queries, [QUESTIONS] * 4):
            np.testing.assert_allclose(vectors, expected, atol=1e-5)


class _Counting:
    """An encoder that notes what it is asked."""

    def __init__(self, encoder: WordEncoder) -> None:
        self.stamp, self.questions_revision = encoder.stamp, encoder.questions_revision
        self._encoder = encoder
        self.asked: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self._encoder.encode_queries(texts)


def test_only_the_last_questions_are_remembered_and_each_once(encoder: WordEncoder) -> None:
    counting = _Counting(encoder)
    remembering = RememberingEncoder(counting, 2)
    first = remembering.encode_queries(["Bus", "Bus", "Bahn"])
    again = remembering.encode_queries(["Bahn", "Bus"])
    assert counting.asked == ["Bus", "Bahn"]
    np.testing.assert_array_equal(first[[2, 0]], again)
    remembering.encode_queries(["Rad"])
    remembering.encode_queries(["Bus"])
    assert counting.asked == ["Bus", "Bahn", "Rad", "Bus"]
    assert remembering.encode_queries([]).shape == (0, encoder.stamp.dimension)
