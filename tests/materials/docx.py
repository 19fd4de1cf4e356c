"""Markdown to DOCX with real heading, list and table styles; the same text gives the same bytes."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.text.paragraph import Paragraph

from tests.materials.markdown import Block, Bullets, Heading, Prose, Table, bold_runs, read_manuscript

_WRITTEN = datetime(2026, 11, 22)  # noqa: DTZ001 - core properties carry no zone
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can name
_AUTHOR = "Partnerschaftslotse"
_TABLE_STYLES = {"Normal Table", "Table Grid"}  # of about a hundred, 800 kB, in python-docx's template


def write_docx(markdown: str, target: Path) -> None:
    """Write `markdown` as a DOCX file; directives about pages and columns are passed over."""
    manuscript = read_manuscript(markdown)
    document = docx.Document()
    _drop_unused_styles(document)
    _set_properties(document, manuscript.front_matter.get("title", ""))
    for block in manuscript.blocks:
        _WRITERS.get(type(block), _pass_over)(document, block)
    made = io.BytesIO()
    document.save(made)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_without_times(made))


def _drop_unused_styles(document: Document) -> None:
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _TABLE_STYLES:
            style.delete()
    relations = document.part.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("stylesWithEffects")]:
        del relations[key]


def _set_properties(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = _AUTHOR
    properties.language = "de-DE"
    properties.comments = ""
    properties.created = properties.modified = _WRITTEN


def _write_heading(document: Document, heading: Heading) -> None:
    document.add_heading(heading.text, level=heading.level)


def _write_prose(document: Document, prose: Prose) -> None:
    _add_runs(document.add_paragraph(), prose.text)


def _write_bullets(document: Document, bullets: Bullets) -> None:
    for line in bullets.lines:
        _add_runs(document.add_paragraph(style="List Bullet"), line)


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
    Table: _write_table,
}


def _without_times(made: io.BytesIO) -> bytes:
    """Pack the archive again: no clock, no host system, no compression that differs between zlib builds."""
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()
