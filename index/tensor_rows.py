"""Rows of one tensor in a safetensors file, read when they are asked for.

A mapped file counts as memory of the process, and every row that is touched brings 64 kB with it: after some
hundred questions, 150 MB for word embeddings of which they need two.
Format: https://github.com/huggingface/safetensors#format
"""

from __future__ import annotations

import json
import os
import weakref
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_LENGTH_BYTES = 8  # of the header's length, little-endian, at the start of the file


class TensorRows:
    """A float32 tensor of two dimensions; safe to use from several threads."""

    def __init__(self, path: Path, name: str) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self._file)
        header_bytes = int.from_bytes(os.pread(self._file, _LENGTH_BYTES, 0), "little")
        described = json.loads(os.pread(self._file, header_bytes, _LENGTH_BYTES))[name]
        if described["dtype"] != "F32":
            message = f"{name} is {described['dtype']}, not F32"
            raise ValueError(message)
        self._begin = _LENGTH_BYTES + header_bytes + described["data_offsets"][0]
        self._row_bytes = described["shape"][1] * np.dtype(np.float32).itemsize

    def take(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Return these rows, shape (numbers, columns)."""
        rows = (os.pread(self._file, self._row_bytes, self._begin + n * self._row_bytes) for n in numbers)
        return np.frombuffer(b"".join(rows), dtype=np.dtype("<f4")).reshape(len(numbers), -1)
