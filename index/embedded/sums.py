"""What the files of a generation were when it was finished: a sha256 of each, beside Edge's files.

A changed letter changes no count and no length; only comparing every byte finds it. Generations share their
largest files, so a fault of the disk there damages all of them, and this is what tells.

A sum is over what is written and where, not over the holes: Edge reserves 300 MB for 6 MB of a segment, and
a restored file has its holes elsewhere. Files that are never written again keep the sum that the former
generation has of them: so one change among many costs no reading of all of them, and a damage that came
before the sharing is not taken for what was written.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from index.durable import data_from
from index.embedded.folder import RECORD, never_written

if TYPE_CHECKING:
    from pathlib import Path

SUMS = "sums.json"
_WRITTEN_LATER = frozenset(
    {
        SUMS,
        RECORD,  # a generation that is adopted gets another name
        *("edge_config.json", "segment.json"),  # Edge writes them at each opening, in any order
        "tracker_journal.dat",  # Edge takes it into the file beside it and deletes it at the first opening
        # Numbers of changes, which Edge counts on at the first opening:
        *("mutable_id_tracker.versions", "id_tracker.versions"),
    }
)
_BLOCK = 1 << 14  # bytes: what is looked at whether it is all zeros
_ZEROS = bytes(_BLOCK)
_SUMS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])


def write_sums(folder: Path, former: Path | None) -> None:
    """Write down what the files of a generation are; nothing writes into `folder` any more.

    Those that it has from the `former` generation and that are never written are not read.

    Raises:
        OSError: a file cannot be read, or the sums cannot be written.
    """
    known = (_read(former) or {}) if former else {}
    carried = {name for name in known if never_written(folder / name)}
    sums = {name: known[name] if name in carried else _sum_of(path) for name, path in _files(folder).items()}
    (folder / SUMS).write_bytes(_SUMS.dump_json(sums))


def damaged_files(folder: Path) -> list[str]:
    """Return the files of a generation that are gone or not what was written, by their paths in `folder`.

    One of an earlier version has no sums: of it nothing is known.
    """
    if not (folder / SUMS).exists():
        return []
    sums = _read(folder)
    if sums is None:
        return [SUMS]
    there = _files(folder)  # never the paths that the sums name: they may come out of an archive
    return sorted(name for name, expected in sums.items() if not _is(there.get(name), expected))


def _is(path: Path | None, expected: str) -> bool:
    try:
        return path is not None and _sum_of(path) == expected
    except OSError:  # the disk cannot read it back
        return False


def _files(folder: Path) -> dict[str, Path]:
    """Return the files that never change once the generation is finished, by their paths in `folder`."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.name not in _WRITTEN_LATER and path.is_file()
    }


def _read(folder: Path) -> dict[str, str] | None:
    """Return the sums of a generation; None if it has none or they are damaged."""
    try:
        return _SUMS.validate_json((folder / SUMS).read_bytes())
    except (OSError, ValidationError):
        return None


def _sum_of(path: Path) -> str:
    with path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        digest = hashlib.sha256(size.to_bytes(8))
        at = 0
        while (start := data_from(file.fileno(), at, size)) < size:
            at = start - start % _BLOCK  # the same blocks wherever the holes are
            file.seek(at)
            block = file.read(_BLOCK)
            if block != _ZEROS[: len(block)]:
                digest.update(at.to_bytes(8) + block)
            at += _BLOCK
        return digest.hexdigest()
