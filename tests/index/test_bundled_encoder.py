"""The bundled model gives the same vectors and counts as sentence-transformers, without torch."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.passage_encoder import load_passage_encoder
from tests.conftest import MODELS, ROOT

if TYPE_CHECKING:
    from index.encoder import PassageEncoder, SentenceEncoder

pytestmark = pytest.mark.model
TEXTS = [
    "Die Haftpflicht des Vereins deckt Schäden auf der Fahrt.",
    "Kurz.",
    "Œuvre à Çeşme, naïve Fußgänger – „so“ etwas! №5",
    "Der Rat beschließt die Partnerschaft. " * 120,  # far more than the model reads at once
    "",
]


@pytest.fixture(scope="module")
def passages(real_encoder: SentenceEncoder) -> PassageEncoder:
    assert real_encoder.stamp.dimension == 384  # the model is unpacked
    return load_passage_encoder(None, MODELS)


def test_passages_get_the_same_vectors(passages: PassageEncoder, real_encoder: SentenceEncoder) -> None:
    made, reference = passages.encode_passages(TEXTS), real_encoder.encode_passages(TEXTS)
    np.testing.assert_allclose(made, reference, atol=1e-5)
    assert passages.stamp == real_encoder.stamp


def test_tokens_are_counted_the_same_before_and_after_encoding(
    passages: PassageEncoder, real_encoder: SentenceEncoder
) -> None:
    passages.encode_passages(TEXTS)
    assert [passages.count_tokens(text) for text in TEXTS] == [
        real_encoder.count_tokens(text) for text in TEXTS
    ]


def test_nothing_to_encode_is_no_vector(passages: PassageEncoder) -> None:
    assert passages.encode_passages([]).shape == (0, 384)


def test_torch_is_not_loaded() -> None:
    program = (
        "import sys; from pathlib import Path; from index.passage_encoder import load_passage_encoder;"
        f"load_passage_encoder(None, Path({str(MODELS)!r})).encode_passages(['Satz.']);"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
