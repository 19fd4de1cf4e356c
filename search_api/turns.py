"""Folders are written one after the other, and few wait: each keeps a thread that answers questions."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

_WAITING = 3
_BUSY = "Gerade werden zu viele Mappen geschrieben. Bitte versuchen Sie es in einer Minute noch einmal."


class FoldersBusyError(KnowledgeBaseError):
    """Too many folders are wanted at once."""


class Turns:
    """Lets one work and `waiting` others wait; safe to use from several threads."""

    def __init__(self, waiting: int = _WAITING) -> None:
        self._places = threading.BoundedSemaphore(1 + waiting)
        self._working = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn and have it inside.

        Raises:
            FoldersBusyError: enough are waiting already.
        """
        if not self._places.acquire(blocking=False):
            raise FoldersBusyError(_BUSY)
        try:
            with self._working:
                yield
        finally:
            self._places.release()
