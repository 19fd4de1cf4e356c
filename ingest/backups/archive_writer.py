"""Writing an archive: file by file into a ZIP, then the manifest, then the seal."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ingest.backups.archive import MANIFEST
from ingest.backups.manifest import IndexInside, Manifest, Member
from ingest.backups.seal import UNSEALED, seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

_BLOCK = 1_000_000  # bytes held in memory
_LEVEL = 1  # of deflate: vectors hardly get smaller at any level
_PACKED_ALREADY = frozenset(
    ".docx .pptx .xlsx .odt .odp .ods .zip .mp3 .mp4 .m4a .ogg .opus .webm .jpg .jpeg .png".split()
)


class ArchiveWriter:
    """An archive that is being written; it is none before `write_archive` has sealed it."""

    def __init__(self, opened: ZipFile) -> None:
        self._zip = opened
        self._members: list[Member] = []

    def add(self, path: str, source: Path) -> None:
        """Add the bytes of `source` as `path`; its hash is that of the bytes that were written.

        Raises:
            OSError: it cannot be read, or the archive cannot be written.
        """
        entry = ZipInfo.from_file(source, path, strict_timestamps=False)
        entry.compress_type = ZIP_STORED if source.suffix.lower() in _PACKED_ALREADY else ZIP_DEFLATED
        entry._compresslevel = _LEVEL  # type: ignore[attr-defined] # the only way to say it for a stream
        digest, length = hashlib.sha256(), 0
        with source.open("rb") as reading, self._zip.open(entry, "w") as writing:
            while block := reading.read(_BLOCK):
                digest.update(block)
                length += len(block)
                writing.write(block)
        self._members.append(Member(path=path, size=length, sha256=digest.hexdigest()))

    def finish(self, made_at: datetime, index: IndexInside | None, folders: Sequence[str]) -> None:
        """Write the manifest of what was added."""
        manifest = Manifest(made_at=made_at, index=index, folders=tuple(folders), files=tuple(self._members))
        self._zip.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        self._zip.comment = UNSEALED


@contextmanager
def write_archive(path: Path) -> Iterator[ArchiveWriter]:
    """Begin the archive `path`, a new file, and seal it at the end of the block."""
    with ZipFile(path, "x", ZIP_DEFLATED) as opened:
        yield ArchiveWriter(opened)
    seal(path)
