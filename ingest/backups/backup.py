"""A backup: corpus, databases, the published index and what is written down beside it, in one archive.

Not in it is what comes with the installation (models) or fills by itself (the cache of vectors). While it
is made people may search, and a generation may be written: only the published one is taken, which never
changes. The archive gets its name only when it was read back from the disk and every hash was right.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.disk_space import require_room, taken
from index.durable import move_into_place
from index.errors import StoreUnavailableError, UnknownGenerationError
from ingest.backups.archive import check
from ingest.backups.databases import copy_database, find_databases, named_elsewhere
from ingest.backups.manifest import CORPUS, DATA, INDEX, ArchiveError
from ingest.backups.packing import gather, pack
from ingest.backups.places import broken_off, require_apart
from ingest.publishing.journal import FILE_NAME as JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from index.collection import Collection, Export
    from index.settings import Settings

_LOG = logging.getLogger(__name__)
_MEGABYTE = 1_000_000
_ADVICE = "Es blieb nichts zurück. Nehmen Sie einen anderen Datenträger, oder schaffen Sie dort Platz."


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds; `passed_over` names what it does not, each with the reason.

    `left_out` is the published generation if it is damaged: it can be made anew, the rest cannot.
    """

    archive: Path
    size: int
    corpus_files: int
    generation: str | None
    databases: tuple[str, ...]
    passed_over: tuple[str, ...]
    left_out: str | None = None

    def lines(self) -> list[str]:
        """Return the report for a person."""
        missing = "er ist beschädigt" if self.left_out else "es ist keiner veröffentlicht"
        index = f"Stand {self.generation}" if self.generation else f"kein Stand ({missing})"
        databases = f", Datenbank {', '.join(self.databases)}" if self.databases else ""
        return [
            f"Gesichert in {self.archive} ({self.size / _MEGABYTE:.1f} MB): {self.corpus_files} Dateien der "
            f"Materialien, {index}{databases}. Die Sicherung wurde noch einmal gelesen und ist unversehrt.",
            *(f"Nicht enthalten: {each}" for each in self.passed_over),
        ]

    def as_json(self) -> dict[str, object]:
        """Return the report for a program."""
        return {
            "archive": str(self.archive),
            "bytes": self.size,
            "corpus_files": self.corpus_files,
            "generation": self.generation,
            "databases": list(self.databases),
            "passed_over": list(self.passed_over),
            "left_out": self.left_out,
        }


def back_up(
    settings: Settings, corpus: Path, collection: Collection, target: Path, now: datetime
) -> BackupReport:
    """Write everything that cannot be made anew, and the published index, into the new file `target`.

    `now` knows its time zone. Nobody may delete generations meanwhile: the caller holds the writer's lock.

    Raises:
        KnowledgeBaseError: it cannot be done; nothing was left behind.
    """
    _require_good_place(target, corpus, settings.data)
    databases = find_databases(settings.data)
    with _beside(target) as scratch:
        published = collection.published()
        damage = _damage(collection, published) if published else None
        export = _exported(collection, published, scratch) if published and not damage else None
        copies = _copied(databases, settings.data, scratch)
        folders = {CORPUS: corpus, DATA: copies, **({INDEX: export.folder} if export else {})}
        gathered = [gather(folder, top) for top, folder in folders.items()]
        sizes = [path.stat().st_size for part in gathered[:2] for path in part.files.values()]
        require_room(scratch, sum(sizes) + (taken(export.folder) if export else 0), _ADVICE)  # it has holes
        draft = scratch / "archive.zip"
        pack(draft, gathered, export, now)
        _read_back(draft)
        move_into_place(draft, target)
    return BackupReport(
        archive=target,
        size=target.stat().st_size,
        corpus_files=len(gathered[0].files),
        generation=export.record.id if export else None,
        databases=tuple(path.name for path in databases),
        passed_over=(
            *([damage] if damage else []),
            *(each for part in gathered for each in part.passed_over),
            *named_elsewhere(settings),
        ),
        left_out=published if damage else None,
    )


def _require_good_place(target: Path, corpus: Path, data: Path) -> None:
    if not corpus.is_dir():
        message = f"Den Ordner {corpus} gibt es nicht. Nennen Sie mit KB_CORPUS den mit Ihren Materialien."
        raise ArchiveError(broken_off(corpus) or message)
    require_apart(corpus, data)
    if os.path.lexists(target):
        message = f"{target} gibt es schon. Bitte nennen Sie für die Sicherung einen neuen Dateinamen."
        raise ArchiveError(message)
    if not target.parent.is_dir():
        message = f"Den Ordner {target.parent} gibt es nicht. Bitte legen Sie ihn an."
        raise ArchiveError(message)
    place = target.parent.resolve()
    if any(place.is_relative_to(folder.resolve()) for folder in (corpus, data)):
        message = (
            f"{target} läge in einem der Ordner, die gesichert werden. Nennen Sie einen Ort außerhalb von "
            f"{corpus} und {data}, am besten auf einem anderen Datenträger."
        )
        raise ArchiveError(message)


def _copied(databases: list[Path], data: Path, scratch: Path) -> Path:
    """Return a folder with databases and journal as they are now: they go on changing."""
    copies = scratch / DATA
    copies.mkdir()
    require_room(scratch, sum(path.stat().st_size for path in databases), _ADVICE)
    for path in databases:
        copy_database(path, copies / path.name)
    if (data / JOURNAL).is_file():
        shutil.copy2(data / JOURNAL, copies)
    return copies


def _damage(collection: Collection, published: str) -> str | None:
    """Return why the published generation is no backup, None if it is one; materials are saved all the same.

    Raises:
        StoreUnavailableError: the store is away.
    """
    try:
        collection.open(published).close()
        damaged = collection.damaged_files(published)
    except (StoreUnavailableError, UnknownGenerationError) as error:
        collection.published()  # as above, if the store is away
        _LOG.warning("the published generation is left out: %s", error)
        damaged = [published]
    if not damaged:
        return None
    return (
        f"Stand {published}, er ist beschädigt (»python -m ingest verify« sagt, was zu tun ist). Nach dem "
        "Zurückholen wird aus den Materialien ein neuer: »python -m ingest«."
    )


def _exported(collection: Collection, published: str, scratch: Path) -> Export:
    fetched = scratch / INDEX
    fetched.mkdir()
    return collection.export(published, fetched)


def _read_back(draft: Path) -> None:
    """Verify what is on the disk, as far as the system lets go of what it remembers of it."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    check(draft)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a folder on the disk of `target` that is gone afterwards, whatever happens."""
    folder = target.with_name(f".{target.name}.neu")
    try:
        shutil.rmtree(folder, ignore_errors=True)  # a backup that was killed left it
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise _unwritten(target, error) from error


def _unwritten(target: Path, error: OSError) -> ArchiveError:
    if error.errno == errno.EFBIG:
        return ArchiveError(
            f"Der Datenträger von {target} nimmt so große Dateien nicht auf (bei FAT32 höchstens 4 GB). Es "
            "blieb nichts zurück. Nehmen Sie einen, der mit exFAT oder NTFS formatiert ist."
        )
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ArchiveError(
            f"Auf dem Datenträger von {target} ist kein Platz mehr ({error.strerror}). {_ADVICE}"
        )
    where = f" ({error.filename})" if error.filename else ""
    return ArchiveError(
        f"Die Sicherung {target} kam nicht zustande: {error.strerror or error}{where}. Es blieb nichts "
        "zurück. Bitte prüfen Sie, ob Sie dort lesen und schreiben dürfen, und sichern Sie noch einmal."
    )
