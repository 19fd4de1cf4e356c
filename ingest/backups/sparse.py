"""Writing files with holes where there are only zeros: Edge reserves 200 MB for a shard and fills one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

_HOLE = 4_096  # bytes: what file systems give out at least
_ZEROS = bytes(1 << 20)


class SparseWriter:
    """Writes blocks to a new, empty file one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, block: bytes) -> None:
        """Write a block; where it is zero the file is left as it is, which reads as zeros."""
        if block == _ZEROS[: len(block)]:
            self._file.seek(len(block), os.SEEK_CUR)
            return
        for start in range(0, len(block), _HOLE):
            part = block[start : start + _HOLE]
            if part == _ZEROS[: len(part)]:
                self._file.seek(len(part), os.SEEK_CUR)
            else:
                self._file.write(part)

    def finish(self) -> None:
        """Give the file its length, which a hole at its end does not."""
        self._file.truncate(self._file.tell())
