"""Where the cases are kept, and how that file is opened: what is deleted there is gone from the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from search_api.cases.errors import CaseDatabaseError, CasesUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.settings import Settings

FILE_NAME = "cases.sqlite"  # under KB_DATA, where a backup finds it
_SCHEME = "sqlite:///"
_VERSION = 1  # of the tables below; kept in the file itself
_PATIENCE_S = 5.0  # for another program that has the file; SQLite's own default
_MOST_PAGES = 262_144  # of 4 KB, a gigabyte: nobody can fill the disk from the page
_TABLES = (
    """CREATE TABLE cases (
        id TEXT PRIMARY KEY, desk TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL,
        revision INTEGER NOT NULL, answer TEXT NOT NULL, released TEXT
    )""",
    "CREATE INDEX cases_of_desk ON cases (desk, changed)",
    """CREATE TABLE questions (
        case_id TEXT NOT NULL REFERENCES cases ON DELETE CASCADE, position INTEGER NOT NULL,
        question TEXT NOT NULL, PRIMARY KEY (case_id, position)
    )""",
    """CREATE TABLE pins (
        case_id TEXT NOT NULL REFERENCES cases ON DELETE CASCADE, position INTEGER NOT NULL,
        pin TEXT NOT NULL, PRIMARY KEY (case_id, position)
    )""",
)


def case_database(settings: Settings) -> Path:
    """Return the file that holds the cases.

    Raises:
        CaseDatabaseError: KB_DATABASE_URL is no address of an SQLite file.
    """
    if settings.database_url is None:
        return settings.data / FILE_NAME
    address = settings.database_url.get_secret_value()
    path = address.removeprefix(_SCHEME)
    if path in {address, ""}:
        raise CaseDatabaseError(
            "KB_DATABASE_URL: Fälle werden nur in SQLite gehalten. Bitte schreiben Sie "
            "sqlite:///Pfad/zur/Datei oder lassen Sie die Einstellung leer."
        )
    return Path(path)


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection in a transaction of its own; it is taken back if anything goes wrong inside.

    The file is opened anew each time: a restored backup may have replaced it.

    Raises:
        CasesUnavailableError: the file cannot be opened, is locked, damaged, full or of a newer version.
    """
    try:
        _make_private(path)
        with closing(sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)) as connection:
            _prepare(connection)
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                _migrate(connection)
                yield connection
    except sqlite3.Error as error:
        raise CasesUnavailableError(str(error)) from error


def _make_private(path: Path) -> None:
    """Make the file, if there is none, for its owner's eyes; SQLite's own files beside it follow it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise CasesUnavailableError(error.strerror or "unbekannter Fehler") from error


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA max_page_count = {_MOST_PAGES}")


def _migrate(connection: sqlite3.Connection) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise CasesUnavailableError("die Datei stammt von einer neueren Version des Partnerschaftslotsen")
    if version == 0:
        for statement in (*_TABLES, f"PRAGMA user_version = {_VERSION}"):
            connection.execute(statement)
