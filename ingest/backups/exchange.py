"""Two folders change places in one step, so that at no moment one of the names is missing."""

from __future__ import annotations

import ctypes
import errno
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HERE = -100  # AT_FDCWD: relative paths begin in the working directory
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})


def exchange(one: Path, other: Path) -> None:
    """Let two folders that lie beside each other change places, durably.

    Where the system cannot do that at once (macOS, network drives) it is done by three renames; a power
    cut between them leaves both folders whole, but `other` under a name that ends in `.tausch`.

    Raises:
        OSError: they cannot be renamed; both are where they were.
    """
    if not _exchanged_at_once(one, other):
        _exchange_one_by_one(one, other)
    descriptor = os.open(other.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchange_one_by_one(one: Path, other: Path) -> None:
    aside = other.with_name(f"{other.name}.tausch")
    other.rename(aside)
    try:
        one.rename(other)
    except OSError:
        aside.rename(other)
        raise
    aside.rename(one)


def _exchanged_at_once(one: Path, other: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))
