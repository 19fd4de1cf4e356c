"""Files that survive a crash: written aside, synced to the disk, then renamed into place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Replace the file at `path` in one step: a reader sees the old text or the new one."""
    draft = path.with_name(path.name + ".neu")
    draft.write_text(text, encoding="utf-8")
    _sync(draft)
    draft.replace(path)
    _sync(path.parent)


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
    finally:
        os.close(descriptor)
