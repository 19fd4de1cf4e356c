"""The cases of all desks: there is no list of desks, and nobody reaches a case without its desk."""

from __future__ import annotations

import logging
import sqlite3
import textwrap
import threading
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import ValidationError

from search_api.cases.database import transaction
from search_api.cases.errors import (
    AlreadyReleasedError,
    CaseNotFoundError,
    ChangedElsewhereError,
    DeskFullError,
    TooManyCasesError,
)
from search_api.quota import Quota
from search_api.schemas import Case, CaseSummary, Pin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from search_api.schemas import CaseChange, CaseContent

_LOG = logging.getLogger(__name__)

MOST_CASES = 200  # of a desk: a year of office hours, and a list that can still be read
KEPT = timedelta(days=180)  # since the last change; a request is settled by then, or asked again
_NEW_A_MINUTE = 60  # of all desks together; an office hour makes a handful
_RELEASES_A_MINUTE = 10
_TITLE = 80  # characters, one line of the list
_NO_QUESTION = "Neuer Fall"
_SUMMARY = """
    SELECT id, created, changed, revision, released,
        (SELECT count(*) FROM questions WHERE case_id = id) AS questions,
        (SELECT count(*) FROM pins WHERE case_id = id) AS pins,
        (SELECT question FROM questions WHERE case_id = id AND position = 0) AS first
    FROM cases WHERE desk = ? ORDER BY changed DESC, id
"""


class CaseStore:
    """Cases in one SQLite file; threads and processes may use it at once. `now` returns aware times.

    Every method raises `CasesUnavailableError` when the file cannot be read or written.
    """

    def __init__(
        self,
        path: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new: Quota | None = None,
        releases: Quota | None = None,
    ) -> None:
        self._path = path
        self._new = new or Quota(_NEW_A_MINUTE)
        self._releases = releases or Quota(_RELEASES_A_MINUTE)
        self._now = now
        self._forgot_on: date | None = None
        self._forgetting = threading.Lock()

    def forget_old(self) -> int:
        """Delete the cases that nobody has changed for `KEPT`; return how many."""
        oldest = _written(self._now() - KEPT)
        with transaction(self._path) as connection:
            return connection.execute("DELETE FROM cases WHERE changed < ?", (oldest,)).rowcount

    def summaries(self, desk: UUID) -> list[CaseSummary]:
        """Return the cases of a desk, the one that was changed last first; none of an unknown desk."""
        self._forget_daily()
        with transaction(self._path) as connection:
            connection.row_factory = sqlite3.Row
            rows = [dict(row) for row in connection.execute(_SUMMARY, (str(desk),))]
        return [CaseSummary.model_validate({**row, "title": _title(row["first"])}) for row in rows]

    def create(self, desk: UUID, content: CaseContent) -> Case:
        """Keep a new case on a desk.

        Raises:
            DeskFullError: the desk holds `MOST_CASES` already.
            TooManyCasesError: too many were made in the last minute, on all desks together.
        """
        if not self._new.take():
            raise TooManyCasesError
        self._forget_daily()
        case_id, now = str(uuid.uuid4()), _written(self._now())
        with transaction(self._path) as connection:
            (here,) = connection.execute("SELECT count(*) FROM cases WHERE desk = ?", (str(desk),)).fetchone()
            if here >= MOST_CASES:
                raise DeskFullError(MOST_CASES)
            row = (case_id, str(desk), now, now, 1, content.answer, None)
            connection.execute("INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            _fill(connection, case_id, content)
            return _case(connection, desk, case_id)

    def get(self, desk: UUID, case_id: UUID) -> Case:
        """Return a case.

        Raises:
            CaseNotFoundError: the desk has no such case.
        """
        with transaction(self._path) as connection:
            return _case(connection, desk, str(case_id))

    def change(self, desk: UUID, case_id: UUID, change: CaseChange) -> Case:
        """Replace a case's content, if it still is as `change` has seen it.

        Raises:
            CaseNotFoundError: the desk has no such case.
            ChangedElsewhereError: it has another revision by now; nothing was changed.
        """
        changed = (change.answer, _written(self._now()), str(case_id), change.revision)
        with transaction(self._path) as connection:
            _case(connection, desk, str(case_id))
            update = "UPDATE cases SET answer = ?, changed = ?, revision = revision + 1"
            if not connection.execute(f"{update} WHERE id = ? AND revision = ?", changed).rowcount:
                raise ChangedElsewhereError
            for table in ("questions", "pins"):
                connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (str(case_id),))  # noqa: S608 - ours
            _fill(connection, str(case_id), change)
            return _case(connection, desk, str(case_id))

    def delete(self, desk: UUID, case_id: UUID) -> None:
        """Delete a case with all that belongs to it.

        Raises:
            CaseNotFoundError: the desk has no such case.
        """
        key = (str(case_id), str(desk))
        with transaction(self._path) as connection:
            if not connection.execute("DELETE FROM cases WHERE id = ? AND desk = ?", key).rowcount:
                raise CaseNotFoundError

    def release(
        self, desk: UUID, case_id: UUID, write: Callable[[Case], str], take_back: Callable[[str], None]
    ) -> str:
        """Make a source from a case with `write`, which returns its path, and remember it.

        Nobody else changes or releases a case meanwhile; if `write` fails, nothing is remembered. What was
        written and cannot be remembered is taken back.

        Raises:
            CaseNotFoundError: the desk has no such case.
            AlreadyReleasedError: that was done before.
            TooManyCasesError: too many were released in the last minute.
        """
        if not self._releases.take():
            raise TooManyCasesError
        source = ""
        try:
            with transaction(self._path) as connection:
                case = _case(connection, desk, str(case_id))
                if case.released:
                    raise AlreadyReleasedError(case.released)
                source = write(case)
                connection.execute("UPDATE cases SET released = ? WHERE id = ?", (source, case.id))
        except BaseException:
            if source:
                take_back(source)
            raise
        return source

    def _forget_daily(self) -> None:
        with self._forgetting:
            today = self._now().date()
            if self._forgot_on != today:
                self.forget_old()
                self._forgot_on = today


def _written(moment: datetime) -> str:
    """Return a time in UTC such that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _title(question: str | None) -> str:
    return textwrap.shorten(question or "", _TITLE, placeholder=" …") or _NO_QUESTION


def _fill(connection: sqlite3.Connection, case_id: str, content: CaseContent) -> None:
    questions = [(case_id, *numbered) for numbered in enumerate(content.questions)]
    pins = [(case_id, position, pin.model_dump_json()) for position, pin in enumerate(content.pins)]
    connection.executemany("INSERT INTO questions VALUES (?, ?, ?)", questions)
    connection.executemany("INSERT INTO pins VALUES (?, ?, ?)", pins)


def _pin(kept: str) -> Pin | None:
    """Return a pin as it was kept, or None if it is no pin any more; one must not hide a whole case."""
    try:
        return Pin.model_validate_json(kept)
    except ValidationError as error:
        _LOG.warning("a kept pin is left out: %d of its fields cannot be read", error.error_count())
        return None


def _case(connection: sqlite3.Connection, desk: UUID, case_id: str) -> Case:
    columns = "created, changed, revision, answer, released"
    found = connection.execute(
        f"SELECT {columns} FROM cases WHERE id = ? AND desk = ?",  # noqa: S608 - our own words
        (case_id, str(desk)),
    ).fetchone()
    if found is None:
        raise CaseNotFoundError
    created, changed, revision, answer, released = found
    in_order = "WHERE case_id = ? ORDER BY position"
    asked = connection.execute(f"SELECT question FROM questions {in_order}", (case_id,))  # noqa: S608 - ours
    pinned = connection.execute(f"SELECT pin FROM pins {in_order}", (case_id,))  # noqa: S608 - ours
    questions = [question for (question,) in asked]
    return Case(
        id=case_id,
        title=_title(questions[0] if questions else None),
        created=created,
        changed=changed,
        revision=revision,
        questions=questions,
        answer=answer,
        pins=[pin for (kept,) in pinned if (pin := _pin(kept))],
        released=released,
    )
