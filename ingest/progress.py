"""The progress of an ingestion as a bar on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from types import TracebackType


class RichProgress:
    """A bar over the sources with the passages written so far; silent where no terminal is."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("Quellen, {task.fields[passages]} Textstellen"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("Aufnehmen", total=None, passages=0)
        self._passages = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def begin(self, sources: int) -> None:
        """Work on so many sources begins."""
        self._bar.update(self._task, total=sources)

    def source_done(self, source: str) -> None:
        """A source is read (or failed)."""
        self._bar.update(self._task, advance=1, description=source[-40:])

    def encoded(self, passages: int) -> None:
        """So many more passages are encoded and written."""
        self._passages += passages
        self._bar.update(self._task, passages=self._passages)
