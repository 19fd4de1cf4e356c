"""One writer at a time, and the others are told what it is doing."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from index.errors import IngestionRunningError, SwitchingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOTE = "ingest.lock.json"  # beside the lock itself, which whoever tries it empties


class Task(StrEnum):
    """What the lock is held for."""

    INGESTION = "ingestion"
    BACKUP = "backup"
    RESTORATION = "restoration"
    PRUNING = "pruning"


@dataclass(frozen=True, slots=True)
class _Holder:
    task: Task
    since: datetime
    pid: int


_HOLDER: TypeAdapter[_Holder] = TypeAdapter(_Holder)
_MESSAGES = {
    Task.INGESTION: "Es läuft schon eine Aufnahme{since}. Bitte warten Sie, bis sie fertig ist, oder brechen "
    "Sie sie mit Strg-C ab: was schon berechnet ist, bleibt erhalten.",
    Task.BACKUP: "Es wird gerade gesichert{since}. Bitte warten Sie, bis die Sicherung fertig ist.",
    Task.RESTORATION: "Es wird gerade eine Sicherung zurückgeholt{since}. Bitte warten Sie, bis das fertig "
    "ist, und brechen Sie es nicht ab.",
    Task.PRUNING: "Es wird gerade aufgeräumt{since}. Bitte versuchen Sie es gleich noch einmal.",
}
_UNKNOWN = (
    "Es läuft schon ein anderer Befehl, der schreibt. Bitte warten Sie, bis er fertig ist, und brechen Sie "
    "ihn nicht ab."
)
_TURN_S = 60.0  # a swap takes milliseconds; deleting a large generation on a slow disk some seconds


@contextmanager
def locked(data: Path, task: Task) -> Iterator[None]:
    """Hold the writer's lock; the system frees it when the process ends, however it ends.

    Raises:
        IngestionRunningError: another process holds it; the message says for what, as far as that is known.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / "ingest.lock", timeout=0), _noted(data / _NOTE, task):
            yield
    except Timeout as error:
        raise IngestionRunningError(_said(data / _NOTE)) from error


@contextmanager
def switching(data: Path) -> Iterator[None]:
    """Change what is served, one process after the other: going back does not wait for an ingestion.

    Raises:
        SwitchingError: another process takes too long.
    """
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / "switch.lock", timeout=_TURN_S):
            yield
    except Timeout as error:
        raise SwitchingError from error


@contextmanager
def _noted(path: Path, task: Task) -> Iterator[None]:
    """Leave a note for those who find the lock taken; it decides nothing, so it may fail."""
    with suppress(OSError):
        path.write_bytes(_HOLDER.dump_json(_Holder(task, datetime.now(UTC), os.getpid())))
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _said(path: Path) -> str:
    """Return what is running; a process that was killed leaves its note until the next one writes its own."""
    try:
        holder = _HOLDER.validate_json(path.read_bytes())
    except (OSError, ValueError):
        return _UNKNOWN
    since = f"{holder.since.astimezone():%d.%m.%Y, %H:%M} Uhr"
    return _MESSAGES[holder.task].format(since=f" (seit {since}, Prozess {holder.pid})")
