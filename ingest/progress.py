"""The progress of an ingestion: a bar for a person at a terminal, lines of JSON for a program."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn
from rich.text import Text

from ingest.pace import Pace, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import TextIO

    from rich.progress import Task

_EVERY_S = 0.5  # between two lines of JSON at least
_STAGES = {
    Stage.READ: "Lesen und berechnen",
    Stage.CHECK: "Prüfen",
    Stage.PUBLISH: "Veröffentlichen",
}


class _Figures(ProgressColumn):
    """The figures beside the bar; drawn anew by rich, so that the time left counts down."""

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def render(self, task: Task) -> Text:
        """Return what is known; the time left only while reading and encoding."""
        pace = self._pace
        words = [f"{pace.sources_done} von {pace.sources} Quellen", f"{pace.passages} Textstellen"]
        speed, remaining_s = pace.passages_per_s, pace.remaining_s
        if task.fields["stage"] is Stage.READ and speed:
            words.append(f"{speed:.1f}/s".replace(".", ","))
        if task.fields["stage"] is Stage.READ and remaining_s:
            words.append(f"noch {in_words(remaining_s)}")
        return Text(", ".join(words))


class RichProgress:
    """A bar over the sources with passages, speed and time left; silent where no terminal is."""

    def __init__(self, console: Console | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._pace = Pace(clock)
        shown = console or Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=15),
            _Figures(self._pace),
            console=shown,
            disable=not shown.is_terminal,
        )
        self._task = self._bar.add_task(_STAGES[Stage.READ], total=None, stage=Stage.READ)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def begin(self, sources: int, sizes: Mapping[str, int]) -> None:
        """Reading and encoding so many sources begins; `sizes` are their bytes."""
        self._pace.begin(sources, sizes)
        self._bar.update(self._task, total=sources)

    def source_done(self, source: str, passages: int) -> None:
        """A source is read and gave so many passages, or failed."""
        self._pace.source_done(source, passages)
        self._bar.update(self._task, advance=1)

    def encoded(self, passages: int) -> None:
        """So many more passages are encoded and written."""
        self._pace.encoded(passages)

    def stage(self, stage: Stage) -> None:
        """The next stage begins."""
        self._bar.update(self._task, description=_STAGES[stage], stage=stage)


class JsonProgress:
    """A line of JSON at the beginning and the end of every stage, and in between each half second at most."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._pace = Pace(clock)
        self._stage: Stage | None = None
        self._written_s = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._end()

    def begin(self, sources: int, sizes: Mapping[str, int]) -> None:
        """Reading and encoding so many sources begins; `sizes` are their bytes."""
        self._pace.begin(sources, sizes)
        self.stage(Stage.READ)

    def source_done(self, source: str, passages: int) -> None:
        """A source is read and gave so many passages, or failed."""
        self._pace.source_done(source, passages)
        self._write_if_due()

    def encoded(self, passages: int) -> None:
        """So many more passages are encoded and written."""
        self._pace.encoded(passages)
        self._write_if_due()

    def stage(self, stage: Stage) -> None:
        """The next stage begins."""
        self._end()
        self._stage = stage
        self._write()

    def _end(self) -> None:
        if self._stage is not None:
            self._write()

    def _write_if_due(self) -> None:
        if self._clock() - self._written_s >= _EVERY_S:
            self._write()

    def _write(self) -> None:
        self._written_s = self._clock()
        pace = self._pace
        reading = self._stage is Stage.READ
        line = {
            "event": "progress",
            "stage": self._stage,
            "sources_done": pace.sources_done,
            "sources": pace.sources,
            "passages": pace.passages,
            "passages_per_s": _rounded(pace.passages_per_s, 1) if reading else None,
            "remaining_s": _rounded(pace.remaining_s, 0) if reading else None,
        }
        self._stream.write(json.dumps(line) + "\n")
        self._stream.flush()


def in_words(seconds: float) -> str:
    """Return a time as a person says it: seconds, then minutes, then hours."""
    if seconds < 55:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _rounded(figure: float | None, digits: int) -> float | None:
    """Return a figure with so many digits behind the point; None stays unknown."""
    return None if figure is None else round(figure, digits or None)
