"""The encoder of passages, and of questions for any model but the bundled one: sentence-transformers."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index import bundled_model
from index.errors import ModelError
from index.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from torch.nn import Module

    Vectors = NDArray[np.float32]

QUERY_PREFIX = "query: "  # what E5 models were trained with (Wang et al., arXiv:2402.05672)
PASSAGE_PREFIX = "passage: "
_BATCH = 16  # texts in one forward pass; on two cores 32 took a sixth longer: more padding


class QuestionEncoder(Protocol):
    """Turns questions into vectors of length 1, so that a dot product with a passage's is a cosine."""

    @property
    def stamp(self) -> Stamp:
        """What must be equal for two vectors to be comparable."""

    @property
    def questions_revision(self) -> str:
        """Which encoder of questions this is; changing it leaves an index valid."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each question, shape (questions, dimension)."""


class PassageEncoder(Protocol):
    """Turns texts that are to be found into vectors of length 1."""

    @property
    def stamp(self) -> Stamp:
        """What must be equal for two vectors to be comparable."""

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model sees in `text`, without the ones it adds itself."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text that is to be found, shape (texts, dimension)."""


class SentenceEncoder:
    """An E5 model run by sentence-transformers on the CPU."""

    questions_revision = "plain"

    def __init__(self, model: SentenceTransformer, name: str, revision: str) -> None:
        self._model = model
        self._tokenizer: Tokenizer = model.tokenizer.backend_tokenizer
        self._turn = threading.Lock()  # torch uses all cores for one call; two at once are slower
        self.stamp = _stamp(name, revision, model.get_embedding_dimension() or 0)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model sees in `text`, without the ones it adds itself."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        # Since something was encoded, the tokenizer cuts at what the model reads at once, keeps the rest
        # in `overflowing` and pads it; the mask leaves the padding out.
        return sum(sum(part.attention_mask) for part in (encoding, *encoding.overflowing))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text that is to be found, shape (texts, dimension)."""
        return self._encode([PASSAGE_PREFIX + text for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each question, shape (questions, dimension)."""
        return self._encode([QUERY_PREFIX + text for text in texts])

    def question_tokens(self, texts: Sequence[str], most: int) -> list[list[int]]:
        """Return the numbers of the first `most` tokens of each question, as the model sees them."""
        encoded = self._tokenizer.encode_batch([QUERY_PREFIX + text for text in texts])
        return [each.ids[:most] for each in encoded]

    def transformer(self) -> Module:
        """Return the network under the pooling, for training."""
        return self._model[0].get_submodule("model")

    def _encode(self, texts: list[str]) -> Vectors:
        with self._turn:
            vectors = self._model.encode(
                texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def encoder_name(encoder: QuestionEncoder) -> str:
    """Return model, revision and question side as one name: what a calibration holds for."""
    return f"{encoder.stamp.model} {encoder.stamp.revision} {encoder.questions_revision}"


def known_stamp(model: str | None) -> Stamp | None:
    """Return the stamp of the bundled model without loading it; None for any other model."""
    if model is not None:
        return None
    return _stamp(bundled_model.NAME, bundled_model.REVISION, bundled_model.DIMENSION)


def _stamp(name: str, revision: str, dimension: int) -> Stamp:
    return Stamp(name, revision, QUERY_PREFIX, PASSAGE_PREFIX, dimension)


def load_encoder(model: str | None, models: Path) -> SentenceEncoder:
    """Return the encoder named by KB_MODEL, or the bundled one, kept unpacked under `models`.

    Nothing is fetched: another model must be a directory or lie in the local hub cache. Questions are
    encoded by `index/question_encoder.py`.

    Raises:
        ModelError: the model is missing or damaged; says how to mend it.
    """
    if model is None:
        plain = _load(str(bundled_model.unpacked(models)))
        return SentenceEncoder(plain, bundled_model.NAME, bundled_model.REVISION)
    loaded = _load(model)
    return SentenceEncoder(loaded, model, _revision(loaded))


def _load(name: str) -> SentenceTransformer:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # read once when the library is imported
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # our threads are enough
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - 5 s that many commands never need
    from transformers.utils import logging  # noqa: PLC0415 - as above

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the library has no types here
    try:
        return SentenceTransformer(
            name, device="cpu", local_files_only=True, model_kwargs={"use_safetensors": True}
        )
    except (OSError, ValueError) as error:
        message = (
            f"Das Modell »{name}« lässt sich nicht laden ({type(error).__name__}). "
            "KB_MODEL muss ein Ordner mit safetensors-Gewichten sein oder ein Modell, das einmal mit "
            f"»hf download {name}« geholt wurde; leer bedeutet das mitgelieferte Modell."
        )
        raise ModelError(message) from error


def _revision(model: SentenceTransformer) -> str:
    """Return a revision for any model: its weights seen through one sentence."""
    vector = np.asarray(model.encode("Fassung"), dtype=np.float32)
    return "-".join(f"{value:.3f}" for value in vector[:4])
