"""Questions that the search left open, kept for the staff: what was asked, on which day, and how often.

Nothing tells who asked: no name, no address, no time of day. SQLite serialises writers of several processes.
"""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from index.personal import without_personal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILE_NAME = "open_questions.sqlite"  # under KB_DATA, and so part of every backup
MOST = 10_000  # rows: more than anybody reads, some megabytes
_PRIVATE = 0o600
_BUSY_S = 5.0  # that a writer waits for another one
_TABLE = """
CREATE TABLE IF NOT EXISTS open_questions (
    day TEXT NOT NULL, verdict TEXT NOT NULL, question TEXT NOT NULL, times INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (day, question)
)
"""
_KEEP = """
INSERT INTO open_questions (day, verdict, question) VALUES (?, ?, ?)
ON CONFLICT (day, question) DO UPDATE SET times = times + 1, verdict = excluded.verdict
"""
_IS_KNOWN = "SELECT 1 FROM open_questions WHERE day = ? AND question = ?"
_COUNT = "SELECT count(*) FROM open_questions"
_LIST = "SELECT day, verdict, question, times FROM open_questions ORDER BY day DESC, times DESC, question"
_DELETE = "DELETE FROM open_questions WHERE day = ? AND question = ? AND verdict = ? AND times = ?"
_WIPE = "VACUUM"  # what is deleted is gone from the file too
_FULL = "Es liegen schon {most} offene Fragen vor. Bitte fragen Sie direkt in der Sprechstunde nach."
_AWAY = (
    "Die Sammlung der offenen Fragen ({path}) lässt sich nicht lesen oder schreiben ({error}). "
    "Bitte prüfen Sie dort den freien Platz und die Rechte."
)


class QuestionsUnavailableError(KnowledgeBaseError):
    """The questions cannot be read or written, or there is no room for another one."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that was left on a day, with the verdict that it got, and how often on that day."""

    day: date
    verdict: str
    question: str
    times: int


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many questions were deleted, and whether their words are gone from the file too."""

    number: int
    wiped: bool


class OpenQuestions:
    """The questions in a database file, made with the first one; safe from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self, question: str, verdict: str, day: date) -> bool:
        """Keep a question; return whether something personal was taken out of it.

        The same text on the same day counts up.

        Raises:
            QuestionsUnavailableError: there is no room for another one, or the file cannot be written.
        """
        bare, was_personal = without_personal(question)
        key = (day.isoformat(), bare)
        with self._opened() as database:
            database.execute("BEGIN IMMEDIATE")  # counting and adding are one step
            is_new = database.execute(_IS_KNOWN, key).fetchone() is None
            if is_new and database.execute(_COUNT).fetchone()[0] >= MOST:
                database.execute("ROLLBACK")
                raise QuestionsUnavailableError(_FULL.format(most=MOST))
            database.execute(_KEEP, (day.isoformat(), verdict, bare))
            database.execute("COMMIT")
        return was_personal

    def all(self) -> list[OpenQuestion]:
        """Return all questions, the latest day first, there the most frequent first.

        Raises:
            QuestionsUnavailableError: the file cannot be read.
        """
        if not self._path.exists():
            return []
        with self._opened() as database:
            rows = database.execute(_LIST).fetchall()
        return [OpenQuestion(date.fromisoformat(day), *rest) for day, *rest in rows]

    def clear(self, listed: Sequence[OpenQuestion]) -> Cleared:
        """Delete exactly what was listed: a question that was left or counted up meanwhile stays.

        Raises:
            QuestionsUnavailableError: the file cannot be written; then nothing is deleted.
        """
        if not listed:
            return Cleared(0, wiped=True)
        rows = [(each.day.isoformat(), each.question, each.verdict, each.times) for each in listed]
        with self._opened() as database:
            database.execute("BEGIN IMMEDIATE")
            number = database.executemany(_DELETE, rows).rowcount
            database.execute("COMMIT")
            return Cleared(number, wiped=_wiped(database))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one step: after a backup is restored it is another one."""
        try:
            self._make_private()
            with closing(sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None)) as database:
                database.execute("PRAGMA journal_mode = WAL")
                database.execute(_TABLE)
                yield database
        except (sqlite3.Error, OSError) as error:
            raise QuestionsUnavailableError(_AWAY.format(path=self._path, error=error)) from error

    def _make_private(self) -> None:
        """Keep the file from other users of the machine; SQLite's own files beside it follow it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=_PRIVATE)
        if stat.S_IMODE(self._path.stat().st_mode) != _PRIVATE:  # an older version made it for all to read
            self._path.chmod(_PRIVATE)


def _wiped(database: sqlite3.Connection) -> bool:
    try:
        database.execute(_WIPE)
        return not database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:  # a full disk, another writer: the questions are deleted all the same
        return False
