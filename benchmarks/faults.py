"""`python -m benchmarks.faults [--points 200] [--full]`: publications that are killed at every step.

A small corpus is published, then changed; the second ingestion dies (SIGKILL) at its n-th step, for n from
the first to the last, and at moments in between, inside the store. Steps are files opened for writing,
renamed or deleted, folders made or deleted, syncs to the disk, and writes to the store. With `--full` the
disk is full from the n-th step on instead. After each, what is served must be the state before or the one
after, whole; after every fifth, one more ingestion must bring it to the one after.
"""

from __future__ import annotations

import argparse
import errno
import json
import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copytree, disk_usage, rmtree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.victim import PUBLISHED, ingest, prepare, served, warm_up
from index.durable import copy_sparsely, copy_tree
from index.embedded import edge
from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

_FORK = multiprocessing.get_context("fork")  # imports are made once; no store is open in whoever forks
_MEMORY = Path("/dev/shm")  # noqa: S108 - a kill leaves the same files on any disk, here it is quicker
_ROOM = 4_000_000_000  # bytes; a shard reserves 200 MB, of which it fills little
_AGAIN_EVERY = 5  # strikes: after each of these one more ingestion shows that what was left harms nobody
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"})
_MOST = 1_000_000_000  # steps: more than there are


@dataclass(frozen=True)
class Seen:
    """What was served after a strike, and after one more ingestion; a victim may end before its time."""

    state: list[str]
    again: list[str] | None
    killed: bool


@dataclass
class Steps:
    """Counts this process's steps and strikes at the `last`: kills it, or fills the disk from then on."""

    last: int
    full: bool
    count: int = 0

    def __call__(self) -> None:
        """Take one step."""
        self.count += 1
        if self.count < self.last:
            return
        if not self.full:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def watch(self) -> None:
        """Count from now on; there is no way back, so only in a process of its own."""
        sys.addaudithook(self._hear)
        for room, name in ((edge, "put"), (edge, "remove"), (os, "fsync")):
            setattr(room, name, partial(self._then, getattr(room, name)))

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EVENTS and (event != "open" or (arguments[2] or 0) & _WRITING):
            self()

    def _then(self, act: Callable[..., object], *arguments: object, **options: object) -> object:
        self()
        return act(*arguments, **options)


def main(arguments: Sequence[str]) -> int:
    """Strike as often as asked, print what came of it as JSON; 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--points", type=int, default=200, help="at least so many, and every step")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only at every n-th step")
    parser.add_argument("--full", action="store_true", help="a full disk instead of a kill")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(dir=roomy_memory()) as folder:
        found = strike_everywhere(Path(folder), options.points, options.every, full=options.full)
    sys.stdout.write(json.dumps(found) + "\n")
    return 1 if found["lost"] or found["unmended"] else 0


def strike_everywhere(folder: Path, least: int, every: int, *, full: bool) -> dict[str, Any]:
    """Return how many points there were and what was served after each, see the module."""
    warm_up()
    prepared = folder / "prepared"
    _in_child(prepare, prepared)
    before = _in_child(served, prepared)
    whole = folder / "whole"
    copy_tree(prepared, whole)
    steps, seconds = _in_child(_count, whole)
    after = _in_child(served, whole)
    moments = [] if full else np.linspace(0, seconds, max(0, least - steps // every)).tolist()
    points: list[tuple[int, float]] = [(step, 0.0) for step in range(1, steps + 1, every)]
    points += [(_MOST, moment) for moment in moments]
    seen = _in_parallel(folder, prepared, points, full=full)
    states = {json.dumps(before): "before", json.dumps(after): "after"}
    named = [states.get(json.dumps(each.state), "lost") for each in seen]
    lost = [point for point, name in zip(points, named, strict=True) if name == "lost"]
    return {
        "points": len(points),
        "steps": steps,
        **{n: named.count(n) for n in ("before", "after")},
        "lost": lost,
        "unmended": [
            point for point, each in zip(points, seen, strict=True) if each.again not in (None, after)
        ],
        "killed": sum(each.killed for each in seen),
    }


def roomy_memory() -> Path | None:
    """Return a folder in memory, None where there is too little room: a container may have 64 MB there."""
    return _MEMORY if _MEMORY.is_dir() and disk_usage(_MEMORY).free > _ROOM else None


def _in_parallel(
    folder: Path, prepared: Path, points: Sequence[tuple[int, float]], *, full: bool
) -> list[Seen]:
    """Strike at all points, on as many cores as there are; the answers are in the order of the points."""
    workers = os.cpu_count() or 1
    parts = [points[number::workers] for number in range(workers)]
    pipes = []
    for number, part in enumerate(parts):
        here, there = _FORK.Pipe(duplex=False)
        scratch = folder / f"scratch{number}"
        _FORK.Process(target=_strike_each, args=(prepared, scratch, part, full, there)).start()
        there.close()
        pipes.append(here)
    answers = [pipe.recv() for pipe in pipes]
    return [answers[at % workers][at // workers] for at in range(len(points))]


def _strike_each(
    prepared: Path, scratch: Path, points: Sequence[tuple[int, float]], full: bool, answers: Connection
) -> None:
    states = []
    for number, (last, moment_s) in enumerate(points):
        copytree(prepared, scratch, copy_function=_copied)
        victim = _FORK.Process(target=_struck, args=(scratch, last, moment_s, full))
        victim.start()
        victim.join()
        killed = (victim.exitcode or 0) < 0
        state = _in_child(served, scratch)
        again = None if number % _AGAIN_EVERY else _in_child(_served_later, scratch)
        states.append(Seen(state, again, killed))
        rmtree(scratch)
    answers.send(states)


def _served_later(folder: Path) -> list[str]:
    """Ingest once more, undisturbed."""
    ingest(folder)
    return served(folder)


def _copied(source: str, target: str) -> None:
    """Copy a file; those of older generations, which are only ever deleted, are the same file twice."""
    if "/generations/" in source and f"/{PUBLISHED}/" not in source:
        os.link(source, target)
    else:
        copy_sparsely(source, target)


def _struck(folder: Path, last: int, moment_s: float, full: bool) -> None:
    """Ingest until struck: at a step or, by a timer whose signal nobody handles, at a moment."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a full disk says is of no interest
    Steps(last, full).watch()
    if moment_s:
        signal.setitimer(signal.ITIMER_REAL, moment_s)
    try:
        ingest(folder)
    except (KnowledgeBaseError, OSError):
        os._exit(1)
    os._exit(0)


def _count(folder: Path) -> tuple[int, float]:
    steps = Steps(_MOST, full=False)
    steps.watch()
    began_s = time.monotonic()
    ingest(folder)
    return steps.count, time.monotonic() - began_s


def _in_child(act: Callable[[Path], Any], folder: Path) -> Any:  # noqa: ANN401 - whatever `act` returns
    """Return what `act` returns in a process of its own: the store starts threads, which no fork survives."""
    here, there = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=lambda: there.send(act(folder)))
    child.start()
    there.close()
    answer = here.recv()
    child.join()
    return answer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
