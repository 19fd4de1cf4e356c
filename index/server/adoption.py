"""Generations of the server store that leave as a snapshot, and snapshots that become generations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.collection import Export
from index.errors import UnknownGenerationError
from index.generations import GenerationRecord
from index.server.requests import PREFIX, create, reaching, read_record, read_stamp, unavailable, write_record
from index.server.snapshots import FORM, download, upload

if TYPE_CHECKING:
    from pathlib import Path

    from qdrant_client import QdrantClient


def export_snapshot(client: QdrantClient, generation: str, scratch: Path) -> Export:
    """Fetch a snapshot of a finished generation into `scratch`.

    Raises:
        StoreUnavailableError: the server cannot be reached or makes no snapshots.
        OSError: `scratch` cannot be written.
    """
    with reaching():
        if not client.collection_exists(PREFIX + generation):
            raise UnknownGenerationError(generation)
        record = read_record(client, generation)
        if record is None:  # one of an earlier version says only what made it
            passages = client.count(PREFIX + generation, exact=True).count
            record = GenerationRecord(generation, read_stamp(client, generation), passages)
    download(client, generation, scratch)
    return Export(FORM, record, scratch)


def adopt_snapshot(client: QdrantClient, export: Export, record: GenerationRecord) -> None:
    """Make a snapshot the finished generation that `record` names.

    The collection is made first and filled then: so it says nothing of itself until it was looked at,
    and a crash leaves what the next draft clears away.

    Raises:
        StoreUnavailableError: the server does not take it, or passages are missing.
        OSError: the snapshot cannot be read.
    """
    collection = PREFIX + record.id
    with reaching():
        create(client, record.id, record.stamp)
    try:
        upload(client, record.id, export.folder)
        with reaching():
            if client.count(collection, exact=True).count != record.passages:
                raise unavailable("es fehlen Textstellen")
            write_record(client, record)
    except BaseException:
        with reaching():
            client.delete_collection(collection)
        raise
