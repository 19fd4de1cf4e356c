"""OpenDocument presentations (LibreOffice Impress): one section a slide, as with those of PowerPoint.

The format is described at https://docs.oasis-open.org/office/OpenDocument/v1.3/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.headings import Heading, Text
from ingest.readers.odt_blocks import OdfBlocks
from ingest.readers.odt_package import on, open_document
from ingest.readers.odt_styles import Styles
from ingest.readers.odt_text import is_drawing
from ingest.readers.office_archive import OfficeFormat, guarded
from ingest.readers.slides import Slide, SlidePart, in_reading_order, slides_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

    from index.passage import Document

IMPRESS = OfficeFormat("Die Präsentation", "LibreOffice", ".odp")
_LAYOUT_ROLES = frozenset({"date-time", "footer", "header", "page", "page-number"})
_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|pc)")
_CENTIMETRES = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6}
_PAGE_AREA = 28.0 * 15.75  # square centimetres of a slide; near enough to tell a logo from a picture


def read(path: Path) -> Document:
    """Return the document of a presentation; hidden slides are read and named in `doubts`.

    Raises:
        UnreadableSourceError: for a damaged or locked file, one that unpacks to absurd size, one that is
            no presentation and one without any words.
    """
    document = open_document(path, IMPRESS)
    body = document.body("presentation", IMPRESS.suffix)
    with guarded(IMPRESS):
        blocks, styles = OdfBlocks(document), Styles(document)
        slides = [_slide(page, blocks, styles) for page in body.iterchildren(on("draw:page"))]
    return slides_document(slides, document.title, document.language)


def _slide(page: _Element, blocks: OdfBlocks, styles: Styles) -> Slide:
    shapes = list(_shapes(page))
    title = next((shape for shape in shapes if _role(shape) == "title"), None)
    parts = in_reading_order(_part(shape, blocks) for shape in shapes if shape is not title)
    notes = (shape for child in page.iterchildren(on("presentation:notes")) for shape in _shapes(child))
    return Slide(
        title=(blocks.words([title]) or None) if title is not None else None,
        parts=parts,
        notes="\n".join(filter(None, (blocks.words([shape]) for shape in notes))),
        is_hidden=styles.is_hidden(page),
        picture_share=sum(part.width * part.height for part in parts if part.is_picture) / _PAGE_AREA,
    )


def _shapes(parent: _Element) -> Iterator[_Element]:
    return (child for child in parent if is_drawing(child) and _role(child) not in _LAYOUT_ROLES)


def _role(shape: _Element) -> str | None:
    return shape.get(on("presentation:class"))


def _part(shape: _Element, blocks: OdfBlocks) -> SlidePart:
    told = (block for block in blocks.of([shape]) if isinstance(block, Heading | Text) and block.words)
    lines = tuple(block if isinstance(block, Text) else Text(block.words) for block in told)
    is_recording = next(shape.iter(on("draw:plugin")), None) is not None
    has_text = next(shape.iter(on("text:p"), on("text:h"), on("draw:object")), None) is not None
    return SlidePart(
        lines,
        left=_length(shape, "svg:x"),
        top=_length(shape, "svg:y"),
        width=_length(shape, "svg:width"),
        height=_length(shape, "svg:height"),
        is_free=_role(shape) is None and next(shape.iter(on("table:table")), None) is None,
        is_picture=not (has_text or is_recording) and next(shape.iter(on("draw:image")), None) is not None,
        unread=("eine Ton- oder Filmaufnahme",) if is_recording else (),
    )


def _length(shape: _Element, name: str) -> float:
    """Return a length in centimetres; a group has that of its first member that states one."""
    stated = next(filter(None, (member.get(on(name)) for member in shape.iter("*"))), "")
    match = _LENGTH.match(stated)
    return float(match[1]) * _CENTIMETRES[match[2]] if match else 0.0
