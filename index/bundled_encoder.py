"""The bundled model on ONNX Runtime: the network is built from the verified weights when it is opened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from safetensors import safe_open
from tokenizers import Tokenizer

from index import bundled_model, question_adapter
from index.encoder import PASSAGE_PREFIX, QUERY_PREFIX
from index.question_network import EMBEDDINGS, HIDDEN, MASK, BertShape, bert_network
from index.tensor_rows import TensorRows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoder import Vectors
    from index.question_network import Network
    from index.stamp import Stamp

_WORDS = "embeddings.word_embeddings.weight"
_BATCH = 16  # texts in one run; a longer batch is mostly padding


class BundledEncoder:
    """The bundled model: no torch, little memory, a start of a second or two.

    With a `share` of what was learned about questions it is for questions alone, without for both sides.
    """

    def __init__(self, stamp: Stamp, folder: Path, share: float = 0.0) -> None:
        self.stamp = stamp
        self.questions_revision = question_adapter.revision(share)
        self._tokenizer = _tokenizer(folder)
        self._words = TensorRows(folder / bundled_model.WEIGHTS, _WORDS)
        weights = _weights(folder)
        self._positions = weights["embeddings.position_embeddings.weight"]
        self._positions = self._positions + weights["embeddings.token_type_embeddings.weight"][0]
        adapted = question_adapter.adapted(weights, share) if share else weights
        network = bert_network(adapted, _shape(folder))
        self._session = _session(network)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the model sees in `text`, without the ones it adds itself."""
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return sum(
            len(part.ids) for part in (encoding, *encoding.overflowing)
        )  # it is cut at what is read at once

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each question, shape (questions, dimension), length 1."""
        return self._encode_all([QUERY_PREFIX + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text that is to be found, shape (texts, dimension), length 1."""
        return self._encode_all([PASSAGE_PREFIX + text for text in texts])

    def _encode_all(self, texts: Sequence[str]) -> Vectors:
        rows = [np.empty((0, self.stamp.dimension), dtype=np.float32)]
        rows += [self._encode(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(rows)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(list(texts))
        longest = max(len(encoding.ids) for encoding in encodings)
        embeddings = np.zeros((len(texts), longest, self.stamp.dimension), dtype=np.float32)
        mask = np.zeros((len(texts), longest), dtype=np.int32)
        for row, encoding in enumerate(encodings):
            length = len(encoding.ids)
            embeddings[row, :length] = self._words.take(encoding.ids) + self._positions[:length]
            mask[row, :length] = 1
        (hidden,) = self._session.run([HIDDEN], {EMBEDDINGS: embeddings, MASK: mask})
        summed = np.einsum("tkd,tk->td", hidden, mask)
        unit: Vectors = (summed / np.linalg.norm(summed, axis=1, keepdims=True)).astype(np.float32)
        return unit


def _session(network: Network) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in network.constants.values()]
    options.add_external_initializers(list(network.constants), values)
    return onnxruntime.InferenceSession(network.graph, options, providers=["CPUExecutionProvider"])


def _weights(folder: Path) -> dict[str, NDArray[np.float32]]:
    """Return all weights but the word embeddings, which are most of the file."""
    # The library has no types here.
    opened: Any = safe_open(folder / bundled_model.WEIGHTS, framework="numpy")
    with opened as file:
        return {name: file.get_tensor(name) for name in file.keys() if name != _WORDS}  # noqa: SIM118 - no mapping


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
