"""Markdown to PPTX: each heading a slide or several, real tables; the same text gives the same bytes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import pptx
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from tests.materials.markdown import (
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pptx.presentation import Presentation
    from pptx.shapes.placeholder import SlidePlaceholder
    from pptx.slide import Slide
    from pptx.text.text import _Paragraph

    from tests.materials.markdown import Block

_COVER, _CONTENT = 0, 1  # layouts of python-pptx's template; the other nine are dropped
_LEFT, _TOP, _WIDTH = Inches(0.5), Inches(1.5), Inches(9)
_TITLE_SIZE, _TEXT_SIZE, _CELL_SIZE = Pt(30), Pt(18), Pt(16)
_LINE = Inches(0.34)  # the height of a line of text, with its share of the space between paragraphs
_LINE_CHARACTERS = 72
_SLIDE_LINES = 14
_NOT_SHOWN = ("printerSettings", "thumbnail")  # parts of the template that nobody needs


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of a slide and its mark: "•", a number, or nothing."""

    text: str
    mark: str = ""

    @property
    def height(self) -> int:
        """How many lines it takes on a slide."""
        return ceil(len(self.text) / _LINE_CHARACTERS)


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on one slide; a table stands below the text."""

    heading: Heading
    lines: tuple[_Line, ...]
    table: Table | None = None


def write_pptx(markdown: str, target: Path) -> None:
    """Write `markdown` as a presentation; directives about pages and columns are passed over.

    What stands below the first heading, the title, is the cover's subtitle.
    """
    manuscript = read_manuscript(markdown)
    presentation = pptx.Presentation()
    set_properties(presentation.core_properties, manuscript.front_matter.get("title", ""))
    for page in _pages(manuscript.blocks):
        _add_slide(presentation, page)
    _drop_unused(presentation)
    made = io.BytesIO()
    presentation.save(made)
    write_without_times(made, target)


def _pages(blocks: Sequence[Block]) -> Iterator[_Page]:
    for heading, below in _sections(blocks):
        yield from _numbered([*_paginated(heading, below)] or [_Page(heading, ())])


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[Heading, Sequence[Block]]]:
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading)]
    if starts[:1] != [0]:
        raise ValueError("a presentation begins with its title")
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        heading = blocks[start]
        assert isinstance(heading, Heading)
        yield heading, blocks[start + 1 : end]


def _paginated(heading: Heading, below: Sequence[Block]) -> Iterator[_Page]:
    """Fill slides from the top; a table ends the slide that it stands on."""
    lines: list[_Line] = []
    for block in below:
        if isinstance(block, Table):
            yield from _with_table(heading, lines, block)
            lines = []
            continue
        for line in _lines(block):
            if lines and _height(lines) + line.height > _SLIDE_LINES:
                yield _Page(heading, tuple(lines))
                lines = []
            lines.append(line)
    if lines:
        yield _Page(heading, tuple(lines))


def _with_table(heading: Heading, lines: list[_Line], table: Table) -> Iterator[_Page]:
    """Set a table below the text before it, or on a slide of its own where both do not fit."""
    if lines and _height(lines) + 2 * len(table.rows) > _SLIDE_LINES:
        yield _Page(heading, tuple(lines))
        lines = []
    yield _Page(heading, tuple(lines), table)


def _numbered(pages: Sequence[_Page]) -> Iterator[_Page]:
    """Say on each slide of a long section which of them it is."""
    for number, page in enumerate(pages, start=1):
        count = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
        yield _Page(Heading(page.heading.level, page.heading.text + count), page.lines, page.table)


def _lines(block: Block) -> Iterator[_Line]:
    if isinstance(block, Prose | Quote):
        yield _Line(block.text)
    elif isinstance(block, Bullets):
        yield from (_Line(text, "•") for text in block.lines)
    elif isinstance(block, Numbered):
        yield from (_Line(text, str(number)) for number, text in enumerate(block.lines, start=1))


def _height(lines: Sequence[_Line]) -> int:
    return sum(line.height for line in lines)


def _add_slide(presentation: Presentation, page: _Page) -> None:
    is_cover = page.heading.level == 1
    slide = presentation.slides.add_slide(presentation.slide_layouts[_COVER if is_cover else _CONTENT])
    title, body = slide.placeholders
    title.text_frame.text = page.heading.text
    title.text_frame.paragraphs[0].runs[0].font.size = _TITLE_SIZE
    if not is_cover:
        body.left, body.top, body.width = _LEFT, _TOP, _WIDTH
        body.height = _LINE * (_height(page.lines) if page.table else _SLIDE_LINES)
    if page.lines:
        _fill(body, page.lines)
    else:
        slide.shapes._spTree.remove(body._element)
    if page.table:
        _add_table(slide, page.table, _TOP + _LINE * (_height(page.lines) + 1))


def _fill(body: SlidePlaceholder, lines: Sequence[_Line]) -> None:
    frame = body.text_frame
    frame.word_wrap = True
    for line in lines:
        paragraph = frame.add_paragraph() if frame.text else frame.paragraphs[0]
        _mark(paragraph, line.mark)
        _add_runs(paragraph, line.text, _TEXT_SIZE)


def _mark(paragraph: _Paragraph, mark: str) -> None:
    """Give a paragraph its bullet or number; the layout would give each of them a bullet."""
    properties = paragraph._p.get_or_add_pPr()
    if mark.isdecimal():
        properties.append(
            properties.makeelement(qn("a:buAutoNum"), {"type": "arabicPeriod", "startAt": mark})
        )
    elif not mark:
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(properties.makeelement(qn("a:buNone"), {}))


def _add_table(slide: Slide, table: Table, top: int) -> None:
    rows, columns = len(table.rows), len(table.rows[0])
    frame = slide.shapes.add_table(rows, columns, _LEFT, Emu(top), _WIDTH, Emu(_LINE * rows))
    for row, cells in zip(frame.table.rows, table.rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            _add_runs(cell.text_frame.paragraphs[0], text, _CELL_SIZE)


def _add_runs(paragraph: _Paragraph, text: str, size: Pt) -> None:
    for words, bold in bold_runs(text):
        run = paragraph.add_run()
        run.text = words
        run.font.size = size
        run.font.bold = bold or None


def _drop_unused(presentation: Presentation) -> None:
    for layout in [*presentation.slide_layouts]:
        if not layout.used_by_slides:
            presentation.slide_layouts.remove(layout)
    for relations in (presentation.part.rels, presentation.part.package._rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_NOT_SHOWN)]:
            relations.pop(key)
