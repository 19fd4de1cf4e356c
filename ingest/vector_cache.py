"""Vectors of passages that were encoded once, found again by what they were made from.

So an interrupted ingestion goes on where it was, and equal passages anywhere share one encoding. It can
be deleted at any time: what is missing is encoded anew. Weights of terms belong to a collection and are
not kept here.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.collection import PassageVectors
from index.lexical import NO_TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from index.stamp import Stamp

FILE_NAME = "vectors.sqlite"  # under KB_DATA
_COLUMNS = "key BLOB UNIQUE NOT NULL, vectors BLOB NOT NULL, crc INTEGER NOT NULL"
_PATIENCE_S = 5.0  # for another program that has the file; SQLite's own default
_ASKED_AT_ONCE = 500  # keys in one query; SQLite's own limit is 999 in old builds

_LOG = logging.getLogger(__name__)


class VectorCache:
    """One file for all passages ever encoded with one encoder; used by one thread of one process.

    Sentences are kept as float16, as the index keeps them. A cache that cannot be read or written costs
    time and never the ingestion: it says so once in the log and forgets everything. `read_only` is for who
    only looks, beside an ingestion that writes: then the file is neither made nor begun anew.
    """

    def __init__(
        self, path: Path, stamp: Stamp, patience_s: float = _PATIENCE_S, *, read_only: bool = False
    ) -> None:
        self._path = path
        encoder = f"{stamp.model}\0{stamp.revision}\0{stamp.passage_prefix}\0{stamp.dimension}\0"
        self._encoder = hashlib.sha256(encoder.encode())
        self._dimension = stamp.dimension
        self._connection = _looked_into(path, patience_s) if read_only else _opened(path, patience_s)

    def get(self, fingerprints: Iterable[str]) -> dict[str, PassageVectors]:
        """Return the vectors that are known, without terms, by the fingerprint of their passage."""
        wanted = {self._key(fingerprint): fingerprint for fingerprint in fingerprints}
        found = {}
        for key, stored in self._rows(list(wanted)):
            rows = self._read(stored)
            if rows is not None:
                found[wanted[key]] = PassageVectors(rows[0], rows[1:], NO_TERMS)
        return found

    def known(self, fingerprints: Iterable[str]) -> set[str]:
        """Return those of the fingerprints whose vectors are there."""
        wanted = {self._key(fingerprint): fingerprint for fingerprint in fingerprints}
        return {wanted[key] for key, *_ in self._select("key", list(wanted))}

    def put(self, vectors: Mapping[str, PassageVectors]) -> None:
        """Keep these vectors by the fingerprint of their passage; a killed process does not lose them."""
        packed = [(self._key(fingerprint), _packed(each)) for fingerprint, each in vectors.items()]
        rows = [(key, own, zlib.crc32(own)) for key, own in packed]
        with self._forgiving() as connection:
            if connection is not None and rows:
                with connection:
                    connection.executemany("INSERT OR REPLACE INTO encoded VALUES (?, ?, ?)", rows)

    def keep_newest(self, most: int) -> int:
        """Forget all but the `most` passages that were encoded last; return how many went."""
        with self._forgiving() as connection:
            if connection is not None:
                newest = "SELECT rowid FROM encoded ORDER BY rowid DESC LIMIT ?"
                with connection:
                    gone = connection.execute(f"DELETE FROM encoded WHERE rowid NOT IN ({newest})", [most])  # noqa: S608 - no value of anybody's
                return gone.rowcount
        return 0

    def close(self) -> None:
        """Release the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rows(self, keys: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield key and vectors of what is known and undamaged."""
        for key, packed, crc in self._select("key, vectors, crc", keys):
            if zlib.crc32(packed) == crc:
                yield key, packed

    def _select(self, columns: str, keys: list[bytes]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        with self._forgiving() as connection:
            for at in range(0, len(keys), _ASKED_AT_ONCE):
                asked = keys[at : at + _ASKED_AT_ONCE]
                places = ",".join("?" * len(asked))
                query = f"SELECT {columns} FROM encoded WHERE key IN ({places})"  # noqa: S608 - question marks
                rows += connection.execute(query, asked) if connection is not None else []
        return rows

    def _key(self, fingerprint: str) -> bytes:
        key = self._encoder.copy()
        key.update(fingerprint.encode())
        return key.digest()

    def _read(self, packed: bytes) -> np.ndarray[tuple[int, int], np.dtype[np.float32]] | None:
        width = 4 * self._dimension  # bytes of the passage's own vector
        if len(packed) < width or (len(packed) - width) % (2 * self._dimension):
            return None
        passage = np.frombuffer(packed[:width], dtype="<f4")
        sentences = np.frombuffer(packed[width:], dtype="<f2").astype(np.float32)
        rows = np.concatenate([passage, sentences]).reshape(-1, self._dimension)
        return np.asarray(rows, dtype=np.float32)

    @contextmanager
    def _forgiving(self) -> Iterator[sqlite3.Connection | None]:
        try:
            yield self._connection
        except sqlite3.Error as error:
            _LOG.warning("%s is of no use, passages are encoded anew: %s", self._path, error)
            self.close()


def _opened(path: Path, patience_s: float) -> sqlite3.Connection | None:
    """Open the file at `path`; a damaged one is begun anew, one that is out of reach stays as it is."""
    try:
        try:
            return _connected(path, patience_s)
        except sqlite3.OperationalError:  # locked, no rights, no room: nothing is wrong with the file
            raise
        except sqlite3.DatabaseError as error:
            _LOG.warning("%s is damaged and begun anew: %s", path, error)
            for each in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):  # SQLite's own names beside it
                each.unlink(missing_ok=True)
            return _connected(path, patience_s)
    except (sqlite3.Error, OSError) as error:
        _LOG.warning("%s cannot be used, passages are encoded anew: %s", path, error)
        return None


def _looked_into(path: Path, patience_s: float) -> sqlite3.Connection | None:
    """Open the file at `path` for reading, if there is one."""
    if not path.is_file():
        return None
    try:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=patience_s, uri=True)
    except sqlite3.Error as error:
        _LOG.warning("%s cannot be read: %s", path, error)
        return None


def _connected(path: Path, patience_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=patience_s)
    try:
        connection.execute("PRAGMA journal_mode = WAL")  # a killed job leaves what it committed
        connection.execute(f"CREATE TABLE IF NOT EXISTS encoded ({_COLUMNS})")
        connection.execute("SELECT key FROM encoded LIMIT 1").fetchall()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _packed(vectors: PassageVectors) -> bytes:
    return vectors.passage.astype("<f4").tobytes() + vectors.sentences.astype("<f2").tobytes()
