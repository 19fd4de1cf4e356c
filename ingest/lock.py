"""One writer at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import IngestionRunningError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
