"""Reading in a child process: a file that hangs, crashes or swells harms nobody but itself.

The child is `ingest/reading.py`. One reads many files; it is started with the first file and anew
after each that it did not survive.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Self

from pydantic import ValidationError

from index.errors import KnowledgeBaseError, UnreadableSourceError
from ingest.answers import LINES, Defect, Exhausted, Read, Refused, Tick
from ingest.child import Child, ChildError, DiedError, Limits, StalledError, TooMuchError, TooSlowError
from ingest.companions import RECORDING_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from index.passage import Document
    from ingest.answers import Answer

_LOG = logging.getLogger(__name__)
_COMMAND = (sys.executable, "-m", "ingest.reading")
_USUAL = Limits()
_RECORDINGS = Limits(
    stall_s=600.0,  # a guess: from loading the model to the first words
    whole_s=6 * 3_600.0,  # a guess: two hours on a slow machine
)
_AGAIN = "Bitte speichern Sie die Datei neu oder teilen Sie sie."


class IsolatedReader:
    """Reads files in a child process, one after the other.

    Use it as a context manager: at its end the child is ended, whatever it is doing, also if another
    thread waits for it. An `UnreadableSourceError` says what the file did to it.
    """

    def __init__(
        self, command: Sequence[str] = _COMMAND, limits: Limits = _USUAL, recordings: Limits = _RECORDINGS
    ) -> None:
        self._command = tuple(command)
        self._limits = limits
        self._recordings = recordings
        self._reading = threading.Lock()
        self._child: Child | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        if (child := self._child) is not None:
            child.kill()  # whoever waits for it is told at once, and lets go of the lock
        with self._reading:
            self._drop()

    @classmethod
    def listening(cls, model: Path) -> Self:
        """Return a reader that also listens to recordings, with the faster-whisper model in this folder."""
        return cls((*_COMMAND, str(model)))

    def read(self, path: Path) -> Document:
        """Return the document of the file at `path`.

        Raises:
            UnreadableSourceError: it cannot be read, or reading it took too much; says why.
            KnowledgeBaseError: the child does not start, or it was ended meanwhile.
        """
        with self._reading:
            child = self._ready()
            limits = self._recordings if path.suffix.lower() in RECORDING_SUFFIXES else self._limits
            try:
                answer = _answer(child, path, limits)
            except (ChildError, ValidationError) as error:
                self._drop()
                if not self._closed:
                    _LOG.warning("the child reading %s is given up: %r\n%s", path, error, child.last_errors())
                raise self._reason(error, child, limits) from None
            if isinstance(answer, Exhausted):
                self._drop()  # it ends itself after these words
            if isinstance(answer, Defect):
                _LOG.error("reading %s failed\n%s", path, child.last_errors())
            return _document(answer)

    def _ready(self) -> Child:
        if self._child is not None and not self._child.is_idle():
            self._drop()  # it died while it waited, or says more than it was asked
        if self._child is None and not self._closed:
            self._child = Child(self._command)
        if (child := self._child) is None or self._closed:  # once more: `__exit__` may have seen no child
            self._drop()
            message = "Das Lesen wurde beendet."
            raise KnowledgeBaseError(message)
        return child

    def _drop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _reason(self, error: Exception, child: Child, limits: Limits) -> KnowledgeBaseError:
        if self._closed:
            return KnowledgeBaseError("Das Lesen wurde beendet.")
        if not child.heard:
            return KnowledgeBaseError(
                "Das Leseprogramm startet nicht. Bitte installieren Sie den Partnerschaftslotsen neu "
                "(»make start«); der Grund steht im Protokoll."
            )
        return UnreadableSourceError(_sentence(error, limits))


def _answer(child: Child, path: Path, limits: Limits) -> Answer:
    """Return what the child says of a file in the end.

    Raises:
        ChildError: it died or took too much.
        ValidationError: it says what no child of ours says.
    """
    number = child.asked + 1
    where = os.path.abspath(path)  # noqa: PTH100 - links stay links
    request = {"question": number, "path": where, "stall_s": limits.stall_s}
    for line in child.ask(json.dumps(request).encode("ascii"), limits):
        said = LINES.validate_json(line)
        if said.question == number and not isinstance(said.answer, Tick):
            return said.answer
    raise DiedError(0)  # never: asking ends with an answer or an error


def _document(answer: Answer) -> Document:
    match answer:
        case Read(document):
            return document
        case Refused(reason):
            raise UnreadableSourceError(reason)
        case Defect(name):
            reason = f"Beim Lesen trat ein unerwarteter Fehler auf ({name}). Bitte melden Sie ihn uns."
            raise UnreadableSourceError(reason)
        case _:
            reason = f"Das Lesen brauchte zu viel Arbeitsspeicher und wurde abgebrochen. {_AGAIN}"
            raise UnreadableSourceError(reason)


def _sentence(error: Exception, limits: Limits) -> str:
    """Return what the person is told whose file did this to the child."""
    match error:
        case StalledError():
            stopped = f"Das Lesen kam {limits.stall_s:.0f} Sekunden lang nicht voran und wurde abgebrochen."
        case TooSlowError():
            stopped = f"Das Lesen dauerte länger als {limits.whole_s / 60:.0f} Minuten und wurde abgebrochen."
        case TooMuchError():
            stopped = f"Die Datei ergibt mehr als {limits.answer_bytes / 1e6:.0f} MB Text, das ist zu viel."
        case DiedError(signal=signal.SIGKILL):
            stopped = "Das Betriebssystem hat das Lesen beendet, vermutlich fehlte Arbeitsspeicher."
        case _:
            stopped = "Beim Lesen dieser Datei ist das Leseprogramm abgestürzt."
    return f"{stopped} {_AGAIN}"
