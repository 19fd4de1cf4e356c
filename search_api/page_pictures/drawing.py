"""Page pictures as the API has them drawn: by children, few at a time, the last ones remembered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from search_api.page_pictures.failures import Failures
from search_api.page_pictures.order import WHOLE_S, Order, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMAND = (sys.executable, "-m", "search_api.page_pictures.draw")
_ROOT = Path(__file__).parent.parent.parent  # from where the child finds the same modules as we do
_KEPT_NAMES = ("PATH", "PYTHONPATH", "PYTHONHOME", "LANG", "LC_ALL")  # none of KB_: they may be secrets
_AT_ONCE = 2  # children, of up to a gigabyte each
_WAITING = 12  # requests; more would keep the threads that answer questions
_REMEMBERED_BYTES = 32_000_000  # some two hundred pages of text
_MOST_BYTES = 30_000_000  # of a picture: that of eight million pixels is no larger
_CHANGED = (
    "Die Datei hat sich geändert, seit sie eingelesen wurde. Nach der nächsten Aufnahme (»python -m ingest«) "
    "gibt es das Bild wieder."
)
_SENTENCES = {
    Refusal.NO_SUCH_PAGE: "Diese Seite gibt es in der Datei nicht.",
    Refusal.TOO_LARGE: "Diese Seite lässt sich nicht zeichnen: Sie braucht zu viel Arbeitsspeicher.",
}
_DAMAGED = (
    "Diese Seite lässt sich nicht zeichnen: Die Datei ist beschädigt oder mit einem Kennwort geschützt."
)
_TOO_SLOW = (
    "Das Zeichnen dieser Seite dauert zu lange und wurde abgebrochen. Ihren Text finden Sie in der Quelle."
)
_BUSY = "Gerade werden zu viele Seiten gezeichnet. Bitte versuchen Sie es in einigen Sekunden noch einmal."


class NoPictureError(KnowledgeBaseError):
    """Of this page there is no picture; the message says why."""


class PicturesBusyError(KnowledgeBaseError):
    """There is no picture now: too many are wanted, or this one takes too long."""


class PagePictures:
    """Draws pages; safe to use from several threads."""

    def __init__(
        self,
        command: Sequence[str] = _COMMAND,
        whole_s: float = WHOLE_S,
        waiting: int = _WAITING,
        failures: Failures | None = None,
    ) -> None:
        self._command = tuple(command)
        self._whole_s = whole_s
        self._admitted = threading.Semaphore(_AT_ONCE + waiting)
        self._drawing = threading.Semaphore(_AT_ONCE)
        self._looking = threading.Lock()
        self._remembered: OrderedDict[Order, bytes] = OrderedDict()
        self._failures = failures or Failures()

    def png(self, order: Order) -> bytes:
        """Return the picture that is ordered; what failed a moment ago fails again at once.

        Raises:
            NoPictureError: there is none: no such page, a damaged, locked or changed file.
            PicturesBusyError: too many are wanted at the moment, or this one takes too long.
        """
        known = self._recall(order)
        if known is not None:
            return known
        self._refuse_again(order)
        if not self._admitted.acquire(blocking=False):
            raise PicturesBusyError(_BUSY)
        try:
            with self._drawing:
                self._refuse_again(order)  # it may have failed for another one while this one waited
                drawn = self._drawn(order)
        finally:
            self._admitted.release()
        self._remember(order, drawn)
        return drawn

    def _refuse_again(self, order: Order) -> None:
        failure = self._failures.recall(order)
        if failure is not None:
            raise failure

    def _failed(self, order: Order, error: KnowledgeBaseError) -> KnowledgeBaseError:
        self._failures.remember(order, error)
        return error

    def _recall(self, order: Order) -> bytes | None:
        with self._looking:
            known = self._remembered.get(order)
            if known is not None:
                self._remembered.move_to_end(order)
            return known

    def _remember(self, order: Order, drawn: bytes) -> None:
        with self._looking:
            self._remembered[order] = drawn
            while sum(map(len, self._remembered.values())) > _REMEMBERED_BYTES:
                self._remembered.popitem(last=False)

    def _drawn(self, order: Order) -> bytes:
        process = subprocess.Popen(
            self._command,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _KEPT_NAMES if name in os.environ},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a hostile file makes a library print is no news
        )
        late = threading.Event()
        timer = threading.Timer(self._whole_s, _kill, (process, late))
        timer.start()
        try:
            picture = _exchanged(process, json.dumps(asdict(order)).encode("ascii"))
        finally:
            timer.cancel()
            process.kill()
            code = process.wait()
        if late.is_set():
            raise self._failed(order, PicturesBusyError(_TOO_SLOW))
        if code != 0 or len(picture) > _MOST_BYTES:
            refusal = _refusal(code)
            if refusal is Refusal.CHANGED:  # that is told at once, and the file may come back
                raise NoPictureError(_CHANGED)
            raise self._failed(order, NoPictureError(_SENTENCES.get(refusal, _DAMAGED)))
        return picture


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _exchanged(process: subprocess.Popen[bytes], order: bytes) -> bytes:
    """Return what the child says to the order; it ends with that, or is killed by somebody else."""
    if process.stdin is None or process.stdout is None:
        raise AssertionError  # they were asked for
    with process.stdout:
        with suppress(BrokenPipeError), process.stdin:  # it is dead, and its exit code will say so
            process.stdin.write(order)
        picture = process.stdout.read(_MOST_BYTES + 1)
        if len(picture) <= _MOST_BYTES:
            process.wait()
        return picture


def _refusal(code: int) -> Refusal:
    return Refusal(code) if code in set(Refusal) else Refusal.UNREADABLE
