"""The steps by which restored files take the place of former ones, each with the way back.

The way back is laid before the step is taken and looks whether it was: so it does not matter when an
interruption comes.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from index.durable import move_into_place
from ingest.backups.databases import DamagedDatabaseError, copy_database, is_database
from ingest.backups.exchange import exchange
from ingest.backups.manifest import DATA
from ingest.backups.places import has_content

if TYPE_CHECKING:
    from contextlib import ExitStack

    from ingest.backups.places import Places

_OF_A_DATABASE = ("", "-wal", "-shm", "-journal")  # SQLite's own names beside a database's


def replace_corpus(places: Places, undo: ExitStack) -> list[Path]:
    """Put the restored corpus in place and return where the former one is kept.

    Raises:
        OSError: it cannot be moved.
    """
    corpus = places.corpus
    if not has_content(corpus):
        if corpus.exists():
            undo.callback(corpus.mkdir, exist_ok=True)
        undo.callback(_move_back, corpus, places.new_corpus)
        move_into_place(places.new_corpus, corpus)  # over an empty folder too, see rename(2)
        return []
    kept = places.former(corpus)
    undo.callback(_move_back, kept, places.new_corpus)
    move_into_place(places.new_corpus, kept)  # it has the former one's name for the moment before they change
    undo.callback(_exchange_back, kept, corpus, corpus.stat().st_ino)
    exchange(kept, corpus)
    return [kept]


def replace_databases(places: Places, undo: ExitStack) -> list[Path]:
    """Give the databases their restored contents and return where the former ones are kept.

    They are written into and not replaced: so a program that has one open sees the new contents, and
    what SQLite keeps beside it (`-wal`) never meets a database that it is not of.

    Raises:
        ArchiveError: a database cannot be read or written.
    """
    kept: list[Path] = []
    for new in _unpacked(places):
        if is_database(new):
            target = places.data / new.name
            kept += _kept_database(target, places.former(target), undo)
            copy_database(new, target)
    return kept


def replace_notes(places: Places, undo: ExitStack) -> list[Path]:
    """Put the other files under KB_DATA in place and return where the former ones are kept.

    Raises:
        OSError: one cannot be written.
    """
    kept = []
    for new in _unpacked(places):
        if not is_database(new):
            target = places.data / new.name
            if target.exists():
                former = places.former(target)
                shutil.copy2(target, former)
                undo.callback(former.replace, target)
                kept.append(former)
            else:
                undo.callback(target.unlink, missing_ok=True)
            move_into_place(new, target)
    return kept


def _move_back(moved: Path, origin: Path) -> None:
    if not origin.exists():
        moved.rename(origin)


def _exchange_back(kept: Path, corpus: Path, former: int) -> None:
    """Give the corpus its folder back, known by its inode."""
    if kept.stat().st_ino == former:
        exchange(kept, corpus)


def _unpacked(places: Places) -> list[Path]:
    folder = places.new_data / DATA
    return sorted(path for path in folder.iterdir() if path.is_file())


def _kept_database(target: Path, former: Path, undo: ExitStack) -> list[Path]:
    """Keep what a database holds; one that SQLite cannot read is moved away with all that belongs to it."""
    if not target.exists():
        undo.callback(_remove_database, target)
        return []
    try:
        copy_database(target, former)
    except DamagedDatabaseError:
        _remove_database(former)
        for suffix in _OF_A_DATABASE:
            beside = Path(f"{target}{suffix}")
            if beside.exists():
                beside.rename(f"{former}{suffix}")
                undo.callback(Path(f"{former}{suffix}").rename, beside)
        undo.callback(_remove_database, target)
        return [former]
    undo.callback(_remove_database, former)
    undo.callback(copy_database, former, target)
    return [former]


def _remove_database(path: Path) -> None:
    for suffix in _OF_A_DATABASE:
        Path(f"{path}{suffix}").unlink(missing_ok=True)
