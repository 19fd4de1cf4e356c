"""The archive of a backup: an ordinary ZIP that anybody can open and look into.

A ZIP, since staff open it by double click, take a single file out, and need no program of ours for it;
with ZIP64 it has no limit of size, and deflate makes the zeros of Edge's sparse files cost next to nothing.
Inside lie `corpus/`, `index/` and `data/`, and `manifest.json` (`manifest.py`), which names every file with
its length and sha256. The comment of the ZIP is the sha256 of the manifest: so every byte that becomes
something is guarded. It tells damage and no more: who changes an archive on purpose can write it anew.

Whoever restores does not know who made the archive. So nothing is taken out that the manifest does not name,
nothing becomes longer than it says, and no links, passwords or rare compressions are accepted.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import struct
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ingest.backups.manifest import ArchiveError, Manifest, Member, parse_manifest, unusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

MANIFEST = "manifest.json"
_LONGEST_MANIFEST = 100_000_000  # bytes: some half a million files
_BLOCK = 1 << 20  # bytes held in memory: whole pages, so that holes begin where they did
_HOLE = 4_096  # bytes: what file systems give out at least
_ZEROS = bytes(_BLOCK)
_ENCRYPTED = 0x1  # bit of a member's flags
# What zipfile raises for a file that is none or was tampered with.
_NOT_A_ZIP = (
    *(BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OverflowError, MemoryError),
)


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose manifest is in order, open for reading."""

    manifest: Manifest
    _zip: ZipFile

    def unpack(self, top: str, folder: Path) -> None:
        """Write what lies below `top` into the new `folder`, zeros as holes, each file verified.

        Raises:
            ArchiveError: a file is not what the manifest says.
            OSError: it cannot be written.
        """
        folder.mkdir(parents=True)
        for path in self.manifest.folders:
            if path.startswith(f"{top}/"):
                (folder / path.removeprefix(f"{top}/")).mkdir(parents=True, exist_ok=True)
        for member in self.manifest.below(top):
            target = folder / member.path.removeprefix(f"{top}/")
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:  # never over anything: not even another spelling of the name
                for block in self.verified(member):
                    _write_sparsely(file, block)
                file.truncate(file.tell())  # a hole at the end gives no length

    def verified(self, member: Member) -> Iterator[bytes]:
        """Yield the bytes of a file as far as the manifest says.

        Raises:
            ArchiveError: they are not those of the manifest, which may show only at the end.
        """
        digest, length = hashlib.sha256(), 0
        with _damage_told(member.path), self._zip.open(member.path) as reading:
            while block := reading.read(_BLOCK):
                length += len(block)
                if length > member.size:
                    raise unusable(f"»{member.path}« ist länger als angegeben")
                digest.update(block)
                yield block
        if length != member.size or digest.hexdigest() != member.sha256:
            raise unusable(f"»{member.path}« ist beschädigt")


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open an archive whose manifest and directory are in order; its files are not read yet.

    Raises:
        ArchiveError: something is not in order, or it cannot be read.
    """
    try:
        opened = ZipFile(path)
    except OSError as error:
        message = (
            f"Die Sicherung {path} lässt sich nicht lesen ({error.strerror}). Bitte prüfen Sie den Pfad."
        )
        raise ArchiveError(message) from error
    except _NOT_A_ZIP as error:
        raise unusable("die Datei ist keine Sicherung, endet vorzeitig oder ist beschädigt") from error
    with opened:
        yield Archive(_manifest_of(opened), opened)


def check(path: Path) -> Manifest:
    """Verify an archive to the last byte and return what is in it; nothing is written.

    Raises:
        ArchiveError: it is damaged or cannot be read.
    """
    with open_archive(path) as archive:
        for member in archive.manifest.files:
            for _ in archive.verified(member):
                pass
        return archive.manifest


def comment_on(manifest: bytes) -> bytes:
    """Return the comment of the ZIP that vouches for this manifest."""
    return b"sha256=" + hashlib.sha256(manifest).hexdigest().encode()


def _manifest_of(opened: ZipFile) -> Manifest:
    entries = {entry.filename: entry for entry in opened.infolist()}
    if len(entries) < len(opened.infolist()):
        raise unusable("eine Datei kommt mehrmals vor")
    if any(not _is_plain(entry) for entry in entries.values()):
        raise unusable("sie enthält etwas anderes als gewöhnliche Dateien")
    own = entries.pop(MANIFEST, None)
    if own is None or own.file_size > _LONGEST_MANIFEST:
        raise unusable("ihr Inhaltsverzeichnis fehlt oder ist zu groß")
    with _damage_told(MANIFEST), opened.open(own) as reading:
        text = reading.read(own.file_size + 1)  # not all: how much it unpacks to is the archive's word alone
    if opened.comment != comment_on(text):
        raise unusable("ihr Inhaltsverzeichnis ist beschädigt oder wurde verändert")
    manifest = parse_manifest(text)
    declared = {member.path: member.size for member in manifest.files}
    if declared != {name: entry.file_size for name, entry in entries.items()}:
        raise unusable("ihr Inhalt stimmt nicht mit ihrem Inhaltsverzeichnis überein")
    return manifest


def _is_plain(entry: ZipInfo) -> bool:
    """Whether an entry is a file as we write them: no folder, link or device, no password."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return (
        kind in {0, stat.S_IFREG}
        and not entry.is_dir()
        and not entry.flag_bits & _ENCRYPTED
        and entry.compress_type in {ZIP_DEFLATED, ZIP_STORED}
    )


def _write_sparsely(file: BinaryIO, block: bytes) -> None:
    """Write a block; where it is zero the new file is left as it is, which reads as zeros.

    Edge reserves 200 MB for a shard and fills one.
    """
    step = len(block) if block == _ZEROS[: len(block)] else _HOLE
    for start in range(0, len(block), step):
        part = block[start : start + step]
        if part == _ZEROS[: len(part)]:
            file.seek(len(part), os.SEEK_CUR)
        else:
            file.write(part)


@contextmanager
def _damage_told(path: str) -> Iterator[None]:
    try:
        yield
    except _NOT_A_ZIP as error:
        raise unusable(f"»{path}« ist beschädigt") from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise unusable(f"»{path}« ist beschädigt") from error  # a place before the file's beginning
