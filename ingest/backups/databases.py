"""SQLite databases copied while they are in use, by SQLite's own online backup: never half a transaction."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.backups.manifest import ArchiveError
from ingest.vector_cache import FILE_NAME as CACHE

if TYPE_CHECKING:
    from index.settings import Settings

SUFFIXES = frozenset({".sqlite", ".db"})
_HEADER = b"SQLite format 3\0"  # the first bytes of every such file (sqlite.org/fileformat.html)
_BUSY_TRIES = 120  # of a quarter of a second each, which is how long `backup` sleeps after one
_BESIDE = ("", "-wal", "-shm", "-journal")  # SQLite's own names beside a database's


class DamagedDatabaseError(ArchiveError):
    """A file is no database that SQLite can read."""


def find_databases(data: Path) -> list[Path]:
    """Return the databases directly under `data` that cannot be made anew, sorted."""
    if not data.is_dir():
        return []
    candidates = sorted(path for path in data.iterdir() if path.suffix in SUFFIXES)
    return [path for path in candidates if path.name != CACHE and is_database(path)]


def is_database(path: Path) -> bool:
    """Whether this file begins as every SQLite database does."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def with_its_files(path: Path) -> list[Path]:
    """Return the database and what SQLite keeps beside it, whether it exists or not."""
    return [Path(f"{path}{suffix}") for suffix in _BESIDE]


def remove_database(path: Path) -> None:
    """Delete a database, if there is one, with all that belongs to it."""
    for each in with_its_files(path):
        each.unlink(missing_ok=True)


def copy_database(source: Path, target: Path) -> None:
    """Make the database `target`, new or in use, equal to `source` in one transaction.

    A new one is for its owner's eyes alone.

    Raises:
        DamagedDatabaseError: one of them is no database, or a damaged one.
        ArchiveError: one of them cannot be read or written, or somebody keeps it locked.
    """
    tries = 0

    def give_up(status: int, _remaining: int, _total: int) -> None:
        nonlocal tries
        tries += 1
        if tries > _BUSY_TRIES and status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            message = "database is locked"
            raise sqlite3.OperationalError(message)

    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reading,
            closing(_private(target)) as writing,
        ):
            reading.backup(writing, progress=give_up)
    except (sqlite3.Error, OSError) as error:
        message = (
            f"Die Datenbank {source} ließ sich nicht nach {target} übertragen ({error}). Es wurde nichts "
            "verändert. Bitte beenden Sie Programme, die sie benutzen, und versuchen Sie es noch einmal."
        )
        # SQLite says DatabaseError itself of damage; of locks, rights and room narrower ones.
        kind = DamagedDatabaseError if type(error) is sqlite3.DatabaseError else ArchiveError
        raise kind(message) from error


def _private(target: Path) -> sqlite3.Connection:
    if not target.exists():
        target.touch(mode=0o600)  # SQLite's own files beside it follow it
    return sqlite3.connect(target, timeout=0)


def named_elsewhere(settings: Settings) -> list[str]:
    """Return what to say about a database that KB_DATABASE_URL names and `find_databases` cannot find."""
    if settings.database_url is None:
        return []
    address = settings.database_url.get_secret_value()
    path = Path(address.partition(":///")[2])
    if address.startswith("sqlite") and (not path.exists() or _is_found(path, settings.data)):
        return []
    return ["die Datenbank von KB_DATABASE_URL; bitte sichern Sie sie mit ihren eigenen Mitteln"]


def _is_found(path: Path, data: Path) -> bool:
    return path.resolve() in {found.resolve() for found in find_databases(data)}
