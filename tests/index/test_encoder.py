"""The real model: the vectors it has always given, and the order that they make."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import bundled_model
from index.encoder import known_stamp, load_encoder
from index.errors import ModelError
from tests.conftest import MODELS

if TYPE_CHECKING:
    from pathlib import Path

    from index.encoder import SentenceEncoder, Vectors

pytestmark = pytest.mark.model

QUESTION = "Welche Versicherung braucht unser Verein für eine mehrtägige Fahrt?"
RIGHT = "Für Gruppenreisen empfiehlt sich eine Haftpflicht- und Unfallversicherung über den Verein."
WRONG = "Das Protokoll der Mitgliederversammlung unterschreibt die Schriftführerin."
GOLDEN = [0.07540576, -0.05202378, -0.10131186, -0.01698553, 0.04988703, -0.05295746]
SENTENCES = [f"Die Fahrt Nummer {number} führt in die Partnerstadt {'x' * number}." for number in range(12)]


def test_the_model_gives_the_vectors_that_it_always_gave(real_encoder: SentenceEncoder) -> None:
    (vector,) = real_encoder.encode_queries([QUESTION])
    np.testing.assert_allclose(vector[:6], GOLDEN, atol=1e-4)


def test_vectors_are_float32_rows_of_the_promised_dimension_and_length_one(
    real_encoder: SentenceEncoder,
) -> None:
    for vectors in (real_encoder.encode_queries([QUESTION, "a"]), real_encoder.encode_passages([RIGHT, ""])):
        assert vectors.shape == (2, bundled_model.DIMENSION)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_as_a_question_is_not_the_same_as_a_text_to_be_found(real_encoder: SentenceEncoder) -> None:
    asked, stored = real_encoder.encode_queries([RIGHT])[0], real_encoder.encode_passages([RIGHT])[0]
    assert 0.8 < float(asked @ stored) < 0.9999


def test_tokens_are_counted_without_those_that_the_model_adds(real_encoder: SentenceEncoder) -> None:
    assert real_encoder.count_tokens("Haus und Hof") == 3
    assert real_encoder.count_tokens("") == 0
    assert real_encoder.count_tokens("Städtepartnerschaft") > 1


def test_a_long_text_has_as_many_tokens_after_something_was_encoded_as_before(
    real_encoder: SentenceEncoder,
) -> None:
    real_encoder.encode_passages(["Haus und Hof"])
    assert real_encoder.count_tokens(" ".join(["Haus und Hof"] * 400)) == 1_200  # the model reads 512


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "wie sind wir auf der reise abgesichert",
        "Which insurance do we need for a group trip?",
        "Quelle assurance pour un voyage de groupe ?",
        "Jakie ubezpieczenie na wyjazd grupowy?",
    ],
)
def test_a_question_lies_nearer_to_the_right_passage_than_to_a_wrong_one(
    real_encoder: SentenceEncoder, question: str
) -> None:
    right, wrong = real_encoder.encode_passages([RIGHT, WRONG])
    (asked,) = real_encoder.encode_queries([question])
    assert asked @ right > asked @ wrong + 0.01


def test_a_text_has_the_same_vector_alone_and_in_any_batch(real_encoder: SentenceEncoder) -> None:
    together = real_encoder.encode_passages(SENTENCES)
    alone = np.concatenate([real_encoder.encode_passages([sentence]) for sentence in SENTENCES])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_a_text_beyond_the_model_s_reach_is_encoded_by_its_beginning(real_encoder: SentenceEncoder) -> None:
    long = "Verein " * 2_000
    first, second = real_encoder.encode_passages([long, long + "Haftpflicht"])
    np.testing.assert_allclose(first, second, atol=1e-6)


def test_four_threads_at_once_get_what_one_gets(real_encoder: SentenceEncoder) -> None:
    expected = real_encoder.encode_queries(SENTENCES)

    def encode(sentences: list[str]) -> Vectors:
        assert real_encoder.count_tokens(QUESTION) > 3  # the tokenizer is shared too
        return real_encoder.encode_queries(sentences)

    with ThreadPoolExecutor(4) as threads:
        for vectors in threads.map(encode, [SENTENCES] * 4):
            np.testing.assert_allclose(vectors, expected, atol=1e-6)


def test_the_stamp_known_without_loading_is_the_stamp_of_the_loaded_model(
    real_encoder: SentenceEncoder,
) -> None:
    stamp = known_stamp(None)
    assert stamp == real_encoder.stamp
    assert stamp is not None
    assert astuple(stamp)[:5] == ("intfloat/multilingual-e5-small", "q4-1", "query: ", "passage: ", 384)


def test_the_stamp_of_another_model_is_only_known_once_it_is_loaded() -> None:
    assert known_stamp("/srv/modell") is None


@pytest.mark.parametrize("name", ["nirgends/kein-modell", "{folder}/fehlt", "{folder}"])
def test_a_model_that_is_not_there_is_named_with_what_kb_model_may_be(tmp_path: Path, name: str) -> None:
    name = name.format(folder=tmp_path)
    with pytest.raises(ModelError) as caught:
        load_encoder(name, tmp_path / "models")
    assert f"»{name}«" in str(caught.value)
    assert "KB_MODEL muss" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_model_directory_is_taken_and_stamped_with_its_own_name_and_revision(
    real_encoder: SentenceEncoder,
) -> None:
    folder = str(bundled_model.unpacked(MODELS))
    other = load_encoder(folder, MODELS)
    assert other.stamp.model == folder
    assert other.stamp.revision != real_encoder.stamp.revision
    np.testing.assert_allclose(
        other.encode_queries([QUESTION]), real_encoder.encode_queries([QUESTION]), atol=1e-6
    )
