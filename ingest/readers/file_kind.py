"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from ingest.companions import RECORDING_SUFFIXES

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 4096  # bytes; every signature below lies within them


class FileKind(StrEnum):
    """Kinds of content; each value is what a person calls it."""

    TEXT = "eine Textdatei"
    HTML = "eine Internetseite (HTML)"
    RTF = "ein RTF-Dokument"
    PDF = "ein PDF-Dokument"
    WORD = "ein Word-Dokument (.docx)"
    EXCEL = "eine Excel-Tabelle (.xlsx)"
    POWERPOINT = "eine PowerPoint-Präsentation"
    OPEN_DOCUMENT = "ein OpenDocument (LibreOffice)"
    ZIP = "ein ZIP-Archiv"
    OLD_OFFICE = "eine Datei aus einem alten Office-Programm (.doc, .xls, .ppt)"
    LOCKED_OFFICE = "ein Office-Dokument mit Kennwort"
    IMAGE = "ein Bild"
    MEDIA = "eine Ton- oder Filmaufnahme"
    ARCHIVE = "ein gepacktes Archiv"
    PROGRAM = "ein Programm"
    BINARY = "eine Binärdatei"


_SIGNATURES = (
    (b"%PDF-", FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"II*\x00", FileKind.IMAGE),
    (b"MM\x00*", FileKind.IMAGE),
    (b"ID3", FileKind.MEDIA),
    (b"OggS", FileKind.MEDIA),
    (b"\xff\xfb", FileKind.MEDIA),  # MP3 without a tag before it
    (b"\xff\xf3", FileKind.MEDIA),
    (b"\xff\xf2", FileKind.MEDIA),
    (b"\x1aE\xdf\xa3", FileKind.MEDIA),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"7z\xbc\xaf", FileKind.ARCHIVE),
    (b"Rar!", FileKind.ARCHIVE),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"MZ\x90", FileKind.PROGRAM),
)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files, and of encrypted new ones
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ZIP_FOLDERS = (
    ("word/", FileKind.WORD),
    ("xl/", FileKind.EXCEL),
    ("ppt/", FileKind.POWERPOINT),
    ("mimetype", FileKind.OPEN_DOCUMENT),
)
_HTML = re.compile(rb"<(!doctype html|html)\b", re.IGNORECASE)
_WIDE_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32 text is full of NULs
_EXPECTED = {
    ".pdf": FileKind.PDF,
    ".docx": FileKind.WORD,
    ".pptx": FileKind.POWERPOINT,
    ".xlsx": FileKind.EXCEL,
    ".xlsm": FileKind.EXCEL,
    ".xls": FileKind.OLD_OFFICE,
    ".ods": FileKind.OPEN_DOCUMENT,
    ".odt": FileKind.OPEN_DOCUMENT,
    ".odp": FileKind.OPEN_DOCUMENT,
    **dict.fromkeys(RECORDING_SUFFIXES, FileKind.MEDIA),
}
_LOCKABLE = frozenset(  # become another kind of file by a password
    {FileKind.WORD, FileKind.POWERPOINT, FileKind.EXCEL, FileKind.OLD_OFFICE}
)
_READ_AS_TEXT = frozenset({FileKind.TEXT, FileKind.HTML})
_LOCKED = "Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie eine Fassung ohne Kennwort."


def kind_of(path: Path) -> FileKind:
    """Return what the content of `path` seems to be; `TEXT` when nothing speaks against it."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[4:8] in {b"ftyp", b"moov", b"mdat"}:
        return FileKind.MEDIA
    if head.startswith(b"RIFF"):
        return FileKind.IMAGE if head[8:12] == b"WEBP" else FileKind.MEDIA
    if head.startswith(_ZIP):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        return FileKind.LOCKED_OFFICE if _ENCRYPTED_STREAM in path.read_bytes() else FileKind.OLD_OFFICE
    return _kind_of_text(path, head)


def check_kind(path: Path) -> None:
    """Check that the content of `path` is what its name promises.

    Raises:
        UnreadableSourceError: naming what the file seems to be instead.
    """
    suffix, kind = path.suffix.lower(), kind_of(path)
    expected = _EXPECTED.get(suffix)
    if kind is expected or (expected is None and kind in _READ_AS_TEXT):
        return
    if expected is FileKind.PDF and _has_late_pdf_header(path):
        return
    if expected in _LOCKABLE and kind is FileKind.LOCKED_OFFICE:
        raise UnreadableSourceError(_LOCKED)
    raise UnreadableSourceError(
        f"Der Dateiname endet auf „{suffix}“, der Inhalt ist aber {kind.value}. "
        "Bitte speichern Sie die Datei im passenden Format oder mit der richtigen Endung."
    )


def _has_late_pdf_header(path: Path) -> bool:
    # Some mail gateways put lines before the header; viewers accept it within the first kilobyte.
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def _kind_of_zip(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        # Too damaged to look into: let the reader of its format say so.
        return _EXPECTED.get(path.suffix.lower(), FileKind.ZIP)
    for start, kind in _ZIP_FOLDERS:
        if any(name.startswith(start) for name in names):
            return kind
    return FileKind.ZIP


def _kind_of_text(path: Path, head: bytes) -> FileKind:
    if head.startswith(_WIDE_TEXT_MARKS):
        return FileKind.TEXT
    if b"\x00" in path.read_bytes():
        return FileKind.BINARY
    return FileKind.HTML if _HTML.search(head) else FileKind.TEXT
