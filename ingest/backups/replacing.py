"""The steps by which restored files take the place of former ones, each with the way back.

The way back is laid before the step is taken and looks whether it was: so it does not matter when an
interruption comes.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from index.durable import move_into_place, sync_tree
from index.errors import KnowledgeBaseError
from ingest.backups.databases import (
    SUFFIXES,
    DamagedDatabaseError,
    copy_database,
    is_database,
    remove_database,
    with_its_files,
)
from ingest.backups.manifest import DATA, ArchiveError, unusable
from ingest.backups.places import has_content, undisturbed
from ingest.publishing.journal import FILE_NAME as JOURNAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ingest.backups.places import Places


@contextmanager
def way_back() -> Iterator[ExitStack]:
    """Take back, last first, what the block has laid a way back for, if it does not come to its end.

    Raises:
        ArchiveError: something could not be taken back.
    """
    undo = ExitStack()
    try:
        yield undo
    except BaseException as error:
        with undisturbed():
            try:
                undo.close()  # all of them, even if one fails
            except (KnowledgeBaseError, OSError) as failure:
                reason = str(error) or "abgebrochen"
                message = (
                    f"Die Wiederherstellung kam nicht zustande ({reason}), und nicht alles ließ sich "
                    f"zurücknehmen: {failure} Was vorher da war, liegt daneben, mit »vor-« im Namen."
                )
                raise ArchiveError(message) from error
        raise


def require_databases(places: Places) -> None:
    """Refuse what is called a database and is none, before anything is replaced.

    Raises:
        ArchiveError: names it.
    """
    for path in _unpacked_databases(places):
        if not is_database(path):
            raise unusable(f"»{DATA}/{path.name}« ist keine Datenbank")


def replace_databases(places: Places, undo: ExitStack) -> list[Path]:
    """Give the databases their restored contents and return where the former ones are kept.

    They are written into and not replaced: so a program that has one open sees the new contents, and
    what SQLite keeps beside it (`-wal`) never meets a database that it is not of.

    Raises:
        ArchiveError: a database cannot be read or written.
    """
    kept: list[Path] = []
    for new in _unpacked_databases(places):
        target = places.data / new.name
        if target.exists():
            kept.append(_keep(target, places, undo))
        else:
            undo.callback(remove_database, target)
        copy_database(new, target)
    return kept


def add_journal(places: Places, undo: ExitStack) -> None:
    """Put the restored journal in place if there is none: this machine's own is never thrown away.

    Raises:
        OSError: it cannot be written.
    """
    new, target = places.new_data / DATA / JOURNAL, places.data / JOURNAL
    if new.exists() and not target.exists():
        undo.callback(target.unlink, missing_ok=True)
        move_into_place(new, target)


def replace_corpus(places: Places, undo: ExitStack) -> list[Path]:
    """Put the restored corpus in place and return where the former one is kept.

    Raises:
        OSError: it cannot be moved.
    """
    corpus, kept = places.corpus, []
    sync_tree(places.new_corpus)  # now, so that the moment between the two names is short
    if has_content(corpus):
        kept = [places.former(corpus)]
        undo.callback(_move_back, kept[0], corpus)
        corpus.rename(kept[0])
    elif corpus.exists():
        undo.callback(corpus.mkdir, exist_ok=True)
    undo.callback(_move_back, corpus, places.new_corpus)
    move_into_place(places.new_corpus, corpus)  # over an empty folder too, see rename(2)
    return kept


def _move_back(moved: Path, origin: Path) -> None:
    if moved.exists() and not origin.exists():
        moved.rename(origin)


def _unpacked_databases(places: Places) -> list[Path]:
    return sorted(path for path in (places.new_data / DATA).iterdir() if path.suffix in SUFFIXES)


def _keep(target: Path, places: Places, undo: ExitStack) -> Path:
    """Keep what a database holds; one that SQLite cannot read is moved away with all that belongs to it."""
    former = places.former(target)
    undo.callback(_bring_back, former, target)
    half = places.new_data / former.name  # a name of its own: half a copy goes with what was unpacked
    try:
        copy_database(target, half)
        move_into_place(half, former)
    except DamagedDatabaseError:
        pairs = list(zip(with_its_files(target), with_its_files(former), strict=True))
        for there, aside in pairs:
            undo.callback(_move_back, aside, there)
        for there, aside in pairs:
            if there.exists():
                there.rename(aside)
        undo.callback(remove_database, target)
    return former


def _bring_back(former: Path, target: Path) -> None:
    """Give a database its former contents; the only copy of them goes when they are there and not before."""
    if former.exists():
        try:
            copy_database(former, target)
        except ArchiveError as error:
            message = (
                f"Was vorher in {target} stand, ist nur noch in {former} ({error.__cause__}). Beenden Sie "
                "alle Programme, die diese Datenbank benutzen, und geben Sie der Datei dann deren Namen."
            )
            raise ArchiveError(message) from error
        remove_database(former)
