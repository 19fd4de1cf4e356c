"""Looking after what is published: going back, checking, clearing away, backing up."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.encoder import known_stamp, load_encoder
from index.errors import KnowledgeBaseError, ModelError, UnknownGenerationError
from index.generations import before, outdated
from index.store import connect_store
from ingest.backups.backup import back_up
from ingest.backups.restore import Restoration
from ingest.backups.restore import restore as put_back
from ingest.lock import Task, locked
from ingest.publishing.journal import Journal, JournalEntry, Step, delete_leftovers
from ingest.publishing.verification import defects
from ingest.report import EXIT_FINE, EXIT_NOTHING_PUBLISHED, EXIT_SOME_FAILED
from ingest.signature import login

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping

    from index.collection import Collection
    from index.settings import Settings
    from index.stamp import Stamp


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


def verify(settings: Settings, options: Namespace) -> Outcome:
    """Read every passage and every vector of one generation, or of all."""
    collection = connect_store(settings)
    known = {record.id for record in collection.generations()}
    known |= {published} if (published := collection.published()) else set()  # also if its record is damaged
    if options.generation is not None and options.generation not in known:
        raise UnknownGenerationError(options.generation)
    wanted = [options.generation] if options.generation else sorted(known)
    found = {name: _defects_of(collection, name) for name in wanted}
    lines: list[str] = []
    for name, wrong in found.items():
        lines += (
            [f"{name}: beschädigt", *(f"  {each}" for each in wrong)] if wrong else [f"{name}: vollständig"]
        )
    code = EXIT_NOTHING_PUBLISHED if any(found.values()) else EXIT_FINE
    return Outcome(lines or ["Es gibt noch keinen Stand."], {"defects": found}, code)


def prune(settings: Settings, options: Namespace) -> Outcome:
    """Delete older generations and what crashed ingestions left."""
    with locked(settings.data, Task.PRUNING):
        collection = connect_store(settings)
        collection.clear_drafts()
        gone = delete_leftovers(collection, Journal(settings.data))
        for name in outdated(collection.generations(), collection.published(), options.keep):
            collection.delete(name)
            gone.append(name)
    return Outcome([f"Gelöscht: {', '.join(gone) or 'kein Stand'}."], {"deleted": gone})


def backup(settings: Settings, options: Namespace) -> Outcome:
    """Put everything into one archive."""
    with locked(settings.data, Task.BACKUP):
        collection = connect_store(settings)
        report = back_up(settings, settings.corpus, collection, options.file, datetime.now(UTC))
    return Outcome(report.lines(), report.as_json())


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


def _defects_of(collection: Collection, name: str) -> list[str]:
    try:
        with closing(collection.open(name)) as generation:
            return list(defects(generation))
    except (KnowledgeBaseError, ValueError, KeyError, TypeError) as error:  # payloads that are no passages
        return [str(error) or repr(error)]
