"""The judged questions are asked in a child process: ingestion knows no search."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Self

from index.errors import KnowledgeBaseError
from index.judgements import read_judgements
from index.trial import Trial, from_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_COMMAND = (sys.executable, "-m", "search_api.trial")
_WHOLE_S = 1_200.0  # a slow machine that loads a large model and encodes some hundred questions first
_LOG = logging.getLogger(__name__)


class TrialError(KnowledgeBaseError):
    """The judged questions could not be asked."""


class TrialInChild:
    """Has one child ask generations the judged questions of `corpus`; what it keeps lies under `data`.

    `start` is worth while: the child loads its dictionaries while the candidate is still being written.
    Close it, or use it in a `with`: a child that was never told what to ask is ended then.
    """

    def __init__(
        self, corpus: Path, data: Path, *, command: Sequence[str] = _COMMAND, whole_s: float = _WHOLE_S
    ) -> None:
        self._corpus = corpus
        self._command = command
        self._whole_s = whole_s
        self._environ = {**os.environ, "KB_CORPUS": str(corpus), "KB_DATA": str(data)}
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Let the child get ready; a second time this does nothing."""
        if self._process is None:
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(
                self._command, env=self._environ, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
            )

    def __call__(self, candidate: str, former: str | None) -> tuple[Trial | None, Trial]:
        """Return the trials of the former generation and of the candidate.

        That of the former is None if there is none, or if another model or analyser made it: then it
        cannot be asked. Without judged questions nobody is asked.

        Raises:
            KnowledgeBaseError: fragen.yaml is wrong, a generation is damaged, or the child did not end well.
        """
        if not read_judgements(self._corpus):
            return None, Trial("", ())
        lines = self._told([candidate, *([former] if former else [])])
        try:
            trials = [from_line(line) for line in lines]
        except ValueError as error:
            raise _broken_off("seine Antwort ist unverständlich") from error
        if len(trials) != (2 if former else 1) or trials[0] is None:
            raise _broken_off("seine Antwort ist unvollständig")
        return trials[1] if former else None, trials[0]

    def close(self) -> None:
        """End the child if it still runs."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _told(self, names: list[str]) -> list[str]:
        """Return the lines of the child's answer."""
        self.start()
        process = self._process
        if process is None:
            raise AssertionError  # it was started
        try:
            answer, errors = process.communicate(" ".join(names) + "\n", timeout=self._whole_s)
        except subprocess.TimeoutExpired as error:
            raise _broken_off(f"nach {self._whole_s / 60:.0f} Minuten war er nicht fertig") from error
        finally:
            self.close()
        if process.returncode != 0:
            raise _refusal(process.returncode, errors)
        return answer.splitlines()


def _refusal(code: int, errors: str) -> KnowledgeBaseError:
    """Return what the child said last: a sentence for people, or else that it crashed."""
    said = errors.strip().splitlines()
    if code == 1 and said and "Traceback (most recent call last):" not in said:
        return TrialError(said[-1])
    _LOG.error("the trial ended with %d:\n%s", code, errors)
    return _broken_off(f"Signal {-code}" if code < 0 else (said[-1] if said else f"Exitcode {code}"))


def _broken_off(why: str) -> TrialError:
    return TrialError(
        f"Der Probelauf mit den Fragen aus fragen.yaml ist abgebrochen: {why}. Bitte nehmen Sie noch einmal "
        "auf; bleibt es dabei, melden Sie es uns."
    )
