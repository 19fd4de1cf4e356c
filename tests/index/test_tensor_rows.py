"""Rows of a tensor are those that the library reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.tensor_rows import TensorRows

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_are_those_of_the_tensor_in_any_order(tmp_path: Path) -> None:
    wanted = np.random.default_rng(1).normal(size=(50, 7)).astype(np.float32)
    save_file(
        {"first": np.ones((3, 2), np.float32), "words": wanted, "z": np.zeros(9)}, tmp_path / "m.safetensors"
    )
    rows = TensorRows(tmp_path / "m.safetensors", "words")
    assert np.array_equal(rows.take([49, 0, 7, 7]), wanted[[49, 0, 7, 7]])


def test_numbers_of_another_kind_are_refused(tmp_path: Path) -> None:
    save_file({"words": np.zeros((3, 2), np.float16)}, tmp_path / "m.safetensors")
    with pytest.raises(ValueError, match="F16"):
        TensorRows(tmp_path / "m.safetensors", "words")
