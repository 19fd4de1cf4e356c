"""Opening Word files safely: what is checked before their archive is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

import docx as python_docx
from docx.opc.exceptions import OpcError
from lxml import etree

from index.errors import UnreadableSourceError

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as WordDocument

MAX_UNPACKED_BYTES = 500_000_000  # of all parts together; python-docx holds them in memory
MAX_RATIO = 200  # unpacked to packed bytes; text reaches about 20, pictures 1
_RATIO_MATTERS_BYTES = 10_000_000  # small files may pack as well as they like
_MAX_PARTS = 10_000

# python-docx has few errors of its own: a missing part is a KeyError, a wrong type a ValueError, and
# damaged parts reach us as whatever broke first.
DAMAGED = (
    OpcError,
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


def open_word(path: Path) -> WordDocument:
    """Return the opened Word file; pictures and linked files are not loaded from elsewhere.

    Raises:
        UnreadableSourceError: for a damaged file, and for one that unpacks to absurd size.
    """
    try:
        _check_unpacked_size(path)
        return python_docx.Document(str(path))
    except DAMAGED as error:
        raise damaged() from error


def damaged() -> UnreadableSourceError:
    """Return the error for a file that breaks python-docx with one of `DAMAGED`."""
    return UnreadableSourceError(
        "Das Word-Dokument ist beschädigt. Bitte öffnen Sie es in Word und speichern Sie es neu als .docx."
    )


def _check_unpacked_size(path: Path) -> None:
    # The sizes written in the archive can be trusted that far: zipfile stops unpacking there.
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(path.stat().st_size, 1)
    is_bomb = unpacked > _RATIO_MATTERS_BYTES and unpacked > packed * MAX_RATIO
    if is_bomb or unpacked > MAX_UNPACKED_BYTES or len(parts) > _MAX_PARTS:
        raise UnreadableSourceError(
            f"Das Word-Dokument wird entpackt zu groß ({unpacked / 1e6:.0f} MB) und wurde nicht geöffnet. "
            "Bitte speichern Sie es neu oder teilen Sie es."
        )
