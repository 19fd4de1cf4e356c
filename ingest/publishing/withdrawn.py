"""What somebody took back: it is not published again by itself, neither alone nor beside other changes."""

from __future__ import annotations

import logging
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from ingest.publishing.journal import taken_back_to

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.collection import Collection
    from index.generations import GenerationRecord
    from ingest.publishing.journal import JournalEntry

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Materials:
    """What is about to be published: the digest of it all, and the revision of each source by its path."""

    digest: str
    revisions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A generation that was taken back, and the sources that it had changed, as far as that is known."""

    generation: str
    sources: tuple[str, ...]


def withdrawn(
    materials: Materials, collection: Collection, published: str, entries: Sequence[JournalEntry]
) -> Withdrawn | None:
    """Return what was taken back and would be published once more; None if nothing would.

    That is so while everything that the generation had changed is still as it was: what else came in
    meanwhile corrects nothing. One changed source of it is taken for the correction.
    """
    for record in collection.generations():
        target = taken_back_to(record, entries)
        if target is None or record.id == published:
            continue
        changes = _changes(collection, target, record)
        if record.corpus == materials.digest or (changes and _are_still_there(changes, materials)):
            return Withdrawn(record.id, tuple(sorted(changes)))
    return None


def _are_still_there(changes: Mapping[str, str | None], materials: Materials) -> bool:
    return all(materials.revisions.get(source) == revision for source, revision in changes.items())


def _changes(collection: Collection, target: str, record: GenerationRecord) -> dict[str, str | None]:
    """Return each source in which the generation differs from `target`: its revision, None if it went."""
    try:
        before, after = _revisions(collection, target), _revisions(collection, record.id)
    except KnowledgeBaseError as error:
        _LOG.warning("what %s had changed is not known any more: %s", record.id, error)
        return {}
    return {
        source: after.get(source)
        for source in before.keys() | after.keys()
        if before.get(source) != after.get(source)
    }


def _revisions(collection: Collection, generation: str) -> dict[str, str]:
    with closing(collection.open(generation)) as opened:
        return {entry.source: entry.revision for entry in opened.catalogue()}
