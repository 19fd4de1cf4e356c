"""Requests to a Qdrant server that every part of the server store makes, with failures made clear."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np
from pydantic import TypeAdapter
from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException

from index.collection import StoredVectors
from index.errors import StoreUnavailableError
from index.generations import GenerationRecord
from index.meaning import Meaning
from index.payload import CATALOGUE_KEYS, KEYWORDS, NUMBERS, to_entry, to_nearest, to_passage
from index.server import points
from index.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from index.passage import Hit, Passage, SourceEntry

ALIAS = "partnerschaftslotse"  # names the published collection
PREFIX = f"{ALIAS}-"  # before a generation's id: its collection
_RECORD: TypeAdapter[GenerationRecord] = TypeAdapter(GenerationRecord)
_COPY_BATCH = 64  # points of some 40 kB as JSON: far below Qdrant's 32 MB a request


def create(client: QdrantClient, generation: str, stamp: Stamp) -> None:
    """Create the empty collection of a generation with our three vectors, the filtered fields indexed."""
    name = PREFIX + generation
    client.create_collection(
        name,
        vectors_config=points.vector_parameters(stamp.dimension),
        sparse_vectors_config={"terms": models.SparseVectorParams(modifier=models.Modifier.IDF)},
        metadata={"stamp": asdict(stamp)},
    )
    if not points.in_memory(client):  # there payload indexes do nothing but warn
        for key in KEYWORDS:
            client.create_payload_index(name, key, models.PayloadSchemaType.KEYWORD)
        for key in NUMBERS:
            client.create_payload_index(name, key, models.PayloadSchemaType.INTEGER)


def read_stamp(client: QdrantClient, generation: str) -> Stamp:
    """Return what made the vectors of a generation."""
    metadata = client.get_collection(PREFIX + generation).config.metadata or {}
    try:
        return Stamp(**metadata.get("stamp", metadata))  # earlier versions kept nothing else
    except TypeError as error:
        raise unavailable(error) from error


def read_record(client: QdrantClient, generation: str) -> GenerationRecord | None:
    """Return what a generation says of itself; None while it is a draft."""
    stored = (client.get_collection(PREFIX + generation).config.metadata or {}).get("generation")
    return None if stored is None else _RECORD.validate_python(stored)


def write_record(client: QdrantClient, record: GenerationRecord) -> None:
    """Write down what a generation says of itself."""
    metadata = {"stamp": asdict(record.stamp), "generation": _RECORD.dump_python(record, mode="json")}
    client.update_collection(PREFIX + record.id, metadata=metadata)


def catalogue(client: QdrantClient, collection: str) -> list[SourceEntry]:
    """Return all sources, sorted by path."""
    records = scroll(client, collection, points.first_passages(), list(CATALOGUE_KEYS))
    entries = [to_entry(record.payload or {}) for record in records]
    return sorted(entries, key=lambda entry: entry.source)


def passages(client: QdrantClient, collection: str, source: str) -> list[Passage]:
    """Return the passages of a source in order."""
    records = scroll(client, collection, points.of_sources([source]), True)
    found = [to_passage(record.payload or {}) for record in records]
    return sorted(found, key=lambda passage: passage.position)


def vectors(client: QdrantClient, collection: str, source: str) -> dict[int, StoredVectors]:
    """Return the vectors of a source's passages by position."""
    found: dict[int, StoredVectors] = {}
    wanted = points.of_sources([source])
    for record in scroll(client, collection, wanted, ["fingerprint", "position"], with_vectors=True):
        payload = record.payload or {}
        stored = StoredVectors(payload["fingerprint"], points.passage_vectors(record.vector))
        found[payload["position"]] = stored
    return found


def meaning(client: QdrantClient, collection: str, passage_id: str) -> Meaning | None:
    """Return a passage with its vector, None if there is none of this id."""
    with reaching():
        records = client.retrieve(collection, [passage_id], with_payload=True, with_vectors=["passage"])
    for record in records:
        vector = np.asarray(points.named(record.vector)["passage"], dtype=np.float32)
        return Meaning(to_passage(record.payload or {}), vector)
    return None


def nearest(
    client: QdrantClient, collection: str, vector: NDArray[np.float32], within: models.Filter, limit: int
) -> list[Hit]:
    """Return the passages whose vectors are nearest, best first."""
    with reaching():
        found = client.query_points(
            collection, query=vector.tolist(), using="passage", query_filter=within, limit=limit
        ).points
    return [to_nearest(point.payload or {}, point.score) for point in found]


def copy(client: QdrantClient, former: str, draft: str) -> None:
    """Copy all points of a generation, vectors included, into another one."""
    batch: list[models.PointStruct] = []
    for record in scroll(client, PREFIX + former, None, True, with_vectors=True):
        batch.append(models.PointStruct(id=record.id, vector=record.vector or {}, payload=record.payload))  # type: ignore[arg-type] # records and points name the same vectors differently
        if len(batch) == _COPY_BATCH:
            client.upsert(PREFIX + draft, batch, wait=True)
            batch = []
    if batch:
        client.upsert(PREFIX + draft, batch, wait=True)


def scroll(
    client: QdrantClient,
    collection: str,
    which: models.Filter | None,
    keys: list[str] | bool,
    with_vectors: bool = False,
) -> Iterator[models.Record]:
    """Yield the points that a filter leaves, page by page, with these keys of their payload."""
    offset: Any = None
    while True:
        with reaching():
            records, offset = client.scroll(
                collection,
                which,
                limit=_COPY_BATCH,
                offset=offset,
                with_payload=keys,
                with_vectors=with_vectors,
            )
        yield from records
        if offset is None:
            return


@contextmanager
def reaching() -> Iterator[None]:
    """Turn every failure of the server or the way to it into one clear error."""
    try:
        yield
    except (ApiException, httpx.HTTPError, OSError) as error:
        raise unavailable(error) from error


def unavailable(reason: object) -> StoreUnavailableError:
    """Return the error that says what to check."""
    first_line = str(reason).strip().split("\n")[0]
    return StoreUnavailableError(
        f"Der Qdrant-Server antwortet nicht wie erwartet ({first_line}). "
        "Läuft er, und stimmen KB_QDRANT_URL und KB_QDRANT_API_KEY?"
    )
