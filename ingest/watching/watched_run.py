"""One ingestion as a child process of the watching: started, listened to, ended with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ingest.progress import in_words
from ingest.report import EXIT_NOTHING_PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXIT_LATER = 75  # EX_TEMPFAIL of sysexits.h; none of `python -m ingest`, which says it in its report
ENDS_S = 20.0  # from SIGINT to SIGKILL: a window of passages is encoded to its end, the draft deleted
_POLL_S = 0.5
_TELL_EVERY = 60  # polls, half a minute


class WatchedRun:
    """Runs `command`, an ingestion with --json; what it says for people on stderr is left to itself.

    `pause` waits for so many seconds and returns whether to end; then the child gets SIGINT and some
    time to clean up. It has a session of its own, so that a Ctrl-C reaches it only from here, once.
    """

    def __init__(
        self,
        command: Sequence[str],
        pause: Callable[[float], bool],
        say: Callable[[str], None],
        ends_s: float = ENDS_S,
    ) -> None:
        self._command = tuple(command)
        self._pause = pause
        self._say = say
        self._ends_s = ends_s

    def __call__(self) -> int:
        """Return its exit code, negative if a signal ended it; `EXIT_LATER` if it can work another time."""
        with tempfile.TemporaryFile() as output:
            try:
                process = subprocess.Popen(  # noqa: S603 - our own module
                    self._command, stdin=subprocess.DEVNULL, stdout=output, start_new_session=True
                )
            except OSError as error:  # no memory, too many processes
                self._say(f"Die Aufnahme lässt sich nicht starten ({error.strerror}).")
                return EXIT_LATER
            try:
                self._wait(process, output.fileno())
            finally:
                _kill(process)
            report = _last(output.fileno())
        if process.returncode == EXIT_NOTHING_PUBLISHED and report.get("try_again"):
            return EXIT_LATER
        return process.returncode

    def _wait(self, process: subprocess.Popen[bytes], output: int) -> None:
        """Return when it has ended or has had its time to."""
        polls = 0
        while process.poll() is None:
            if self._pause(_POLL_S):
                process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(self._ends_s)
                return
            polls += 1
            if polls % _TELL_EVERY == 0 and (told := _last(output)).get("event") == "progress":
                self._say(_in_words(told))


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of it; its reading child notices that nobody asks any more."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _last(output: int) -> dict[str, Any]:
    """Return the last whole line that it wrote; nothing if that is no JSON object.

    Read beside the file's position, which is the child's: there it writes next.
    """
    written = os.pread(output, os.fstat(output).st_size, 0)
    lines = written[: written.rfind(b"\n") + 1].splitlines()
    try:
        said = json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _in_words(progress: dict[str, Any]) -> str:
    read = f"{progress['sources_done']} von {progress['sources']} Quellen"
    written = f"{progress['passages']} Textstellen"
    left = f", noch etwa {in_words(progress['remaining_s'])}" if progress["remaining_s"] else ""
    return f"{read}, {written}{left}."
