"""Opening office files safely: Word, PowerPoint and OpenDocument files are all ZIP archives of XML parts.

What is checked before anything is unpacked follows APPNOTE.TXT of PKWARE
(https://support.pkware.com/pkzip/appnote) and the packaging rules of Office Open XML (ECMA-376 part 2,
https://ecma-international.org/publications-and-standards/standards/ecma-376/). Macros are parts that
nobody runs here, and what a file links to is never loaded.
"""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from index.errors import UnreadableSourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

MAX_UNPACKED_BYTES = 500_000_000  # of all parts together; the libraries hold them in memory
MAX_RATIO = 200  # unpacked to packed bytes; text reaches about 20, pictures 1
LOCKED = "Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie eine Fassung ohne Kennwort."
_RATIO_MATTERS_BYTES = 10_000_000  # small files may pack as well as they like
_MAX_PARTS = 10_000
_ENCRYPTED_FLAG = 1  # of a part's general purpose bits
_XML_SUFFIXES = (".xml", ".rels")
_PROLOG_BYTES = 65_536  # of a part; entities are declared before the first element

# Damaged parts reach us as whatever broke first: a missing part is a KeyError, a wrong type a ValueError.
DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    etree.LxmlError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class OfficeFormat:
    """What messages call a format: its name with article, the program that mends it, its suffix."""

    name: str
    program: str
    suffix: str

    def damaged(self) -> UnreadableSourceError:
        """Return the error for a file that cannot be taken apart."""
        return UnreadableSourceError(
            f"{self.name} ist beschädigt. Bitte öffnen Sie die Datei in {self.program} "
            f"und speichern Sie sie neu als {self.suffix}."
        )


@contextmanager
def guarded(office: OfficeFormat, *further: type[Exception]) -> Iterator[None]:
    """Turn what a damaged file raises, and `further` errors of a library, into our error.

    Raises:
        UnreadableSourceError: instead of one of `DAMAGED` or `further`.
    """
    try:
        yield
    except (*DAMAGED, *further) as error:
        raise office.damaged() from error


def check_archive(path: Path, office: OfficeFormat) -> None:
    """Check that the archive at `path` may be unpacked.

    Raises:
        UnreadableSourceError: when it is damaged, locked, unpacks to absurd size or declares entities.
    """
    with guarded(office), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        _check_size(path, parts, office)
        if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
            raise UnreadableSourceError(LOCKED)
        if any(_declares_entities(archive, part) for part in parts):
            raise UnreadableSourceError(
                f"{office.name} enthält unerlaubte XML-Entitäten und wurde nicht geöffnet. "
                f"Bitte speichern Sie die Datei mit {office.program} neu als {office.suffix}."
            )


def parse_part(raw: bytes) -> _Element:
    """Return the root element of an XML part; nothing is unfolded, fetched or validated."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(raw, parser)


def _check_size(path: Path, parts: list[zipfile.ZipInfo], office: OfficeFormat) -> None:
    # The sizes written in the archive can be trusted that far: zipfile stops unpacking there.
    unpacked = sum(part.file_size for part in parts)
    packed = max(path.stat().st_size, 1)
    is_bomb = unpacked > _RATIO_MATTERS_BYTES and unpacked > packed * MAX_RATIO
    if is_bomb or unpacked > MAX_UNPACKED_BYTES or len(parts) > _MAX_PARTS:
        raise UnreadableSourceError(
            f"{office.name} wird entpackt zu groß ({unpacked / 1e6:.0f} MB, {len(parts)} Teile) und wurde "
            f"nicht geöffnet. Bitte speichern Sie die Datei mit {office.program} neu oder teilen Sie sie."
        )


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    # No office program writes entities. The parsers would not unfold them, but then words would be missing.
    if not part.filename.endswith(_XML_SUFFIXES):
        return False
    with archive.open(part) as opened:
        return b"<!ENTITY" in opened.read(_PROLOG_BYTES)
