"""A generation as a directory: Edge's files in `shard/`, what it says of itself in `stamp.json`."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import TypeAdapter
from qdrant_edge import EdgeShard

from index.errors import StoreUnavailableError
from index.generations import GenerationRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHARD = "shard"
RECORD = "stamp.json"
_ADVISED = 2_000_000  # bytes; of more at a time Linux reads only the first part
_NEVER_WRITTEN = (
    "vector_storage-passage/matrix.dat",
    "vector_storage-sentences/vectors/chunk_*.mmap",
    "vector_storage-terms/store/page_*.dat",
    "vector_index-*/links_compressed.bin",
    "vector_index-terms/inverted_index.dat",
    "payload_storage/page_*.dat",
)  # nine tenths of a generation
_RECORD: TypeAdapter[GenerationRecord] = TypeAdapter(GenerationRecord)


def write_record(folder: Path, record: GenerationRecord) -> None:
    """Write down what the generation in `folder` says of itself."""
    (folder / RECORD).write_bytes(_RECORD.dump_json(record, indent=1))


def read_record(folder: Path) -> GenerationRecord:
    """Return what the generation in `folder` says of itself.

    Raises:
        StoreUnavailableError: it says nothing, or nothing that can be read.
    """
    try:
        stored = {**json.loads((folder / RECORD).read_bytes()), "id": folder.name}
        return _RECORD.validate_python(stored)
    except (OSError, ValueError, TypeError) as error:
        raise unavailable(folder, error) from error


def load_shard(folder: Path) -> EdgeShard:
    """Open Edge's files of the generation in `folder`."""
    with edge_errors(folder):
        return EdgeShard.load(str(folder / SHARD))


def never_written(path: Path) -> bool:
    """Whether this file of a shard is never written again, not even when its passages are deleted.

    A segment that `optimize` built, to be known by its `matrix.dat`, takes no new points: its vectors, graphs
    and payloads stay as they are, what is deleted stands in small files beside them.
    """
    segment = next((above for above in path.parents if above.parent.name == "segments"), None)
    if segment is None or not (segment / "vector_storage-passage" / "matrix.dat").exists():
        return False
    return any(path.match(pattern) for pattern in _NEVER_WRITTEN)


def want_sentences(folder: Path) -> None:
    """Have the system read the vectors of sentences into its cache: Edge opens them cold and empties it.

    Else each of the first questions after a start would wait for some hundred single reads from the disk.
    """
    if not hasattr(os, "posix_fadvise"):  # on macOS
        return
    for path in (folder / SHARD).glob("segments/*/vector_storage-sentences/*/*"):
        with path.open("rb") as file:
            for at in range(0, path.stat().st_size, _ADVISED):
                os.posix_fadvise(file.fileno(), at, _ADVISED, os.POSIX_FADV_WILLNEED)


@contextmanager
def edge_errors(folder: Path) -> Iterator[None]:
    """Turn every failure of Edge into one clear error; it raises nothing narrower than Exception.

    A panic in Edge, which damaged files cause, is a `pyo3_runtime.PanicException`: it cannot be imported
    and derives from BaseException.
    """
    try:
        yield
    except (StoreUnavailableError, ValueError, MemoryError):
        raise
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise unavailable(folder, error) from error


def unavailable(path: Path, reason: object) -> StoreUnavailableError:
    """Return the error that says what to do."""
    first_line = str(reason).strip().split("\n")[0]
    return StoreUnavailableError(
        f"Der Bestand in {path} lässt sich nicht lesen oder schreiben ({first_line}). "
        "Ist dort noch Platz? Sonst gehen Sie mit »python -m ingest rollback« zum vorigen Stand zurück, oder "
        "erstellen Sie ihn neu: Ordner »index« unter KB_DATA löschen, dann »python -m ingest«."
    )
