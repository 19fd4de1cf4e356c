"""The readers: one file a format, each turning a path into a `Document` and nothing else.

Readers are pure: no network, nothing in a file is executed, fetched or followed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import Document
from ingest.readers import docx, faq_csv, faq_yaml, html, markdown, pdf, plain, srt, vtt
from ingest.readers.file_kind import check_kind

if TYPE_CHECKING:
    from collections.abc import Mapping

Reader = Callable[[Path], Document]

MAX_BYTES = 200_000_000  # of a source; larger ones are recordings or pictures that ended up in the corpus

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".md": markdown.read,
        ".txt": plain.read,
        ".html": html.read,
        ".htm": html.read,
        ".pdf": pdf.read,
        ".docx": docx.read,
        ".vtt": vtt.read,
        ".srt": srt.read,
        ".yaml": faq_yaml.read,
        ".yml": faq_yaml.read,
        ".csv": faq_csv.read,
    }
)

__all__ = ["MAX_BYTES", "READERS", "Reader", "read"]


def read(path: Path) -> Document:
    """Return what the file at `path` says, with at least one section.

    Raises:
        UnreadableSourceError: when it cannot be read; the message says why and what to do.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableSourceError(
            f"Das Format „{path.suffix or path.name}“ kann nicht gelesen werden. "
            f"Möglich sind: {', '.join(sorted(READERS))}."
        )
    try:
        _check_size(path)
        check_kind(path)
        document = reader(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableSourceError(
            f"Die Datei lässt sich nicht öffnen ({reason}). Bitte prüfen Sie, ob sie da und lesbar ist."
        ) from error
    if not document.sections:
        raise UnreadableSourceError(
            "Die Datei enthält keinen Text. Bitte prüfen Sie, ob es die richtige ist."
        )
    return document


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableSourceError("Die Datei ist leer (0 Byte). Bitte legen Sie sie noch einmal ab.")
    if size > MAX_BYTES:
        raise UnreadableSourceError(
            f"Die Datei ist mit {size / 1e6:.0f} MB zu groß (höchstens {MAX_BYTES / 1e6:.0f} MB). "
            "Bitte teilen oder verkleinern Sie sie."
        )
