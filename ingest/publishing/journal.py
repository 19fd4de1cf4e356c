"""Who published what and when: one line of JSON for every change of what is served."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - pydantic resolves the annotations at run time
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

from pydantic import TypeAdapter

from ingest.lock import switching

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from index.collection import Collection
    from index.generations import GenerationRecord

FILE_NAME = "publications.jsonl"  # under KB_DATA

_LOG = logging.getLogger(__name__)


class Step(StrEnum):
    """How a generation came to be served."""

    PUBLISHED = "published"
    FORCED = "forced"  # in spite of the gate, or of having been taken back
    ROLLED_BACK = "rolled back"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """`generation` is served instead of `former` from `at` on; `by` and `why` as far as they were said."""

    at: datetime
    step: Step
    generation: str
    former: str | None = None
    by: str | None = None
    why: str | None = None


_ENTRY: TypeAdapter[JournalEntry] = TypeAdapter(JournalEntry)


class Journal:
    """The journal of one knowledge base; lines are only ever added."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE_NAME

    def turn(self) -> AbstractContextManager[None]:
        """Let one process at a time look at what is served, write an entry and serve something else.

        Raises:
            SwitchingError: on entering; another process takes too long.
        """
        return switching(self._path.parent)

    def add(self, entry: JournalEntry) -> None:
        """Write an entry down, durably: it is written before what it tells of happens.

        Raises:
            OSError: it cannot be written.
        """
        with self._path.open("ab+") as file:
            if _cut_off(file):
                file.write(b"\n")
            file.write(_ENTRY.dump_json(entry) + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def entries(self) -> list[JournalEntry]:
        """Return all entries, oldest first; lines that a crash cut are passed over."""
        try:
            lines = self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        return [entry for line in lines if (entry := _read(line)) is not None]


def _cut_off(file: BinaryIO) -> bool:
    """Whether a crash left a last line without its end."""
    if file.seek(0, os.SEEK_END) == 0:
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _read(line: bytes) -> JournalEntry | None:
    try:
        return _ENTRY.validate_json(line)
    except ValueError as error:
        _LOG.warning("a line of the journal is unreadable: %r", error)
        return None


def steps_of(record: GenerationRecord, entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """Return how a generation came to be served; names are used again, older entries tell of another one."""
    return [each for each in entries if each.generation == record.id and _is_younger(each, record)]


def taken_back_to(record: GenerationRecord, entries: Sequence[JournalEntry]) -> str | None:
    """Return where somebody went back to from this generation; None if nobody did, or it was served again."""
    back = [
        each
        for each in entries
        if each.step is Step.ROLLED_BACK and each.former == record.id and _is_younger(each, record)
    ]
    served = [each.at for each in steps_of(record, entries)]
    last = max(back, key=lambda each: each.at, default=None)
    return None if last is None or (served and last.at <= max(served)) else last.generation


def delete_leftovers(collection: Collection, journal: Journal) -> list[str]:
    """Delete finished generations behind the published one that were never served: a crash left them."""
    published, entries = collection.published(), journal.entries()
    behind = [record for record in collection.generations() if published is None or record.id > published]
    gone = [record.id for record in behind if not _is_named(record, entries)]
    for name in gone:
        collection.delete(name)
    return gone


def _is_named(record: GenerationRecord, entries: Sequence[JournalEntry]) -> bool:
    """Whether an entry tells of this generation, not of an earlier one of its name."""
    return any(record.id in (each.generation, each.former) and _is_younger(each, record) for each in entries)


def _is_younger(entry: JournalEntry, record: GenerationRecord) -> bool:
    return record.made_at is None or entry.at >= record.made_at
