"""Looking after what is published: going back, clearing away, backing up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.encoder import known_stamp, load_encoder
from index.errors import KnowledgeBaseError, ModelError
from index.generations import before, outdated
from index.store import connect_store
from ingest.backups.backup import back_up
from ingest.backups.restore import Restoration
from ingest.backups.restore import restore as put_back
from ingest.lock import Task, locked
from ingest.publishing.journal import Journal, JournalEntry, Step, delete_leftovers
from ingest.report import EXIT_FINE, EXIT_SOME_FAILED
from ingest.set_aside import set_aside
from ingest.signature import login

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from index.collection import Collection
    from index.settings import Settings
    from index.stamp import Stamp

_BESIDE = "Auch das belegt Platz. Was Sie davon nicht mehr brauchen, können Sie selbst löschen:"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command says: lines for a person, JSON for a program; `code` is the exit code.

    `then` is done only when all this has been written; it returns more lines.
    """

    lines: list[str]
    report: Mapping[str, object]
    code: int = EXIT_FINE
    then: Callable[[], list[str]] | None = None


def rollback(settings: Settings, options: Namespace) -> Outcome:
    """Serve from an earlier generation again; what was taken back is not published again by itself.

    No lock: going back does not wait for an ingestion, which notices it (`Publisher`).
    """
    collection, journal = connect_store(settings), Journal(settings.data)
    with journal.turn():
        published = collection.published()
        target = options.generation or before(collection.generations(), published)
        if target is None:
            message = "Es gibt keinen früheren Stand, zu dem es zurückgehen könnte."
            raise KnowledgeBaseError(message)
        _require_usable(collection, target, settings)
        if target == published:
            return Outcome([f"Stand {target} gilt schon."], {"published": target, "former": published})
        why = (options.why or "").strip() or None
        journal.add(JournalEntry(datetime.now(UTC), Step.ROLLED_BACK, target, published, login(), why))
        collection.publish(target)
    lines = [
        f"Jetzt gilt wieder Stand {target} (vorher {published}).",
        "Die Dateien im Ordner der Materialien sind dieselben wie vorher: berichtigen Sie sie vor der "
        "nächsten Aufnahme.",
    ]
    return Outcome(lines, {"published": target, "former": published})


def prune(settings: Settings, options: Namespace) -> Outcome:
    """Delete older generations and what crashed ingestions left; list what else a person may delete."""
    with locked(settings.data, Task.PRUNING):
        collection = connect_store(settings)
        collection.clear_drafts()
        gone = delete_leftovers(collection, Journal(settings.data))
        for name in outdated(collection.generations(), collection.published(), options.keep):
            collection.delete(name)
            gone.append(name)
        beside = set_aside(settings)
    lines = [f"Gelöscht: {', '.join(gone) or 'kein Stand'}."]
    if beside:
        lines += [_BESIDE, *(each.line for each in beside)]
    listed = [{"path": str(each.path), "bytes": each.size} for each in beside]
    return Outcome(lines, {"deleted": gone, "set_aside": listed})


def backup(settings: Settings, options: Namespace) -> Outcome:
    """Put everything into one archive; a damaged index stays outside."""
    with locked(settings.data, Task.BACKUP):
        collection = connect_store(settings)
        report = back_up(settings, settings.corpus, collection, options.file, datetime.now(UTC))
    code = EXIT_SOME_FAILED if report.left_out else EXIT_FINE
    return Outcome(report.lines(), report.as_json(), code)


def restore(settings: Settings, options: Namespace) -> Outcome:
    """Put back what an archive holds; where its index cannot be served, everything else is put back."""
    now = datetime.now().astimezone()  # local: it names what is kept of the former things
    wanted = Restoration(options.file, settings.corpus, settings.data, options.replace, now, login())
    with locked(settings.data, Task.RESTORATION):
        report = put_back(wanted, connect_store(settings), _stamp_if_any(settings))
    return Outcome(report.lines(), report.as_json(), code=EXIT_FINE if report.complete else EXIT_SOME_FAILED)


def _stamp_if_any(settings: Settings) -> Stamp | None:
    try:
        return _stamp(settings)
    except ModelError:
        return None


def _require_usable(collection: Collection, generation: str, settings: Settings) -> None:
    """Refuse a generation that the API would refuse: damaged, or of another model."""
    opened = collection.open(generation)
    try:
        _stamp(settings).require(opened.stamp)
    finally:
        opened.close()


def _stamp(settings: Settings) -> Stamp:
    return known_stamp(settings.model) or load_encoder(settings.model, settings.data / "models").stamp
