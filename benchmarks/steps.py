"""The steps that a process takes on its files, and strikes at or shortly after one of them."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedded import draft, edge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NEVER = 1_000_000_000  # a step: more than there are
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_EVENTS = frozenset({"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"})
_BY_THE_STORE = frozenset({"put", "remove", "taken"})  # it writes, deletes, or builds and flushes
_PER_GAP = 4  # moments


@dataclass(frozen=True, slots=True)
class Strike:
    """At the beginning of the n-th step, from 1, or so many seconds after it."""

    step: int
    later_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """What began when, by the monotonic clock."""

    name: str
    at_s: float


@dataclass
class Steps:
    """Notes this process's steps and strikes: kills it, or fills the disk from then on."""

    strike: Strike
    full: bool
    taken: list[Step] = field(default_factory=list)

    def __call__(self, name: str) -> None:
        """Take one step."""
        self.taken.append(Step(name, time.monotonic()))
        if len(self.taken) < self.strike.step:
            return
        if self.strike.later_s:
            if len(self.taken) == self.strike.step:
                signal.setitimer(signal.ITIMER_REAL, self.strike.later_s)  # nobody handles its signal
            return
        if not self.full:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def watch(self) -> None:
        """Note from now on; there is no way back, so only in a process of its own."""
        sys.addaudithook(self._hear)
        # `taken` is the last of ours before the store builds its search structures and flushes them
        for room, name in ((edge, "put"), (edge, "remove"), (draft, "taken"), (os, "fsync")):
            setattr(room, name, partial(self._then, name, getattr(room, name)))

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EVENTS and (event != "open" or (arguments[2] or 0) & _WRITING):
            self(event)

    def _then(self, name: str, act: Callable[..., object], *arguments: object, **options: object) -> object:
        self(name)
        return act(*arguments, **options)


def at_every(taken: Sequence[Step], every: int) -> list[Strike]:
    """Return strikes at every n-th step."""
    return [Strike(number) for number in range(1, len(taken) + 1, every)]


def at_named(taken: Sequence[Step], name: str, every: int = 1) -> list[Strike]:
    """Return strikes at every n-th of the steps of this name."""
    return [Strike(number) for number, step in enumerate(taken, 1) if step.name == name][::every]


def within_the_store(taken: Sequence[Step], count: int) -> list[Strike]:
    """Return so many strikes while the store itself is at work, a few in each of its longest silences."""
    ends = [step.at_s for step in taken[1:]]
    silent_s = {
        number: end - step.at_s
        for number, (step, end) in enumerate(zip(taken, ends, strict=False), 1)
        if step.name in _BY_THE_STORE
    }
    longest = sorted(silent_s, key=lambda number: -silent_s[number])
    parts = np.linspace(0, 1, _PER_GAP + 2)[1:-1].tolist()
    return [Strike(number, part * silent_s[number]) for number in longest for part in parts][:count]
