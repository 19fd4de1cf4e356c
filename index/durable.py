"""Files that survive a crash: written aside, synced to the disk, then renamed into place."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK = 1_000_000  # bytes held in memory while copying


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace the file at `path` in one step: a reader sees the old content or the new one."""
    draft = path.with_name(path.name + ".neu")
    draft.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    _sync(draft)
    draft.replace(path)
    _sync(path.parent)


def copy_sparsely(source: str, target: str) -> None:
    """Copy a file's data and leave its holes: Edge reserves 200 MB for a shard and fills one.

    Where data lies is asked of the file system with SEEK_DATA and SEEK_HOLE (lseek(2)).
    """
    with open(source, "rb") as reading, open(target, "wb") as writing:  # noqa: PTH123 - shutil hands strings over
        size = os.fstat(reading.fileno()).st_size
        at = 0
        while (start := data_from(reading.fileno(), at, size)) < size:
            at = os.lseek(reading.fileno(), start, os.SEEK_HOLE)
            reading.seek(start)
            writing.seek(start)
            while (left := at - reading.tell()) > 0:
                writing.write(reading.read(min(left, _CHUNK)))
        writing.truncate(size)


def copy_tree(source: Path, target: Path, shared: Callable[[Path], bool] = lambda _: False) -> None:
    """Copy a folder with everything below it, holes left as holes.

    A `shared` file is linked, not copied (link(2)): both folders have the same one, and it must never be
    written again. Where the file system has no links it is copied like the others.
    """

    def copy(original: str, made: str) -> None:
        if not (shared(Path(original)) and _linked(original, made)):
            copy_sparsely(original, made)

    shutil.copytree(source, target, copy_function=copy)


def can_link(original: Path, folder: Path) -> bool:
    """Whether a link to the file `original` can be made in `folder`; none stays there."""
    made = folder / "link.neu"
    if not _linked(str(original), str(made)):
        return False
    made.unlink()
    return True


def _linked(original: str, made: str) -> bool:
    try:
        os.link(original, made)
    except OSError:
        return False
    return True


def data_from(descriptor: int, at: int, size: int) -> int:
    """Return where data begins at or after `at`, or `size` if only a hole follows."""
    try:
        return os.lseek(descriptor, at, os.SEEK_DATA) if at < size else size
    except OSError as error:
        if error.errno == errno.ENXIO:
            return size
        raise


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below `folder`, and it itself, to the disk (fsync)."""
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def move_into_place(draft: Path, target: Path) -> None:
    """Rename a complete, synced `draft` folder to `target` and make the rename durable."""
    sync_tree(draft)
    draft.rename(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL or not path.is_dir():  # on network shares folders may have no fsync
            raise
    finally:
        os.close(descriptor)
