"""`python -m benchmarks.faults [--points 200] [--full | --linked]`: publications killed at every step.

A small corpus is published, then changed; the second ingestion dies (SIGKILL) at its n-th step, for n from
the first to the last, and at moments in between, inside the store. Steps are files opened for writing,
linked, renamed or deleted, folders made or deleted, syncs to the disk, and writes to the store. With `--full`
the disk is full from the n-th step on instead. With `--linked` the generations share files, and it dies at
each link, each renaming, some syncs and inside the store. After each, what is served must be the state before
or the one after, whole, and what was shared as it was; after every fifth, one more ingestion must bring it
to the one after.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, disk_usage, rmtree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.steps import NEVER, Step, Steps, Strike, at_every, at_named, within_the_store
from benchmarks.victim import LINKED, PUBLISHED, SMALL, Victim, served, shared, warm_up
from index.durable import copy_sparsely, copy_tree
from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

_FORK = multiprocessing.get_context("fork")  # imports are made once; no store is open in whoever forks
_MEMORY = Path("/dev/shm")  # noqa: S108 - a kill leaves the same files on any disk, here it is quicker
_ROOM = 4_000_000_000  # bytes; a shard reserves 200 MB, of which it fills little
_AGAIN_EVERY = 5  # strikes: after each of these one more ingestion shows that what was left harms nobody
_MOMENTS = 20  # inside the store
_MOMENTS_LINKED = 8
_SYNCS = 30  # every so many of some hundred syncs, where files are shared


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is struck, and whether it finds the disk full instead of being killed."""

    victim: Victim
    full: bool = False

    def undisturbed(self, folder: Path) -> list[Step]:
        """Ingest to the end; return the steps that this takes."""
        steps = Steps(Strike(NEVER), full=False)
        steps.watch()
        self.victim.ingest(folder)
        return steps.taken

    def served_later(self, folder: Path) -> list[str]:
        """Ingest once more and return what is served then."""
        self.victim.ingest(folder)
        return served(folder)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was served after a strike, and after one more ingestion; a victim may end before its time."""

    state: list[str]
    again: list[str] | None
    signal: int  # that ended it; 0: none
    shared: dict[str, str]


def main(arguments: Sequence[str]) -> int:
    """Strike as often as asked, print what came of it as JSON; 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--points", type=int, default=200, help="at least so many, and every step")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only at every n-th step")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--full", action="store_true", help="a full disk instead of a kill")
    kinds.add_argument("--linked", action="store_true", help="generations that share files")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(dir=roomy_memory()) as folder:
        if options.linked:
            found = strike_linked(Path(folder))
        else:
            found = strike_everywhere(Path(folder), options.points, options.every, full=options.full)
    sys.stdout.write(json.dumps(found) + "\n")
    return 1 if found["lost"] or found["unmended"] or found["changed"] else 0


def strike_everywhere(folder: Path, least: int, every: int, *, full: bool) -> dict[str, Any]:
    """Return how many points there were, at least so many, and what was served after each, see the module."""

    def chosen(taken: Sequence[Step]) -> list[Strike]:
        steps = at_every(taken, every)
        return steps if full else steps + within_the_store(taken, max(_MOMENTS, least - len(steps)))

    return _struck_as(Plan(SMALL, full), folder, chosen)


def strike_linked(folder: Path) -> dict[str, Any]:
    """Return the same for generations that share files; `links` is how many of the points made one."""

    def chosen(taken: Sequence[Step]) -> list[Strike]:
        named = [
            *at_named(taken, "os.link"),
            *at_named(taken, "os.rename"),
            *at_named(taken, "fsync", _SYNCS),
        ]
        return named + within_the_store(taken, _MOMENTS_LINKED)

    return _struck_as(Plan(LINKED), folder, chosen)


def _struck_as(plan: Plan, folder: Path, choose: Callable[[Sequence[Step]], list[Strike]]) -> dict[str, Any]:
    """Strike where `choose` says, given the steps of an ingestion that nobody struck."""
    warm_up()
    prepared, whole = folder / "prepared", folder / "whole"
    _in_child(plan.victim.prepare, prepared)
    before, kept = _in_child(served, prepared), shared(prepared)
    copy_tree(prepared, whole)
    taken: list[Step] = _in_child(plan.undisturbed, whole)
    after = _in_child(served, whole)
    rmtree(whole)
    strikes = choose(taken)
    seen = _in_parallel(plan, folder, prepared, strikes)
    states = {json.dumps(before): "before", json.dumps(after): "after"}
    named = [states.get(json.dumps(each.state), "lost") for each in seen]
    told = [(strike.step, strike.later_s) for strike in strikes]
    return {
        "points": len(strikes),
        "steps": len(taken),
        "links": sum(not each.later_s and taken[each.step - 1].name == "os.link" for each in strikes),
        **{n: named.count(n) for n in ("before", "after")},
        "lost": [point for point, name in zip(told, named, strict=True) if name == "lost"],
        "unmended": [
            point for point, each in zip(told, seen, strict=True) if each.again not in (None, after)
        ],
        "changed": [point for point, each in zip(told, seen, strict=True) if each.shared != kept],
        "killed": sum(each.signal > 0 for each in seen),
        "killed_in_store": sum(each.signal == signal.SIGALRM for each in seen),
    }


def roomy_memory() -> Path | None:
    """Return a folder in memory, None where there is too little room: a container may have 64 MB there."""
    return _MEMORY if _MEMORY.is_dir() and disk_usage(_MEMORY).free > _ROOM else None


def _in_parallel(plan: Plan, folder: Path, prepared: Path, strikes: Sequence[Strike]) -> list[Seen]:
    """Strike everywhere, on as many cores as there are; the answers are in the order of the strikes."""
    workers = os.cpu_count() or 1
    pipes = []
    for number in range(workers):
        here, there = _FORK.Pipe(duplex=False)
        part, scratch = strikes[number::workers], folder / f"scratch{number}"
        _FORK.Process(target=_strike_each, args=(plan, prepared, scratch, part, there)).start()
        there.close()
        pipes.append(here)
    answers = [pipe.recv() for pipe in pipes]
    return [answers[at % workers][at // workers] for at in range(len(strikes))]


def _strike_each(
    plan: Plan, prepared: Path, scratch: Path, strikes: Sequence[Strike], answers: Connection
) -> None:
    seen = []
    for number, strike in enumerate(strikes):
        copytree(prepared, scratch, copy_function=_copied)
        process = _FORK.Process(target=_struck, args=(plan, scratch, strike))
        process.start()
        process.join()
        state = _in_child(served, scratch)
        again = None if number % _AGAIN_EVERY else _in_child(plan.served_later, scratch)
        seen.append(Seen(state, again, max(0, -(process.exitcode or 0)), shared(scratch)))
        rmtree(scratch)
    answers.send(seen)


def _copied(source: str, target: str) -> None:
    """Copy a file; those of older generations, which are only ever deleted, are the same file twice."""
    if "/generations/" in source and f"/{PUBLISHED}/" not in source:
        os.link(source, target)
    else:
        copy_sparsely(source, target)


def _struck(plan: Plan, folder: Path, strike: Strike) -> None:
    """Ingest until struck."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a full disk says is of no interest
    Steps(strike, plan.full).watch()
    try:
        plan.victim.ingest(folder)
    except (KnowledgeBaseError, OSError):
        os._exit(1)
    os._exit(0)


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
