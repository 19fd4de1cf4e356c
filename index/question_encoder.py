"""Encoders of questions: the bundled one on ONNX Runtime, and one that remembers what was asked."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from safetensors import safe_open
from tokenizers import Tokenizer

from index import bundled_model, question_adapter
from index.encoder import QUERY_PREFIX, known_stamp, load_encoder
from index.question_network import EMBEDDINGS, HIDDEN, MASK, BertShape, bert_network

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoder import QuestionEncoder, Vectors
    from index.question_network import Network
    from index.stamp import Stamp

REMEMBERED = 512  # questions, some 800 kB
_WORDS = "embeddings.word_embeddings.weight"
_BATCH = 16  # questions in one run; a longer batch is mostly padding


class RememberingEncoder:
    """Keeps the vectors of the last questions, in memory only: people ask again with another filter."""

    def __init__(self, encoder: QuestionEncoder, most: int) -> None:
        self._encoder = encoder
        self._most = most
        self._recent: dict[str, NDArray[np.float32]] = {}
        self._turn = threading.Lock()

    @property
    def stamp(self) -> Stamp:
        """What must be equal for two vectors to be comparable."""
        return self._encoder.stamp

    @property
    def questions_revision(self) -> str:
        """Which encoder of questions this is."""
        return self._encoder.questions_revision

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each question, shape (questions, dimension)."""
        with self._turn:
            known = {text: self._recent[text] for text in texts if text in self._recent}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        if new:
            made = dict(zip(new, self._encoder.encode_queries(new), strict=True))
            known |= made
            self._remember(made)
        rows = [known[text] for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.stamp.dimension), dtype=np.float32)

    def _remember(self, made: dict[str, NDArray[np.float32]]) -> None:
        with self._turn:
            self._recent |= made
            for text in list(self._recent)[: max(0, len(self._recent) - self._most)]:
                del self._recent[text]


class BundledQuestionEncoder:
    """The bundled model for questions alone, with what was learned about them: no torch, little memory."""

    def __init__(self, stamp: Stamp, folder: Path, share: float = question_adapter.SHARE) -> None:
        self.stamp = stamp
        self.questions_revision = bundled_revision(share)
        self._tokenizer = _tokenizer(folder)
        self._words, weights = _weights(folder)
        self._positions = weights["embeddings.position_embeddings.weight"]
        self._positions = self._positions + weights["embeddings.token_type_embeddings.weight"][0]
        network = bert_network(question_adapter.adapted(weights, share), _shape(folder))
        self._session = _session(network)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each question, shape (questions, dimension), length 1."""
        rows = [np.empty((0, self.stamp.dimension), dtype=np.float32)]
        rows += [self._encode(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(rows)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch([QUERY_PREFIX + text for text in texts])
        longest = max(len(encoding.ids) for encoding in encodings)
        embeddings = np.zeros((len(texts), longest, self.stamp.dimension), dtype=np.float32)
        mask = np.zeros((len(texts), longest), dtype=np.int32)
        for row, encoding in enumerate(encodings):
            length = len(encoding.ids)
            words = np.concatenate([self._words[number : number + 1] for number in encoding.ids])
            embeddings[row, :length] = words + self._positions[:length]
            mask[row, :length] = 1
        (hidden,) = self._session.run([HIDDEN], {EMBEDDINGS: embeddings, MASK: mask})
        summed = np.einsum("tkd,tk->td", hidden, mask)
        unit: Vectors = (summed / np.linalg.norm(summed, axis=1, keepdims=True)).astype(np.float32)
        return unit


def load_question_encoder(
    model: str | None, models: Path, *, share: float = question_adapter.SHARE, remembered: int = REMEMBERED
) -> RememberingEncoder:
    """Return the encoder of questions for KB_MODEL, see `load_encoder`.

    The bundled model's questions go through a share of what was learned about them; 0 is the plain
    model. The vectors of the last `remembered` questions are kept.

    Raises:
        ModelError: the model is missing or damaged; says how to mend it.
    """
    stamp = known_stamp(model)
    if stamp is None:
        return RememberingEncoder(load_encoder(model, models), remembered)
    questions = BundledQuestionEncoder(stamp, bundled_model.unpacked(models), share)
    return RememberingEncoder(questions, remembered)


def bundled_revision(share: float = question_adapter.SHARE) -> str:
    """Return the bundled model's `questions_revision` without loading it."""
    return f"{question_adapter.SHA256[:12]} x {share}" if share else "plain"


def _session(network: Network) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in network.constants.values()]
    options.add_external_initializers(list(network.constants), values)
    return onnxruntime.InferenceSession(network.graph, options, providers=["CPUExecutionProvider"])


def _weights(folder: Path) -> tuple[Any, dict[str, NDArray[np.float32]]]:
    """Return the word embeddings, read row by row from the mapped file, and all other weights."""
    file: Any = safe_open(folder / bundled_model.WEIGHTS, framework="numpy")  # the library has no types here
    others = [name for name in file.keys() if name != _WORDS]  # noqa: SIM118 - it is no mapping
    return file.get_slice(_WORDS), {name: file.get_tensor(name) for name in others}


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(bundled_model.MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def _shape(folder: Path) -> BertShape:
    configuration = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return BertShape(
        configuration["num_hidden_layers"],
        configuration["num_attention_heads"],
        configuration["layer_norm_eps"],
    )
