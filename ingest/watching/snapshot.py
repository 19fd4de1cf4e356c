"""What lies below the corpus at one moment, cheaply: no file is opened.

Looking again and again instead of being told (inotify, the package `watchdog`): on network shares and
on the bind mounts of a container, where many a corpus lies, nobody is told of what others change.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    # path: bytes, and in ns when contents were changed and when anything was: programs can set the former
    # back, and copying does
    Snapshot = Mapping[str, tuple[int, int, int]]

_PASSED_OVER = (".", "~$")  # hidden files, locks of office programs: who opens a document changes nothing


def snapshot(corpus: Path) -> Snapshot:
    """Return all files below `corpus`; links count as themselves, so none leads out of it.

    Raises:
        OSError: the folder or one of its folders cannot be read, which must not look as if it were empty.
    """
    root = str(corpus)

    def raise_unless_just_deleted(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError) or error.filename == root:
            raise error

    seen = {}
    for folder, folders, names in os.walk(root, onerror=raise_unless_just_deleted):
        folders[:] = [name for name in folders if not name.startswith(_PASSED_OVER)]
        for name in names:
            if name.startswith(_PASSED_OVER):
                continue
            try:
                status = Path(folder, name).lstat()
            except FileNotFoundError:  # deleted since it was listed
                continue
            path = os.path.join(folder, name)  # noqa: PTH118 - quicker
            seen[path] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return seen


def changes(before: Snapshot, after: Snapshot) -> int:
    """Return how many files are new, changed or gone."""
    return len({path for path, _ in before.items() ^ after.items()})
