"""A child process that is asked a line at a time and has to answer within limits.

POSIX only: it gets a process group of its own, and its pipes are watched by `poll`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, PollSelector
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROOT = Path(__file__).parent.parent  # from where the child finds the same modules as we do
_KEPT_NAMES = (  # and none that begin with KB_: they may be secrets
    *("PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR"),
    *("TESSDATA_PREFIX", "OMP_THREAD_LIMIT"),  # of Tesseract, which the PDF reader may start
)
_START_S = 60.0  # until the first line: a cold disk on a small machine takes long to load the readers
_PIECE = 65_536  # bytes, what a pipe holds
_LAST_ERRORS = 20_000  # bytes of its stderr that are kept for the log
_DIES_S = 5.0  # from closing its pipes to being dead


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may take: seconds without a line, seconds in all, bytes of all lines."""

    stall_s: float = 20.0  # a page of text takes well under one
    whole_s: float = 4 * 3_600.0  # a scanned handbook of a thousand pages, some ten seconds each
    answer_bytes: int = 64_000_000  # some twenty thousand pages of text


class ChildError(Exception):
    """The child is of no more use."""


class StalledError(ChildError):
    """It said nothing for too long."""


class TooSlowError(ChildError):
    """It took too long in all."""


class TooMuchError(ChildError):
    """It said too much."""


class DiedError(ChildError):
    """It ended by itself or was killed; `signal` is the signal's number, 0 if it was none."""

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.signal = number


class Child:
    """A running child. One thread talks to it; `kill` may be called from any."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT_NAMES if name in os.environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,  # Ctrl-C is for us, and the whole group can be killed
        )
        self._requests, self._answers, self._errors = _pipes(self._process)
        self._pending = b""
        self._last_errors = b""
        self._ending = threading.Lock()
        self._ended = False
        self.asked = 0  # questions
        self.heard = False  # anything at all: it has started

    def is_idle(self) -> bool:
        """Whether it lives and has nothing left to say."""
        return not self._pending and not _readable([self._answers], 0)

    def ask(self, question: bytes, limits: Limits) -> Iterator[bytes]:
        """Send a line and yield the lines of the answer for as long as somebody wants more.

        Raises:
            ChildError: one of the limits is reached, or it died.
        """
        self.asked += 1
        self._last_errors = b""
        with suppress(BrokenPipeError):  # it is dead, and the missing answer will say so
            self._requests.write(question + b"\n")
        deadline = time.monotonic() + limits.whole_s
        left = limits.answer_bytes
        while True:
            line = self._line(limits.stall_s if self.heard else _START_S, deadline, left)
            left -= len(line)
            self.heard = True
            yield line

    def last_errors(self) -> str:
        """Return the end of what it wrote to stderr since the last question."""
        while not self._errors.closed and _readable([self._errors], 0) and self._take_errors():
            pass
        return self._last_errors.decode("utf-8", "replace").strip()

    def kill(self) -> None:
        """Kill it with all that it has started."""
        with self._ending:
            if not self._ended:
                with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of the dead
                    os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it and let go of it; the end of its stderr can still be asked for."""
        self.kill()
        with self._ending:
            self._process.wait()
            self._ended = True
        self.last_errors()
        for pipe in (self._requests, self._answers, self._errors):
            pipe.close()

    def _line(self, stall_s: float, deadline: float, left: int) -> bytes:
        stalled = time.monotonic() + stall_s
        pieces = [self._pending]
        size = len(self._pending)
        while b"\n" not in pieces[-1]:
            pieces.append(self._piece(stalled, deadline))
            size += len(pieces[-1])
            if size > left:
                raise TooMuchError
        line, _, self._pending = b"".join(pieces).partition(b"\n")
        return line

    def _piece(self, stalled: float, deadline: float) -> bytes:
        """Return what it says next; meanwhile its stderr is emptied, so that it never has to wait."""
        watched = [self._answers, self._errors]
        while True:
            now = time.monotonic()
            if now >= deadline:
                raise TooSlowError
            if now >= stalled:
                raise StalledError
            ready = _readable(watched, min(stalled, deadline) - now)
            if self._errors in ready and not self._take_errors():
                watched.remove(self._errors)
            if self._answers in ready:
                if piece := os.read(self._answers.fileno(), _PIECE):
                    return piece
                raise DiedError(self._signal())

    def _take_errors(self) -> bool:
        """Keep the end of its stderr; return whether there may be more."""
        piece = os.read(self._errors.fileno(), _PIECE)
        self._last_errors = (self._last_errors + piece)[-_LAST_ERRORS:]
        return bool(piece)

    def _signal(self) -> int:
        with self._ending, suppress(subprocess.TimeoutExpired):
            return max(0, -self._process.wait(_DIES_S))
        return 0


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise AssertionError  # they were asked for
    return process.stdin, process.stdout, process.stderr


def _readable(pipes: Sequence[IO[bytes]], timeout_s: float) -> list[IO[bytes]]:
    with PollSelector() as selector:  # `select` knows only the first 1024 descriptors of a process
        for pipe in pipes:
            selector.register(pipe, EVENT_READ, pipe)
        return [key.data for key, _ in selector.select(timeout_s)]
