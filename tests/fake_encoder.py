"""A deterministic encoder with meaning: texts that share words are similar."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from index.german import terms
from index.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.encoder import Vectors

DIMENSION = 256


class WordEncoder:
    """Each stem has a random direction of its own; a text is the sum of its stems' directions."""

    def __init__(self, name: str = "words") -> None:
        self.stamp = Stamp(name, "1", "", "", DIMENSION)
        self.questions_revision = "plain"
        self.encoded: list[str] = []  # passage texts, so that tests can count what was encoded

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return self._encode(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        rows = [sum((_direction(term) for term in terms(text)), np.full(DIMENSION, 1e-3)) for text in texts]
        matrix = np.asarray(rows, dtype=np.float32)
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        normal: Vectors = matrix / lengths
        return normal


def _direction(term: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.random.default_rng(zlib.crc32(term.encode())).standard_normal(DIMENSION)
