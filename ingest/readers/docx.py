"""Word documents: heading styles make the sections; lists, tables and notes keep their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from index.passage import Document, HeadingLocation
from ingest.readers.docx_package import DAMAGED, damaged, open_word
from ingest.readers.docx_styles import ParagraphStyle
from ingest.readers.docx_words import element_words, note_keys, read_notes
from ingest.readers.extracted import extracted, language_code, sensible_title
from ingest.readers.headings import Anchors, Block, Heading, Text, main_heading, outline
from ingest.readers.lists import BULLET
from ingest.readers.running_text import collapse
from ingest.readers.tables import is_label_column, labelled_text, table_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from docx.document import Document as WordDocument
    from docx.oxml.table import CT_Tbl
    from docx.oxml.text.paragraph import CT_P
    from docx.table import _Row
    from lxml.etree import _Element

_CONTAINERS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")})


def read(path: Path) -> Document:
    """Return the document of a Word file without its table of contents, headers and footers.

    Raises:
        UnreadableSourceError: for a damaged file, and for one that unpacks to absurd size.
    """
    document = open_word(path)
    try:
        blocks = list(_WordBlocks(document).of(document.element.body))
        properties = document.core_properties
        given, language = sensible_title(properties.title), language_code(properties.language)
    except DAMAGED as error:
        raise damaged() from error
    title, sections = outline(blocks, given, HeadingLocation())
    return Document(sections, extracted=extracted(title or main_heading(blocks), language))


class _WordBlocks:
    """Turns the body of a document into blocks, giving each heading its anchor."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._notes: Mapping[str, str] = read_notes(document)
        self._anchors = Anchors()

    def of(self, parent: _Element) -> Iterator[Block]:
        """Yield what stands in `parent` in reading order, also within content controls."""
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield Text(_table_words(Table(cast("CT_Tbl", element), self._document)))
                yield from self._notes_of(element)
            elif element.tag in _CONTAINERS:
                yield from self.of(element)

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        style = ParagraphStyle(Paragraph(cast("CT_P", element), self._document))
        words = element_words(element)
        if style.is_contents or not words:
            return
        if style.level is not None:
            line = collapse(words)
            yield Heading(style.level, line, self._anchors.location(line))
        elif style.is_list:
            yield Text(BULLET + words, in_list=True)
        else:
            yield Text(words)
        yield from self._notes_of(element)

    def _notes_of(self, element: _Element) -> Iterator[Block]:
        """Yield the notes right below the paragraph that refers to them."""
        for key in note_keys(element):
            if words := self._notes.get(key):
                yield Text(f"Fußnote: {words}")


def _table_words(table: Table) -> str:
    rows = [_row_words(row) for row in table.rows]
    if is_label_column(rows):
        return labelled_text(rows)
    is_headed = len(rows) > 1 and len(rows[0]) > 1
    return table_text(rows[0], rows[1:]) if is_headed else table_text(None, rows)


def _row_words(row: _Row) -> list[str]:
    """Return the cells' words; a cell that spans columns stands in the first of them."""
    cells = [cell._tc for cell in row.cells]  # the same element again where it spans columns
    repeated = [cell is former for former, cell in zip([None, *cells], cells, strict=False)]
    return [
        "" if again else collapse(element_words(cell)) for cell, again in zip(cells, repeated, strict=True)
    ]
