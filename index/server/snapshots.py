"""Snapshots of the Qdrant server: a collection as one file, copied there or taken away and brought back.

Over plain HTTP, since `qdrant_client` holds a whole snapshot in memory and waits no longer than for a
search. A snapshot of a cluster holds what its one node has: this is for a single server.
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from index.disk_space import require_room
from index.errors import StoreFullError, StoreUnavailableError
from index.server import points
from index.server.requests import PREFIX, create, reaching, read_stamp, unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qdrant_client import QdrantClient

FORM = "qdrant-snapshot"  # what the files of an export are
FILE_NAME = "collection.snapshot"
_TIMEOUT = httpx.Timeout(30, read=900)  # seconds; a guess: making one, or recovering from it, is one request
# Passages. A guess: the time of copying goes by the passage, a snapshot and its recovery take a time of
# their own however few there are. Where both take the same depends on the server and its disk.
_FEWEST = 1_000
_SERVER_FULL = (
    "Auf dem Datenträger des Qdrant-Servers ist kein Platz mehr. Schaffen Sie dort Platz, und versuchen Sie "
    "es dann noch einmal."
)
_ADVICE = "Schaffen Sie dort Platz und sichern Sie dann noch einmal."

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Snapshot:
    path: str
    size: int
    sha256: str | None


def copy_by_snapshot(client: QdrantClient, former: str, draft: str) -> bool:
    """Fill the empty collection of `draft` from the one of `former`; False if the server cannot.

    The server fetches the snapshot from itself, under the address that we use; where it does not know
    itself by that, or is the library's own small store, the caller has to copy otherwise.
    """
    if points.in_memory(client):
        return False
    with reaching():
        wanted = client.count(PREFIX + former, exact=True).count
    if wanted < _FEWEST:
        return False
    try:
        with _connected(client) as web, _snapshot(web, PREFIX + former) as snapshot, reaching():
            _recover(web, client, snapshot, PREFIX + draft)
            if client.count(PREFIX + draft, exact=True).count == wanted:
                return True
    except StoreUnavailableError as error:
        _LOG.warning("generation %s is copied without a snapshot: %s", former, error)
    _empty(client, former, draft)
    return False


def download(client: QdrantClient, generation: str, folder: Path) -> None:
    """Write the collection of a generation into `folder`, which exists.

    Raises:
        StoreUnavailableError: the server cannot make it, or what came is not what it made.
        StoreFullError: there is no room for it.
        OSError: it cannot be written.
    """
    with _connected(client) as web, _snapshot(web, PREFIX + generation) as snapshot:
        require_room(folder, snapshot.size, _ADVICE)
        digest = hashlib.sha256()
        with (folder / FILE_NAME).open("wb") as file:
            for block in _received(web, snapshot):
                digest.update(block)
                file.write(block)
    if snapshot.sha256 is not None and snapshot.sha256 != digest.hexdigest():
        raise unavailable("die Momentaufnahme kam beschädigt an")


def upload(client: QdrantClient, generation: str, folder: Path) -> None:
    """Fill the empty collection of a generation with what `download` wrote.

    Raises:
        StoreUnavailableError: the server does not take it.
        OSError: the file cannot be read.
    """
    where = f"/collections/{PREFIX}{generation}/snapshots/upload"
    with _connected(client) as web, (folder / FILE_NAME).open("rb") as file, reaching():
        files = {"snapshot": (FILE_NAME, file)}
        _accepted(web.post(where, params={"priority": "snapshot", "wait": "true"}, files=files))


@contextmanager
def _connected(client: QdrantClient) -> Iterator[httpx.Client]:
    if points.in_memory(client):
        message = (
            "Ein Bestand im Arbeitsspeicher lässt sich weder sichern noch wiederherstellen. "
            "Bitte nennen Sie mit KB_QDRANT_URL einen Qdrant-Server, oder lassen Sie es weg."
        )
        raise StoreUnavailableError(message)
    with httpx.Client(base_url=client.http.client.host, headers=_key(client), timeout=_TIMEOUT) as web:
        yield web


def _key(client: QdrantClient) -> dict[str, str]:
    key = client.init_options.get("api_key")
    return {"api-key": key} if key else {}


@contextmanager
def _snapshot(web: httpx.Client, collection: str) -> Iterator[_Snapshot]:
    """Make a snapshot and delete it on the server in every case."""
    folder = f"/collections/{collection}/snapshots"
    with reaching():
        made = _accepted(web.post(folder, params={"wait": "true"})).json()["result"]
    snapshot = _Snapshot(f"{folder}/{made['name']}", made["size"], made.get("checksum"))
    try:
        yield snapshot
    finally:
        try:
            _accepted(web.delete(snapshot.path, params={"wait": "true"}))
        except (httpx.HTTPError, StoreUnavailableError) as error:
            _LOG.warning("the snapshot %s stays on the server: %r", snapshot.path, error)


def _received(web: httpx.Client, snapshot: _Snapshot) -> Iterator[bytes]:
    with reaching(), web.stream("GET", snapshot.path) as response:
        response.raise_for_status()
        yield from response.iter_bytes()


def _recover(web: httpx.Client, client: QdrantClient, snapshot: _Snapshot, collection: str) -> None:
    order = {"location": f"{client.http.client.host.rstrip('/')}{snapshot.path}", "priority": "snapshot"}
    if snapshot.sha256 is not None:
        order["checksum"] = snapshot.sha256
    if key := _key(client).get("api-key"):
        order["api_key"] = key
    where = f"/collections/{collection}/snapshots/recover"
    _accepted(web.put(where, params={"wait": "true"}, json=order))


def _empty(client: QdrantClient, former: str, draft: str) -> None:
    """Begin the collection of `draft` anew: nobody knows what a failed recovery left in it."""
    with reaching():
        client.delete_collection(PREFIX + draft)
        create(client, draft, read_stamp(client, former))


def _accepted(response: httpx.Response) -> httpx.Response:
    """Return a good response; a bad one is an error with what the server says."""
    if response.is_server_error and "No space left" in response.text:  # the words of ENOSPC, strerror(3)
        raise StoreFullError(_SERVER_FULL)
    if response.is_error:
        raise unavailable(f"{response.status_code}: {response.text[:300]}")
    return response
