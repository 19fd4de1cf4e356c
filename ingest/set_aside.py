"""What restorations and killed backups left lying: it takes room, and a person knows whether it can go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.disk_space import taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.settings import Settings

_FORMER = re.compile(r"\.vor-\d{4}-\d\d-\d\d-\d{6}(-wal|-shm|-journal)?$")  # ingest/backups/places.py
_HALF = re.compile(r"\..+\.neu")  # the same, and ingest/backups/backup.py
_INSIDE_A_HALF = ("archive.zip", "data", "index")
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file or folder that takes `size` bytes on the disk, and what it is, in German."""

    path: Path
    size: int
    what: str

    @property
    def line(self) -> str:
        """What a person reads of it."""
        return f"  {self.size / _MEGABYTE:.1f} MB  {self.path}  ({self.what})"


def set_aside(settings: Settings) -> list[SetAside]:
    """Return what was left beside materials and index and in the current folder, the largest first.

    Nothing is being backed up or restored meanwhile: the caller holds the writer's lock.
    """
    found = dict(_found(settings.corpus.resolve(), settings.data.resolve()))
    listed = [SetAside(path, taken(path), what) for path, what in found.items()]
    return sorted(listed, key=lambda each: (-each.size, each.path))


def _found(corpus: Path, data: Path) -> Iterator[tuple[Path, str]]:
    beside = [path for path in _inside(corpus.parent) if path.name.startswith(f"{corpus.name}.vor-")]
    for path in [*beside, *_inside(data)]:
        if _FORMER.search(path.name):
            yield path, "war da, bevor eine Sicherung zurückgeholt wurde"
    for folder in (corpus.parent, data.parent, Path.cwd()):
        for path in _inside(folder):
            if _HALF.fullmatch(path.name) and any((path / each).exists() for each in _INSIDE_A_HALF):
                yield path, "Rest einer abgebrochenen Sicherung"
    for path in (corpus.with_name(f".{corpus.name}.neu"), data / "restore.neu"):
        if path.is_dir():
            yield path, "Rest einer abgebrochenen Wiederherstellung"


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
