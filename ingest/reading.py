"""`python -m ingest.reading [MODEL]`: the child that reads files, one a line of stdin, for `isolation.py`.

With the folder of a faster-whisper model it also listens to recordings.

It has little memory, no settings of ours, cannot write files and is ended by its parent whenever it
does not get on. The limits are those of POSIX (`resource`); Windows has no such module.
"""

from __future__ import annotations

import faulthandler
import json
import math
import os
import resource
import signal
import sys
import time
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import HALF_LETTERS, KnowledgeBaseError
from ingest.answers import LINES, Defect, Exhausted, Line, Read, Refused, Tick
from ingest.readers import read
from ingest.readers.recording import transcribe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.answers import Answer
    from ingest.readers import TickingReader

MEMORY_BYTES = 2_000_000_000  # far more than a thick handbook takes, and a small machine survives it
_LISTENING_BYTES = 6_000_000_000  # a guess for models up to "medium" and an hour of sound
_GRACE_S = 100  # beyond its limit without a tick: a parent that still lives would have ended us long before
_TICK_EVERY_S = 0.5  # often enough for any limit, seldom enough to cost nothing


class Parent:
    """The way back to the parent; `tick` is handed to readers."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._question = 0
        self._forsaken_s = _GRACE_S
        self._last_words = b""
        self._ticks = 0
        self._last_s = 0.0

    def begin(self, question: int, stall_s: float) -> None:
        """Answer this question from now on; the parent waits so many seconds for a tick."""
        self._forsaken_s = math.ceil(stall_s) + _GRACE_S
        signal.alarm(self._forsaken_s)
        self._question = question
        self._last_words = self._line(Exhausted(True))  # while there is memory to make them

    def tick(self) -> None:
        """Say that the reading gets on."""
        now_s = time.monotonic()
        if now_s - self._last_s >= _TICK_EVERY_S:
            self._last_s = now_s
            self.say(Tick(self._ticks))
            self._ticks += 1

    def say(self, answer: Answer) -> None:
        """Write one line; an answer that is no text becomes a refusal."""
        try:
            line = self._line(answer)
        except ValueError:  # pydantic's error for a lone surrogate
            line = self._line(Refused(HALF_LETTERS))
        self._write(line)

    def say_last_words(self) -> None:
        """Say that the memory is full."""
        self._write(self._last_words)

    def _line(self, answer: Answer) -> bytes:
        return LINES.dump_json(Line(self._question, answer)) + b"\n"

    def _write(self, line: bytes) -> None:
        """Write the whole line, and live on for a while."""
        signal.alarm(self._forsaken_s)
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]


def serve(requests: Iterable[str], parent: Parent, reader: TickingReader) -> int:
    """Read the files that are asked for until nobody asks any more."""
    parent.tick()
    for line in requests:
        request = json.loads(line)
        parent.begin(request["question"], request["stall_s"])
        try:
            parent.say(_answer(Path(request["path"]), parent, reader))
        except MemoryError:
            parent.say_last_words()
            return 1
        signal.alarm(0)  # waiting for the next file takes as long as encoding the last one
    return 0


def _answer(path: Path, parent: Parent, reader: TickingReader) -> Answer:
    try:
        return Read(reader(path, tick=parent.tick))
    except KnowledgeBaseError as error:
        return Refused(str(error))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - a reader's defect must not stop the other sources
        traceback.print_exc()
        return Defect(type(error).__name__)


def private_channels() -> tuple[int, int]:
    """Return where requests come from and answers go; what libraries print goes to stderr instead."""
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def limit_resources(memory_bytes: int) -> None:
    """Take little memory, write no files and leave no core dump; what a system does not know is left out."""
    wanted = ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0))
    for limit, value in wanted:
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):  # macOS refuses RLIMIT_AS
            sys.stderr.write(f"limit {limit} is not available here\n")


def main(reader: TickingReader = read, memory_bytes: int = MEMORY_BYTES) -> int:
    """Serve the parent at the other end of stdin and stdout."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends us even inside a library's endless loop
    requests, answers = private_channels()
    faulthandler.enable()
    limit_resources(memory_bytes)
    with os.fdopen(requests, encoding="utf-8") as lines:
        return serve(lines, Parent(answers), reader)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        listening = partial(read, transcriber=partial(transcribe, model=Path(sys.argv[1])))
        sys.exit(main(listening, _LISTENING_BYTES))
    sys.exit(main())
