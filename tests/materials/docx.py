"""Markdown to DOCX with real heading, list and table styles; the same text gives the same bytes."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.text.paragraph import Paragraph

from tests.materials.markdown import (
    Block,
    Bullets,
    Heading,
    Numbered,
    Prose,
    Quote,
    Table,
    bold_runs,
    read_manuscript,
)
from tests.materials.office import set_properties, write_without_times

_COUNTING = 7  # the list definition of the style "List Number" in python-docx's template
_TABLE_STYLES = {"Normal Table", "Table Grid"}  # of about a hundred, 800 kB, in python-docx's template


def write_docx(markdown: str, target: Path) -> None:
    """Write `markdown` as a DOCX file; directives about pages and columns are passed over."""
    manuscript = read_manuscript(markdown)
    document = docx.Document()
    _drop_unused_styles(document)
    set_properties(document.core_properties, manuscript.front_matter.get("title", ""))
    for block in manuscript.blocks:
        _WRITERS.get(type(block), _pass_over)(document, block)
    made = io.BytesIO()
    document.save(made)
    write_without_times(made, target)


def _drop_unused_styles(document: Document) -> None:
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _TABLE_STYLES:
            style.delete()
    relations = document.part.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("stylesWithEffects")]:
        del relations[key]


def _write_heading(document: Document, heading: Heading) -> None:
    document.add_heading(heading.text, level=heading.level)


def _write_prose(document: Document, prose: Prose) -> None:
    _add_runs(document.add_paragraph(), prose.text)


def _write_bullets(document: Document, bullets: Bullets) -> None:
    for line in bullets.lines:
        _add_runs(document.add_paragraph(style="List Bullet"), line)


def _write_numbered(document: Document, numbered: Numbered) -> None:
    counter = _new_counter(document)
    for line in numbered.lines:
        paragraph = document.add_paragraph(style="List Number")
        properties = paragraph._p.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = counter  # type: ignore[attr-defined] # made at run time
        _add_runs(paragraph, line)


def _new_counter(document: Document) -> int:
    """Return a list of its own that starts at 1; the lists of a style count on from each other."""
    numbering = document.part.numbering_part.element
    counter = numbering.add_num(_COUNTING)
    counter.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(counter.numId)


def _write_quote(document: Document, quote: Quote) -> None:
    _add_runs(document.add_paragraph(style="Quote"), quote.text)


def _write_table(document: Document, table: Table) -> None:
    made = document.add_table(rows=len(table.rows), cols=len(table.rows[0]), style="Table Grid")
    for row, cells in zip(made.rows, table.rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            _add_runs(cell.paragraphs[0], text)


def _pass_over(document: Document, block: Block) -> None:
    """Leave a block out that has no meaning in a flowing text."""
    del document, block


def _add_runs(paragraph: Paragraph, text: str) -> None:
    for run, bold in bold_runs(text):
        paragraph.add_run(run).bold = bold or None


_WRITERS: dict[type[Block], Callable[[Document, Any], None]] = {
    Heading: _write_heading,
    Prose: _write_prose,
    Bullets: _write_bullets,
    Numbered: _write_numbered,
    Quote: _write_quote,
    Table: _write_table,
}
