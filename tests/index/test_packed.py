"""What was packed at the installation comes back whole or not at all, however the file was damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.packed import read_packed, write_packed

if TYPE_CHECKING:
    from pathlib import Path

PARTS = {"numbers": np.arange(40, dtype=np.uint16), "words": np.array(["de", "fr"])}


def test_a_flipped_bit_anywhere_is_damage_or_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "packed.npz"
    write_packed(path, "1", PARTS)
    content = path.read_bytes()
    for place in range(len(content)):
        for bit in (1, 8, 32, 128):
            path.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
            found = read_packed(path, "1", tuple(PARTS))
            if found is not None:
                assert {name: each.tolist() for name, each in found.items()} == {
                    name: each.tolist() for name, each in PARTS.items()
                }, (place, bit)


def test_an_archive_without_one_of_the_arrays_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "packed.npz"
    write_packed(path, "1", PARTS)
    assert read_packed(path, "1", ("numbers",)) is not None
    assert read_packed(path, "1", ("numbers", "more")) is None
