"""`python -m ingest --watch`: what changes in the corpus is published as soon as it has settled.

The corpus is looked at every two seconds, see `snapshot.py`. Each ingestion runs in a child process
(`watched_run.py`): if it crashes the watching goes on, and the encoder's memory is only taken while needed.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from ingest.backups.places import broken_off
from ingest.report import EXIT_FINE, EXIT_NOTHING_PUBLISHED, EXIT_SOME_FAILED
from ingest.watching.snapshot import changes, snapshot
from ingest.watching.watched_run import EXIT_LATER, WatchedRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import FrameType

    from ingest.watching.snapshot import Snapshot

LOOK_S = 2.0  # between two looks
SETTLED_S = 3.0  # without a change: a file that is still being copied grows
UNREST_S = 300.0  # a guess: a copy takes less, what changes for longer (a log) must not hold up all the rest
FIRST_WAIT_S = 10.0  # before the next try when the store is away or another ingestion runs
LONGEST_WAIT_S = 300.0  # each wait is twice the one before, up to here
_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, `docker stop`, a closed window
_OUTCOMES = {
    EXIT_FINE: "Fertig. Die nächste Änderung wird abgewartet.",
    EXIT_SOME_FAILED: "Einige Quellen misslangen, siehe oben. Die nächste Änderung wird abgewartet.",
    EXIT_NOTHING_PUBLISHED: "Nichts veröffentlicht, siehe oben. Die nächste Änderung wird abgewartet.",
}


def watch_corpus(corpus: Path, arguments: Sequence[str]) -> int:
    """Watch until Ctrl-C or SIGTERM; `arguments` are those of each ingestion, without --watch."""
    command = [sys.executable, "-m", "ingest", *arguments, "--json", "--progress"]
    with _until_told() as pause:
        _say(f"{corpus} wird beobachtet. Beenden mit Strg-C.")
        watch(corpus, WatchedRun(command, pause, _say), pause, _say)
        _say("Beendet.")
    return EXIT_FINE


def watch(
    corpus: Path,
    ingest_once: Callable[[], int],
    pause: Callable[[float], bool],
    say: Callable[[str], None],
) -> None:
    """Ingest at once and after every change that has settled, until told to end.

    `ingest_once` returns the exit code of an ingestion, or `EXIT_LATER` if it is worth trying again
    without a change; so is one that a signal ended (a negative code). `pause` waits for so many seconds
    and returns whether the watching is to end; once it is, always.
    """
    _Watch(corpus, ingest_once, pause, say).run()


class _Watch:
    """`_ingested` is what lay there when the last ingestion began."""

    def __init__(
        self,
        corpus: Path,
        ingest_once: Callable[[], int],
        pause: Callable[[float], bool],
        say: Callable[[str], None],
    ) -> None:
        self._corpus = corpus
        self._ingest_once = ingest_once
        self._pause = pause
        self._say = say
        self._ingested: Snapshot | None = None
        self._away = False
        self._wait_s = FIRST_WAIT_S
        self._left_s: float | None = None  # until the next try; None: not before the next change

    def run(self) -> None:
        while True:
            files = self._look()
            if files is not None:
                self._consider(files)
            if self._pause(LOOK_S):
                return
            if self._left_s is not None:
                self._left_s -= LOOK_S

    def _consider(self, files: Snapshot) -> None:
        if self._ingested is None:
            self._ingest(files)
        elif files != self._ingested:
            self._say(f"{_files(changes(self._ingested, files))}, es geht los in {SETTLED_S:.0f} s.")
            settled = self._settled(files)
            if settled is not None and settled != self._ingested:
                self._ingest(settled)
        elif self._left_s is not None and self._left_s <= 0:
            self._ingest(files)

    def _settled(self, files: Snapshot) -> Snapshot | None:
        """Return what lies there once it has stopped changing; None if told to end or it went away."""
        waited_s = 0.0
        while not self._pause(SETTLED_S):
            waited_s += SETTLED_S
            again = self._look()
            if again is None or again == files:
                return again
            if waited_s >= UNREST_S:
                self._say(f"{_unrest(files, again)} seit {UNREST_S / 60:.0f} min, es geht trotzdem los.")
                return again
            files = again
        return None

    def _ingest(self, files: Snapshot) -> None:
        self._ingested = files  # what changes while it runs is ingested afterwards
        code = self._ingest_once()
        if self._pause(0):
            return
        if code != EXIT_LATER and code >= 0:
            self._left_s, self._wait_s = None, FIRST_WAIT_S
            self._say(_OUTCOMES.get(code, f"Beendet mit {code}. Die nächste Änderung wird abgewartet."))
            return
        reason = (
            "Das geht gerade nicht" if code == EXIT_LATER else f"Die Aufnahme stürzte ab (Signal {-code})"
        )
        self._say(f"{reason}, nächster Versuch in {self._wait_s:.0f} s.")
        self._left_s = self._wait_s
        self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)

    def _look(self) -> Snapshot | None:
        """Return what lies there; None if the folder is away, and say so once.

        An empty folder counts as away: so looks the place where a share was mounted.
        """
        try:
            files = snapshot(self._corpus)
            reason = "er ist leer"
        except OSError as error:
            files = {}
            reason = f"{error.filename}: {error.strerror}"
        if files and self._away:
            self._say(f"Der Ordner {self._corpus} ist wieder da.")
            self._ingested = None  # an ingestion that ran meanwhile may have seen only some of it
        elif not files and not self._away:
            unreadable = (
                f"Der Ordner {self._corpus} ist nicht zu lesen ({reason}). Der Bestand bleibt, wie er ist; "
                "es geht weiter, sobald er da ist. Ist die Freigabe verbunden, stimmen Ihre Rechte?"
            )
            self._say(broken_off(self._corpus) or unreadable)
        self._away = not files
        return files or None


@contextmanager
def _until_told() -> Iterator[Callable[[float], bool]]:
    """Yield a `pause` that one of the signals ends, for good.

    A pipe and no `threading.Event`: a handler that sets an event waits for ever if the signal
    comes while the same thread is about to wait for it.
    """
    told, tell = os.pipe()

    def end(_number: int, _frame: FrameType | None) -> None:
        os.write(tell, b".")

    unwanted = {signal.SIGHUP} if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN else set()  # `nohup`
    former = {number: signal.signal(number, end) for number in _ENDINGS if number not in unwanted}
    try:
        yield lambda seconds: bool(select.select([told], [], [], seconds)[0])
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        os.close(told)
        os.close(tell)


def _unrest(before: Snapshot, after: Snapshot) -> str:
    """Return the name of one that changes: somebody has to know whom to ask."""
    restless = min(path for path, _ in before.items() ^ after.items())
    return f"{restless} ändert sich"


def _files(count: int) -> str:
    return "1 Datei geändert" if count == 1 else f"{count} Dateien geändert"


def _say(line: str) -> None:
    """Print a line with the time of day, also where nobody sits at a terminal."""
    sys.stdout.write(f"{datetime.now().astimezone():%H:%M} {line}\n")
    sys.stdout.flush()
