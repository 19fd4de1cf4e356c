"""Making an archive: which files of a folder go into it, and how they are written."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ingest.backups.archive import MANIFEST, comment_on
from ingest.backups.manifest import IndexInside, Manifest, Member, reason_against

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from index.collection import Export

_BLOCK = 1_000_000  # bytes held in memory
_LEVEL = 1  # of deflate: vectors hardly get smaller at any level
_PACKED_ALREADY = frozenset(
    ".docx .pptx .xlsx .odt .odp .ods .zip .mp3 .mp4 .m4a .ogg .opus .webm .jpg .jpeg .png".split()
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Files by their path in the archive; `folders` are the empty ones. `passed_over` says what and why."""

    files: Mapping[str, Path]
    folders: Sequence[str]
    passed_over: Sequence[str]


def gather(folder: Path, top: str) -> Gathered:
    """Return every ordinary file below `folder`, hidden ones too, to lie below `top`.

    Links are followed to files in the folder and never out of it.

    Raises:
        OSError: a folder below cannot be read; half a backup is none.
    """
    root = folder.resolve()
    files: dict[str, Path] = {}
    empty: list[str] = []
    passed_over: list[str] = []
    for here, folders, names in os.walk(root, onerror=_fail):
        folders.sort()
        linked = [name for name in folders if Path(here, name).is_symlink()]
        inside = [Path(here, name) for name in sorted([*names, *linked])]
        is_empty = not folders and not names and Path(here) != root
        for path in [Path(here)] if is_empty else inside:
            name = path.relative_to(root).as_posix()
            reason = reason_against(f"{top}/{name}") or (None if is_empty else _no_file(path, root))
            if reason:
                passed_over.append(f"{_shown(name)}: {reason}")
            elif is_empty:
                empty.append(f"{top}/{name}")
            else:
                files[f"{top}/{name}"] = path
    return Gathered(files, empty, passed_over)


def pack(archive: Path, gathered: Sequence[Gathered], export: Export | None, now: datetime) -> None:
    """Write the new file `archive`, for its owner's eyes; each hash is that of the bytes that were written.

    Raises:
        OSError: a file cannot be read, or the archive cannot be written.
    """
    archive.touch(mode=0o600, exist_ok=False)
    with ZipFile(archive, "w", ZIP_DEFLATED) as opened:
        files = (file for each in gathered for file in each.files.items())
        manifest = Manifest(
            made_at=now,
            index=IndexInside(form=export.form, record=export.record) if export else None,
            folders=tuple(name for each in gathered for name in each.folders),
            files=tuple(_added(opened, path, source) for path, source in files),
        )
        text = manifest.model_dump_json(indent=1).encode()
        opened.writestr(MANIFEST, text)
        opened.comment = comment_on(text)


def _added(opened: ZipFile, path: str, source: Path) -> Member:
    entry = ZipInfo.from_file(source, path, strict_timestamps=False)
    entry.compress_type = ZIP_STORED if source.suffix.lower() in _PACKED_ALREADY else ZIP_DEFLATED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined] # the only way to say it for a stream
    digest, length = hashlib.sha256(), 0
    # ZIP64 in any case: a file just below its limit may grow over it while it is packed.
    with source.open("rb") as reading, opened.open(entry, "w", force_zip64=True) as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            length += len(block)
            writing.write(block)
    return Member(path=path, size=length, sha256=digest.hexdigest())


def _no_file(path: Path, root: Path) -> str | None:
    """Return why this is no file to back up, None if it is one."""
    try:
        there = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "führt ins Leere oder im Kreis"
    if not there.is_relative_to(root):
        return "führt aus dem Ordner hinaus"
    return None if there.is_file() else "ist keine gewöhnliche Datei"


def _shown(name: str) -> str:
    """Return a name that can be printed."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in name)


def _fail(error: OSError) -> None:
    raise error
