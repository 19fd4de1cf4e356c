"""`python -m tests.ingest.misbehaving`: the reading child with a reader that does what a file's name says."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

from index.passage import Document, HeadingLocation, Section
from ingest.reading import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ingest.readers import Tick


def said(text: str) -> Document:
    return Document((Section((), HeadingLocation(None), text),))


def hang(_tick: Tick) -> str:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGINT])
    while True:
        pass


def tick_for_ever(tick: Tick) -> str:
    while True:
        tick()


def take_long_but_get_on(tick: Tick) -> str:
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        tick()
    return "gelesen"


def crash(_tick: Tick) -> str:
    return str(ctypes.string_at(0))


def be_killed(_tick: Tick) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def leave(_tick: Tick) -> str:
    os._exit(0)


def swell(_tick: Tick) -> str:
    return str(len(bytearray(4_000_000_000)))


def swell_slowly(tick: Tick) -> str:
    taken: list[str] = []
    while True:
        taken.append("x" * 1_000_000 + str(len(taken)))
        tick()


def tell_too_much(_tick: Tick) -> str:
    return "x" * 3_000_000


def have_a_defect(_tick: Tick) -> str:
    message = "so war das nicht gedacht"
    raise LookupError(message)


def print_and_ask(_tick: Tick) -> str:
    print('{"question": 1, "answer": {"refused": "falsch"}}', flush=True)  # noqa: T201 - as a library might
    os.write(1, b"noch mehr\n")
    return f"eingegeben: {sys.stdin.read()!r}"


def flood_stderr(_tick: Tick) -> str:
    for _ in range(2_000):
        os.write(2, b"Warnung " * 100 + b"\n")
    return "gelesen"


def tell_its_alarm(_tick: Tick) -> str:
    return str(signal.alarm(0))


def write_a_file(_tick: Tick) -> str:
    os.write(os.memfd_create("datei"), b"x")  # a file, though one that leaves nothing behind
    return ""


def show_environment(_tick: Tick) -> str:
    descriptors = [name for name in os.listdir("/proc/self/fd") if int(name) > 2]  # noqa: PTH208 - numbers
    return f"{sorted(os.environ)} {len(descriptors)}"


def say_half_a_letter(_tick: Tick) -> str:
    return "\ud800"


def talk_nonsense(_tick: Tick) -> str:
    say_directly(b'{"question": %d, "answer": {"document": {"sections": 5}}}\n' % len(ASKED))
    return ""


def answer_twice(_tick: Tick) -> str:
    say_directly(b'{"question": %d, "answer": {"refused": "die erste Antwort"}}\n' % len(ASKED))
    return "die zweite Antwort"


def say_directly(line: bytes) -> None:
    """Write past our own code, as a hijacked library could."""
    for descriptor in range(3, 9):
        try:
            os.write(descriptor, line)
        except OSError:
            continue


BEHAVIOURS: dict[str, Callable[[Tick], str]] = {
    name: each for name, each in list(globals().items()) if callable(each) and name.islower()
}


ASKED: list[Path] = []


def read(path: Path, *, tick: Tick) -> Document:
    ASKED.append(path)
    behaviour = BEHAVIOURS.get(path.stem)
    return said(behaviour(tick) if behaviour else f"{path.name} gelesen")


if __name__ == "__main__":
    sys.exit(main(read))
