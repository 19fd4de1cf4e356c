"""A backup put back: everything is unpacked and verified aside, then it goes in, each part in one step.

What happens if the machine stops, in the order of the steps:

- while unpacking: nothing has changed; the next restore clears `.<corpus>.neu` and `restore.neu` away;
- after the index was adopted: it is one more generation that nobody is served from;
- while a database is replaced: SQLite goes back to the former contents by itself;
- after the databases: they are the restored ones, materials and index still the former ones;
- between the two renames of the materials: the folder is missing. The former one has its name with
  `.vor-<time>` behind it, and the same restore with `--replace` goes through;
- after the materials: the former index still serves; `python -m ingest`, or the same restore with
  `--replace`, brings it to the materials;
- after publication: everything is as it was when the backup was made.

An error, or Ctrl-C, takes the steps back in the opposite order. What was there before is never deleted: it
keeps its name with `.vor-<time>` behind it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.collection import Export
from index.errors import StampMismatchError, StoreFullError, StoreUnavailableError
from ingest.backups.archive import open_archive
from ingest.backups.manifest import CORPUS, DATA, INDEX, ArchiveError
from ingest.backups.places import places_of, require_free, require_rooms
from ingest.backups.replacing import (
    add_journal,
    replace_corpus,
    replace_databases,
    require_databases,
    way_back,
)
from ingest.publishing.journal import Journal, JournalEntry, Step

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from index.collection import Collection
    from index.stamp import Stamp
    from ingest.backups.archive import Archive
    from ingest.backups.manifest import IndexInside, Manifest
    from ingest.backups.places import Places

_UNPUBLISHED = "Der Bestand aus der Sicherung wurde nicht veröffentlicht."
_INGEST = "Nehmen Sie die Materialien mit »python -m ingest« auf."
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was put back; `unpublished` says why no index is served, `kept` where former things are."""

    made_at: datetime
    corpus: Path
    corpus_files: int
    index_inside: bool
    generation: str | None
    unpublished: str | None
    kept: tuple[Path, ...]

    @property
    def complete(self) -> bool:
        """Whether everything that was in the archive is back; otherwise only its index is left out."""
        return self.generation is not None or not self.index_inside

    def lines(self) -> list[str]:
        """Return the report for a person."""
        index = f" Jetzt gilt Stand {self.generation}." if self.generation else ""
        return [
            f"Wiederhergestellt ist die Sicherung vom {self.made_at.astimezone():%d.%m.%Y, %H:%M} Uhr: "
            f"{self.corpus_files} Dateien in {self.corpus}.{index}",
            *([self.unpublished] if self.unpublished else []),
            *(f"Das Bisherige ist aufgehoben: {path}" for path in self.kept),
        ]

    def as_json(self) -> dict[str, object]:
        """Return the report for a program."""
        return {
            "made_at": self.made_at.isoformat(),
            "corpus": str(self.corpus),
            "corpus_files": self.corpus_files,
            "published": self.generation,
            "unpublished": self.unpublished,
            "complete": self.complete,
            "kept": [str(path) for path in self.kept],
        }


@dataclass(frozen=True, slots=True)
class Restoration:
    """What is to be put back where, and who does so; `now` is local time and knows its zone."""

    archive: Path
    corpus: Path
    data: Path
    replace: bool
    now: datetime
    by: str


def restore(wanted: Restoration, collection: Collection, stamp: Stamp | None) -> RestoreReport:
    """Put a backup in place: on an empty machine, or with `replace` in the place of what there is.

    Its index is served if its vectors were made with `stamp`, that of the encoder here; without one (no
    model is at hand), or if another kind or version of store made it, only the rest is put back. The
    caller holds the writer's lock.

    Raises:
        KnowledgeBaseError: it cannot be done; everything is as it was.
    """
    places = places_of(wanted.corpus, wanted.data, wanted.now)
    try:
        with open_archive(wanted.archive) as opened:
            if not wanted.replace:
                require_free(places, collection)
            with places.prepared():
                require_rooms(places, opened.manifest)
                _unpack(opened, places)
                return _put_in(wanted, opened.manifest, places, collection, stamp)
    except OSError as error:
        where = f", {error.filename}" if error.filename else ""
        message = (
            f"Die Wiederherstellung kam nicht zustande ({error.strerror or error}{where}). Es ist alles wie "
            "vorher. Bitte prüfen Sie dort Platz und Rechte, und versuchen Sie es dann noch einmal."
        )
        raise ArchiveError(message) from error


def _unpack(opened: Archive, places: Places) -> None:
    opened.unpack(CORPUS, places.new_corpus)
    for top in (INDEX, DATA):
        opened.unpack(top, places.new_data / top)
    require_databases(places)


def _put_in(
    wanted: Restoration, manifest: Manifest, places: Places, collection: Collection, stamp: Stamp | None
) -> RestoreReport:
    former = collection.published()
    with way_back() as undo:
        generation, unpublished = _adopt(manifest.index, places, collection, stamp)
        if generation is not None:
            undo.callback(_take_back, collection, generation, former)
        kept = replace_databases(places, undo)
        add_journal(places, undo)
        kept += replace_corpus(places, undo)
        if generation is not None:
            entry = JournalEntry(wanted.now, Step.RESTORED, generation, former, wanted.by)
            journal = Journal(places.data)
            with journal.turn():
                journal.add(entry)
                _publish(collection, generation)
    return RestoreReport(
        made_at=manifest.made_at,
        corpus=places.corpus,
        corpus_files=len(manifest.below(CORPUS)),
        index_inside=manifest.index is not None,
        generation=generation,
        unpublished=unpublished,
        kept=tuple(kept),
    )


def _adopt(
    inside: IndexInside | None, places: Places, collection: Collection, stamp: Stamp | None
) -> tuple[str | None, str | None]:
    """Return the id of the generation that was made of the index in the archive, or why none was."""
    if inside is None:
        return None, f"In der Sicherung ist kein Bestand. {_INGEST}"
    if inside.form != collection.form:
        reason = "Er ist mit einem Qdrant-Server gesichert und hier ist keiner eingestellt, oder umgekehrt."
        return None, f"{_UNPUBLISHED} {reason} {_INGEST}"
    if stamp is None:
        return None, f"{_UNPUBLISHED} Hier ist kein Sprachmodell, zu dem er passen könnte. {_INGEST}"
    try:
        stamp.require(inside.record.stamp)
        return collection.adopt(Export(inside.form, inside.record, places.new_data / INDEX)), None
    except StampMismatchError as error:
        return None, f"{_UNPUBLISHED} {error}"
    except StoreUnavailableError as error:
        if isinstance(error, StoreFullError) or isinstance(error.__cause__, OSError):
            raise  # what there is no room or no right for now may go well another time
        collection.published()  # as above, if the store is away
        _LOG.warning("the index of the backup was not adopted: %s", error)
        reason = "Qdrant kann ihn nicht öffnen; vielleicht hat ihn eine andere Fassung geschrieben."
        return None, f"{_UNPUBLISHED} {reason} {_INGEST}"


def _publish(collection: Collection, generation: str) -> None:
    """Serve from the restored generation; what stops this after it took effect comes too late.

    All is in place then, and on an empty machine there is no generation to go back to.
    """
    try:
        collection.publish(generation)
    except BaseException as error:
        if collection.published() != generation:
            raise
        _LOG.warning("%s was published in spite of: %r", generation, error)


def _take_back(collection: Collection, generation: str, former: str | None) -> None:
    """Serve from the former generation and delete the restored one, as far as that can be done."""
    if former is not None and collection.published() == generation:
        collection.publish(former)
    if collection.published() != generation:
        collection.delete(generation)
