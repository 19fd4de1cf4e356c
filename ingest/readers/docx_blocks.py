"""The body of a Word document as a stream of headings, paragraphs, lists and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from ingest.readers.alternative_text import picture_text
from ingest.readers.docx_notes import note_key, read_notes
from ingest.readers.docx_styles import ParagraphStyle
from ingest.readers.docx_tables import grid, holds_table, row_cells, table_rows
from ingest.readers.headings import Anchors, Block, Heading, Text
from ingest.readers.lists import BULLET
from ingest.readers.office_archive import parse_part
from ingest.readers.office_graphics import chart_texts, diagram_texts
from ingest.readers.office_words import element_words, hanging, is_prompt, local_name
from ingest.readers.running_text import collapse
from ingest.readers.tables import grid_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document as WordDocument
    from docx.oxml.text.paragraph import CT_P
    from lxml.etree import _Element

_CONTAINERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))
_NOTES = frozenset({"footnoteReference", "endnoteReference"})
_HANGING = _NOTES | {
    "txbxContent",
    "docPr",
    "chart",
    "relIds",
}  # of a drawing: its name, its chart, its SmartArt


class WordBlocks:
    """Turns the body of a document into blocks, giving each heading its anchor."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._notes: Mapping[str, str] = read_notes(document)
        self._anchors = Anchors()
        self.foreign = 0  # documents of other formats within this one, so far

    def of(self, parent: _Element) -> Iterator[Block]:
        """Yield what stands in `parent` in reading order, also within content controls."""
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:altChunk"):
                self.foreign += 1
            elif element.tag in _CONTAINERS and not is_prompt(element):
                yield from self.of(element)

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        style = self._style(element)
        words = element_words(element)
        if style.is_contents:
            return
        if words and style.level is not None:
            line = collapse(words)
            yield Heading(style.level, line, self._anchors.location(line))
        elif words:
            yield Text(BULLET + words, in_list=True) if style.is_list else Text(words)
        yield from self._hanging(element)

    def _style(self, element: _Element) -> ParagraphStyle:
        return ParagraphStyle(Paragraph(cast("CT_P", element), self._document))

    def _hanging(self, element: _Element) -> Iterator[Block]:
        """Yield what hangs on a paragraph, right below it: notes, text boxes, pictures."""
        for found in hanging(element, _HANGING):
            name = local_name(found)
            if name in _NOTES:
                yield from self._note(found)
            elif name == "txbxContent":
                yield from self.of(found)
            elif name == "docPr":
                yield picture_text(found.get("descr"))
            else:
                yield from self._graphic(found)

    def _note(self, reference: _Element) -> Iterator[Block]:
        if words := self._notes.get(note_key(reference)):
            yield Text(f"Fußnote: {words}")

    def _graphic(self, reference: _Element) -> Iterator[Block]:
        is_chart = local_name(reference) == "chart"
        key = reference.get(qn("r:id") if is_chart else qn("r:dm"))
        if key in self._document.part.rels and not self._document.part.rels[key].is_external:
            part = parse_part(self._document.part.related_parts[key].blob)
            yield from chart_texts(part) if is_chart else diagram_texts(part)

    def _table(self, table: _Element) -> Iterator[Block]:
        if self._is_layout(table):
            for row in table_rows(table):
                for cell in row_cells(row):
                    yield from self.of(cell)
            return
        yield Text(grid_text(grid(table, self._cell_words)))
        for row in table_rows(table):
            for reference in hanging(row, _NOTES):
                yield from self._note(reference)

    def _cell_words(self, cell: _Element) -> str:
        """Return everything in a cell on one line; its notes stand below the table."""
        hangs = (found for found in hanging(cell, _HANGING) if local_name(found) not in _NOTES)
        return collapse(" ".join([element_words(cell), *(self._words_of(found) for found in hangs)]))

    def _words_of(self, found: _Element) -> str:
        if local_name(found) == "docPr":
            return picture_text(found.get("descr")).words
        blocks = self.of(found) if local_name(found) == "txbxContent" else self._graphic(found)
        return " ".join(block.words for block in blocks if isinstance(block, Heading | Text))

    def _is_layout(self, table: _Element) -> bool:
        """Whether a table only arranges the page: one cell, tables in it, or headings below its first row."""
        rows = list(table_rows(table))
        if sum(1 for row in rows for _ in row_cells(row)) == 1 or holds_table(table):
            return True
        below = rows[1:] if len(rows) > 1 else rows
        paragraphs = (found for row in below for found in hanging(row, frozenset({"p"})))
        return any(self._style(found).level is not None for found in paragraphs)
