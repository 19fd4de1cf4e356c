"""The readers: one file a format, each turning a path into a `Document` and nothing else.

Readers are pure: no network, nothing in a file is executed, fetched or followed. Each has a function `read`.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from inspect import signature
from types import MappingProxyType
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from ingest.companions import RECORDING_SUFFIXES
from ingest.readers.file_kind import check_kind
from ingest.readers.reader import Reader, Tick, TickingReader, unwatched

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from index.passage import Document
    from ingest.readers.recording import Transcriber

MAX_BYTES = 200_000_000  # of a source; larger ones are recordings or pictures that ended up in the corpus

# The module of each format: it is loaded when the first file of its kind comes, with the libraries it needs.
READERS: Mapping[str, str] = MappingProxyType(
    {
        ".md": "markdown",
        ".txt": "plain",
        ".html": "html",
        ".htm": "html",
        ".pdf": "pdf",
        ".docx": "docx",
        ".pptx": "pptx",
        ".odt": "odt",
        ".odp": "odp",
        ".vtt": "vtt",
        ".srt": "srt",
        ".ttml": "ttml",
        ".dfxp": "ttml",
        ".json3": "json3",
        ".yaml": "faq_yaml",
        ".yml": "faq_yaml",
        ".csv": "faq_csv",
        ".json": "faq_json",
        ".eml": "eml",
        ".xlsx": "faq_xlsx",
        ".xlsm": "faq_xlsx",
        ".xls": "faq_xlsx",
        ".ods": "faq_xlsx",
        **dict.fromkeys(sorted(RECORDING_SUFFIXES), "recording"),
    }
)

# What people have at hand and we cannot read, and what their program can save it as.
_SAVE_AS: Mapping[str, str] = MappingProxyType(
    {
        ".msg": ".eml oder PDF",
        ".doc": ".docx oder PDF",
        ".rtf": ".docx oder PDF",
        ".pages": ".docx oder PDF",
        ".ppt": ".pptx oder PDF",
        ".key": ".pptx oder PDF",
        ".xlsb": ".xlsx",
        ".numbers": ".xlsx oder .csv",
    }
)

__all__ = ["MAX_BYTES", "READERS", "Reader", "Tick", "TickingReader", "read"]


def read(path: Path, *, tick: Tick = unwatched, transcriber: Transcriber | None = None) -> Document:
    """Return what the file at `path` says, with at least one section.

    `tick` and `transcriber` go on to the readers that take keywords of these names.

    Raises:
        UnreadableSourceError: when it cannot be read; the message says why and what to do.
    """
    module = READERS.get(path.suffix.lower())
    if module is None:
        raise UnreadableSourceError(
            f"Das Format „{path.suffix or path.name}“ kann nicht gelesen werden. {_way_out(path)}"
        )
    try:
        _check_size(path)
        check_kind(path)
        reader: Reader = import_module(f"{__name__}.{module}").read
        document = _with(reader, tick=tick, transcriber=transcriber)(path)
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


def _way_out(path: Path) -> str:
    wanted = _SAVE_AS.get(path.suffix.lower())
    if wanted:
        return f"Bitte speichern Sie die Datei als {wanted}."
    return f"Möglich sind: {', '.join(sorted(READERS))}."


def _with(reader: Reader, **tools: object) -> Reader:
    """Return the reader with those of the tools that it knows how to use."""
    known = signature(reader).parameters
    return partial(reader, **{name: tool for name, tool in tools.items() if name in known})


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableSourceError("Die Datei ist leer (0 Byte). Bitte legen Sie sie noch einmal ab.")
    if size > MAX_BYTES and path.suffix.lower() not in RECORDING_SUFFIXES:
        raise UnreadableSourceError(
            f"Die Datei ist mit {size / 1e6:.0f} MB zu groß (höchstens {MAX_BYTES / 1e6:.0f} MB). "
            "Bitte teilen oder verkleinern Sie sie."
        )
