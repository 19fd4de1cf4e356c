"""Requests to a Qdrant server that every part of the server store makes, with failures made clear."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException

from index.errors import StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

_COPY_BATCH = 64  # points of some 40 kB as JSON: far below Qdrant's 32 MB a request


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
