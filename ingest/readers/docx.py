"""Word documents: heading styles make the sections; lists, tables and notes keep their order.

WordprocessingML is part 1 of ECMA-376 (Office Open XML,
https://ecma-international.org/publications-and-standards/standards/ecma-376/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.passage import Document, HeadingLocation
from ingest.readers.docx_blocks import WordBlocks
from ingest.readers.docx_package import opened_word
from ingest.readers.extracted import extracted, language_code, sensible_title
from ingest.readers.headings import main_heading, outline

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> Document:
    """Return the document of a Word file without its table of contents, headers, footers and comments.

    Notes and text boxes stand right below their paragraph; what tracked changes deleted does not appear.

    Raises:
        UnreadableSourceError: for a damaged or locked file, and for one that unpacks to absurd size.
    """
    with opened_word(path) as document:
        body = WordBlocks(document)
        blocks = list(body.of(document.element.body))
        properties = document.core_properties
        given, language = sensible_title(properties.title), language_code(properties.language)
    title, sections = outline(blocks, given, HeadingLocation())
    return Document(
        sections,
        extracted=extracted(title or main_heading(blocks), language),
        unread=(_foreign(body.foreign),) if body.foreign else (),
    )


def _foreign(count: int) -> str:
    return (
        f"Im Dokument stecken {count} Dateien anderer Formate, die nicht gelesen wurden. "
        "Bitte öffnen Sie es in Word und speichern Sie es neu, dann werden sie Teil des Textes."
    )
