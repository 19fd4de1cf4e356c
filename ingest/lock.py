"""One writer at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import IngestionRunningError, SwitchingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


_TURN_S = 60.0  # a swap takes milliseconds; deleting a large generation on a slow disk some seconds


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the writer's lock; the system frees it when the process ends, however it ends.

    Raises:
        IngestionRunningError: another process holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / "ingest.lock", timeout=0):
            yield
    except Timeout as error:
        raise IngestionRunningError from error


@contextmanager
def switching(data: Path) -> Iterator[None]:
    """Change what is served, one process after the other: going back does not wait for an ingestion.

    Raises:
        SwitchingError: another process takes too long.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / "switch.lock", timeout=_TURN_S):
            yield
    except Timeout as error:
        raise SwitchingError from error
