"""What a reader is: it turns a path into a document, and may show that it gets on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from index.passage import Document

Reader = Callable[[Path], Document]
Tick = Callable[[], None]  # called again and again by a reader that takes its time


class TickingReader(Protocol):
    """A reader that shows by `tick` that it gets on: after each page, each picture."""

    def __call__(self, path: Path, *, tick: Tick) -> Document:
        """Return the document of the file at `path`."""


def unwatched() -> None:
    """Nobody waits for the next tick."""
