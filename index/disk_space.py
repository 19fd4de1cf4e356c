"""Room on the disk, asked for before it is needed: Edge maps its files, a full disk would end the process."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from index.errors import StoreFullError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RESERVE = 64_000_000  # bytes; a batch of passages takes 2 MB, new segments of Edge some more
_BLOCK = 512  # bytes, the unit of st_blocks in stat(2)
_MEGABYTE = 1_000_000
_TO_INGEST = (
    "Der bisherige Bestand bleibt, wie er ist. Schaffen Sie Platz und nehmen Sie dann noch einmal auf: "
    "»python -m ingest prune --keep 1« löscht alle früheren Stände und nennt, was eine Wiederherstellung "
    "(».vor-« im Namen) oder eine abgebrochene Sicherung daneben liegen ließ."
)


def taken(folder: Path, counted: Callable[[Path], bool] = lambda _: True) -> int:
    """Return how many bytes the `counted` files below `folder`, or a file, take; holes in them take none."""
    files = (path for path in (folder, *folder.rglob("*")) if path.is_file() and counted(path))
    return sum(path.stat().st_blocks * _BLOCK for path in files)


def require_room(folder: Path, needed: int, advice: str = _TO_INGEST) -> None:
    """Refuse to go on without `needed` bytes, and a reserve, on the disk of `folder`.

    Raises:
        StoreFullError: says how much there is and how much is needed, and gives the `advice`.
    """
    free = shutil.disk_usage(folder).free
    if free < needed + RESERVE:
        message = (
            f"Auf dem Datenträger von {folder} sind nur noch {free // _MEGABYTE} MB frei, gebraucht werden "
            f"etwa {(needed + RESERVE) // _MEGABYTE} MB. {advice}"
        )
        raise StoreFullError(message)
