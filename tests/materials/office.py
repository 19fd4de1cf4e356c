"""What our office files have in common: who wrote them and when, and archives without a clock."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from docx.opc.coreprops import CoreProperties as WordProperties
    from pptx.parts.coreprops import CorePropertiesPart as SlidesProperties

AUTHOR = "Partnerschaftslotse"
WRITTEN = datetime(2026, 11, 22)  # noqa: DTZ001 - core properties carry no zone
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can name


def set_properties(properties: WordProperties | SlidesProperties, title: str) -> None:
    """Say title, author and language of a file, at a time that is always the same."""
    properties.title = title
    properties.author = properties.last_modified_by = AUTHOR
    properties.language = "de-DE"
    properties.comments = ""
    properties.created = properties.modified = WRITTEN


def write_without_times(made: io.BytesIO, target: Path) -> None:
    """Pack an archive again: no clock, no host system, no compression that differs between zlib builds."""
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w") as archive:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, source.read(name))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(packed.getvalue())
