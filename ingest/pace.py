"""How far an ingestion is, how fast it gets on and how long it will still take."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_SETTLED_S = 3.0  # until then neither speed nor time left are more than a guess
_RECENT_S = 30.0  # the speed is that of so long: vectors that are kept cost nothing, others a lot


class Stage(StrEnum):
    """What an ingestion is at: reading and encoding, examining what it made, publishing it."""

    READ = "read"
    CHECK = "check"
    PUBLISH = "publish"


@dataclass(slots=True)
class _Kind:
    """What is known of the sources with one suffix."""

    read_bytes: int = 0
    passages: int = 0
    unread: int = 0
    unread_bytes: int = 0

    def take(self, size: int, passages: int) -> None:
        """A source of this kind is read."""
        self.read_bytes += size
        self.passages += passages
        self.unread -= 1
        self.unread_bytes -= size


class Pace:
    """Counts along. `clock` returns seconds.

    The time left is that of the passages still to be written, at the speed of late. How many a source
    will give is guessed from its bytes and what sources with the same suffix gave, for the first one
    of its suffix from what a source gave on average: a recording has a thousand times the bytes of
    a text and no more words.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.sources = 0
        self.sources_done = 0
        self.passages = 0
        self._sizes: Mapping[str, int] = {}
        self._kinds: dict[str, _Kind] = defaultdict(_Kind)
        self._expected = 0.0
        self._marks: deque[tuple[float, int]] = deque()  # when, and how many passages were written by then

    def begin(self, sources: int, sizes: Mapping[str, int]) -> None:
        """So many sources are to be read, of these sizes in bytes."""
        self.sources = sources
        self._sizes = sizes
        for source, size in sizes.items():
            kind = self._kinds[_suffix(source)]
            kind.unread += 1
            kind.unread_bytes += size

    def source_done(self, source: str, passages: int) -> None:
        """A source is read and gave so many passages."""
        if not self._marks:
            self._marks.append((self._clock(), 0))  # before that the encoder was loaded
        self.sources_done += 1
        self._kinds[_suffix(source)].take(self._sizes.get(source, 0), passages)
        self._expected = self._guessed()

    def encoded(self, passages: int) -> None:
        """So many more passages are written."""
        self.passages += passages
        now_s = self._clock()
        self._marks.append((now_s, self.passages))
        while len(self._marks) > 2 and now_s - self._marks[1][0] >= _RECENT_S:
            self._marks.popleft()

    @property
    def passages_per_s(self) -> float | None:
        """The speed of late; None as long as nobody can know it."""
        if len(self._marks) < 2:
            return None
        (began_s, before), (now_s, after) = self._marks[0], self._marks[-1]
        return (after - before) / (now_s - began_s) if now_s - began_s >= _SETTLED_S else None

    @property
    def remaining_s(self) -> float | None:
        """How long reading and encoding will still take; None as long as nobody can know it, or no longer."""
        speed = self.passages_per_s
        left = self._expected - self.passages
        if not speed or left < 0:
            return None
        if left == 0:
            return 0.0 if self.sources_done == self.sources else None
        remaining_s = left / speed - (self._clock() - self._marks[-1][0])
        return remaining_s if remaining_s >= 1 else None  # the guess is used up

    def _guessed(self) -> float:
        """Return how many passages there will be in all."""
        kinds = list(self._kinds.values())
        passages = sum(kind.passages for kind in kinds)
        usual = passages / self.sources_done
        return passages + sum(
            kind.unread_bytes * kind.passages / kind.read_bytes if kind.read_bytes else kind.unread * usual
            for kind in kinds
        )


def _suffix(source: str) -> str:
    return PurePosixPath(source).suffix.lower()
