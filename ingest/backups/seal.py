"""The seal of an archive: the sha256 of all bytes before it, written as the comment that ends the ZIP.

It guards every byte, those too that no file's own hash covers: names, dates, the directory, the manifest.
It tells damage and no more: whoever changes an archive on purpose can seal it again.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

_MARK = b"sha256="
_LENGTH = len(_MARK) + hashlib.sha256().digest_size * 2
_BLOCK = 1_000_000  # bytes held in memory

UNSEALED = _MARK.ljust(_LENGTH, b"0")  # the comment while an archive is written: of the same length


def seal(path: Path) -> None:
    """Write the seal in place of the comment `UNSEALED`."""
    with path.open("r+b") as file:
        digest = _digest(file)
        file.seek(-_LENGTH, os.SEEK_END)
        file.write(_MARK + digest)


def is_whole(path: Path) -> bool:
    """Whether the file ends with a seal: one that was cut off has none."""
    with path.open("rb") as file:
        return _ending(file).startswith(_MARK)


def is_unbroken(path: Path) -> bool:
    """Whether every byte is as it was when the file was sealed."""
    with path.open("rb") as file:
        return _ending(file) == _MARK + _digest(file)


def _ending(file: BinaryIO) -> bytes:
    file.seek(max(0, file.seek(0, os.SEEK_END) - _LENGTH))
    return file.read()


def _digest(file: BinaryIO) -> bytes:
    left = file.seek(0, os.SEEK_END) - _LENGTH
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (block := file.read(min(left, _BLOCK))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest().encode()
