"""Requests to a Qdrant server that every part of the server store makes, with failures made clear."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException

from index import points
from index.errors import StoreUnavailableError
from index.payload import KEYWORDS, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.stamp import Stamp

_COPY_BATCH = 64  # points of some 40 kB as JSON: far below Qdrant's 32 MB a request


def create(client: QdrantClient, name: str, stamp: Stamp) -> None:
    """Create an empty collection with our three vectors, the filtered fields indexed."""
    client.create_collection(
        name,
        vectors_config=points.vector_parameters(stamp.dimension),
        sparse_vectors_config={"terms": models.SparseVectorParams(modifier=models.Modifier.IDF)},
        metadata=asdict(stamp),
    )
    if not points.in_memory(client):  # there payload indexes do nothing but warn
        for key in KEYWORDS:
            client.create_payload_index(name, key, models.PayloadSchemaType.KEYWORD)
        for key in NUMBERS:
            client.create_payload_index(name, key, models.PayloadSchemaType.INTEGER)


def copy(client: QdrantClient, former: str, draft: str) -> None:
    """Copy all points of a collection, vectors included, into another one."""
    batch: list[models.PointStruct] = []
    for record in scroll(client, former, None, True, with_vectors=True):
        batch.append(models.PointStruct(id=record.id, vector=record.vector or {}, payload=record.payload))  # type: ignore[arg-type] # records and points name the same vectors differently
        if len(batch) == _COPY_BATCH:
            client.upsert(draft, batch, wait=True)
            batch = []
    if batch:
        client.upsert(draft, batch, wait=True)


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
    except (ApiException, OSError) as error:
        raise unavailable(error) from error


def unavailable(reason: object) -> StoreUnavailableError:
    """Return the error that says what to check."""
    first_line = str(reason).strip().split("\n")[0]
    return StoreUnavailableError(
        f"Der Qdrant-Server antwortet nicht wie erwartet ({first_line}). "
        "Läuft er, und stimmen KB_QDRANT_URL und KB_QDRANT_API_KEY?"
    )
