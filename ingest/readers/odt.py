"""OpenDocument texts (LibreOffice Writer): headings make the sections, everything keeps its order.

The format is described at https://docs.oasis-open.org/office/OpenDocument/v1.3/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.passage import Document, HeadingLocation
from ingest.readers.extracted import extracted
from ingest.readers.headings import main_heading, outline
from ingest.readers.odt_blocks import OdfBlocks
from ingest.readers.odt_package import open_document
from ingest.readers.office_archive import OfficeFormat, guarded

if TYPE_CHECKING:
    from pathlib import Path

WRITER = OfficeFormat("Das OpenDocument", "LibreOffice", ".odt")


def read(path: Path) -> Document:
    """Return the document of a text without its table of contents, headers, footers and remarks.

    Notes stand right below their paragraph; what tracked changes deleted does not appear.

    Raises:
        UnreadableSourceError: for a damaged or locked file, one that unpacks to absurd size, and one that
            is no text.
    """
    document = open_document(path, WRITER)
    body = document.body("text", WRITER.suffix)
    with guarded(WRITER):
        blocks = list(OdfBlocks(document).of(body))
    title, sections = outline(blocks, document.title, HeadingLocation())
    return Document(sections, extracted=extracted(title or main_heading(blocks), document.language))
