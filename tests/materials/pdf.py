"""Markdown to PDF: outline, page labels, running header and footer; the same text gives the same bytes."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from reportlab import rl_config  # type: ignore[import-untyped]
from reportlab.lib.colors import grey, whitesmoke  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    ListFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid

from tests.materials.markdown import (
    Block,
    Bullets,
    Columns,
    Heading,
    Numbered,
    PageEnd,
    Prose,
    Quote,
    Table,
    bold_runs,
    read_manuscript,
)
from tests.materials.office import AUTHOR

Flowables = list[Any]  # reportlab is untyped

_MARGIN = 22 * mm
_GUTTER = 8 * mm  # between two columns
_HEADER_Y = A4[1] - 14 * mm
_FOOTER_Y = 12 * mm
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")  # front pages are few
_BODY = ParagraphStyle("body", fontName="Vera", fontSize=9.5, leading=14, spaceAfter=6)
_QUOTE = ParagraphStyle("quote", parent=_BODY, leftIndent=6 * mm, rightIndent=6 * mm)
_CELL = ParagraphStyle("cell", parent=_BODY, fontSize=8.5, leading=11.5, spaceAfter=0)
_HEADINGS = {
    level: ParagraphStyle(
        f"heading {level}",
        fontName="VeraBd",
        fontSize=size,
        leading=size * 1.3,
        spaceBefore=size * 0.7,
        spaceAfter=size * 0.4,
    )
    for level, size in {1: 18, 2: 13, 3: 10.5}.items()
}
_GRID = [
    ("GRID", (0, 0), (-1, -1), 0.4, grey),
    ("BACKGROUND", (0, 0), (-1, 0), whitesmoke),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def write_pdf(markdown: str, target: Path) -> None:
    """Write `markdown` as a PDF file.

    Front matter: `title` runs in the header, `stand` in the footer; the first `vorspann` pages (default 0)
    are numbered i, ii, …, the following ones from 1.
    """
    manuscript = read_manuscript(markdown)
    _make_reproducible()
    target.parent.mkdir(parents=True, exist_ok=True)
    template = _template(manuscript.front_matter, target)
    story = [flowable for block in manuscript.blocks for flowable in _SETTERS[type(block)](block)]
    template.build(story)


def _make_reproducible() -> None:
    """No clock and no random ids in the file; the fonts are the ones that reportlab brings along."""
    rl_config.invariant = 1
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")


def _template(front_matter: dict[str, str], target: Path) -> Any:  # noqa: ANN401 - reportlab is untyped
    template = BaseDocTemplate(
        str(target),
        pagesize=A4,
        invariant=1,
        pageCompression=0,  # compressed bytes differ between builds of zlib
        title=front_matter.get("title", ""),
        author=AUTHOR,
        lang="de-DE",
    )
    dress = _page_dresser(front_matter)
    template.addPageTemplates(
        [PageTemplate(str(count), _frames(count), onPage=dress) for count in (1, 2)],
    )
    template.afterFlowable = _outline_keeper(template)
    return template


def _frames(count: int) -> list[Any]:
    width = (A4[0] - 2 * _MARGIN - (count - 1) * _GUTTER) / count
    height = A4[1] - 2 * _MARGIN
    return [
        Frame(_MARGIN + position * (width + _GUTTER), _MARGIN, width, height, 0, 0, 0, 0)
        for position in range(count)
    ]


def _page_dresser(front_matter: dict[str, str]) -> Callable[[Any, Any], None]:
    """Return what draws header, footer and page label of each page."""
    front_pages = int(front_matter.get("vorspann", "0"))

    def dress(canvas: Any, template: Any) -> None:  # noqa: ANN401 - reportlab is untyped
        if template.page == 1:
            canvas.addPageLabel(0, "ROMAN_LOWER" if front_pages else "ARABIC", 1)
            canvas.addPageLabel(front_pages, "ARABIC", 1)
        canvas.setFont("Vera", 7.5)
        canvas.drawString(_MARGIN, _HEADER_Y, front_matter.get("title", ""))
        canvas.drawString(_MARGIN, _FOOTER_Y, front_matter.get("stand", ""))
        canvas.drawRightString(A4[0] - _MARGIN, _FOOTER_Y, f"Seite {_label(template.page, front_pages)}")

    return dress


def _label(page: int, front_pages: int) -> str:
    return _ROMAN[page] if page <= front_pages else str(page - front_pages)


def _outline_keeper(template: Any) -> Callable[[Any], None]:  # noqa: ANN401 - reportlab is untyped
    """Return what enters each heading that was set into the outline; a skipped level moves up."""
    levels = [-1]  # of the entries so far

    def keep(flowable: Any) -> None:  # noqa: ANN401 - reportlab is untyped
        heading = getattr(flowable, "heading", None)
        if heading is None:
            return
        key = f"heading-{len(levels)}"
        levels.append(min(heading.level - 1, levels[-1] + 1))
        template.canv.bookmarkPage(key)
        template.canv.addOutlineEntry(heading.text, key, levels[-1])

    return keep


def _set_heading(heading: Heading) -> Flowables:
    paragraph = Paragraph(escape(heading.text), _HEADINGS[heading.level])
    paragraph.heading = heading
    return [CondPageBreak(30 * mm), paragraph]  # a heading needs room for some lines below it


def _set_prose(prose: Prose) -> Flowables:
    return [_paragraph(prose.text, _BODY)]


def _set_bullets(bullets: Bullets) -> Flowables:
    lines = [_paragraph(line, _BODY) for line in bullets.lines]
    return [ListFlowable(lines, bulletType="bullet", start="•", bulletFontName="Vera", leftIndent=12)]


def _set_numbered(numbered: Numbered) -> Flowables:
    lines = [_paragraph(line, _BODY) for line in numbered.lines]
    return [ListFlowable(lines, bulletType="1", bulletFormat="%s.", bulletFontName="Vera", leftIndent=16)]


def _set_quote(quote: Quote) -> Flowables:
    return [_paragraph(quote.text, _QUOTE)]


def _set_table(table: Table) -> Flowables:
    head, *rest = table.rows
    rows = [tuple(f"**{cell}**" for cell in head), *rest]
    cells = [[_paragraph(cell, _CELL) for cell in row] for row in rows]
    grid = Grid(cells, colWidths=[f"{100 / len(head)}%"] * len(head), style=_GRID, repeatRows=1)
    return [Spacer(0, 2 * mm), grid, Spacer(0, 4 * mm)]


def _set_columns(columns: Columns) -> Flowables:
    return [NextPageTemplate(str(columns.count)), PageBreak()]


def _set_page_end(_: PageEnd) -> Flowables:
    return [PageBreak()]


def _paragraph(text: str, style: object) -> Any:  # noqa: ANN401 - reportlab is untyped
    runs = [f"<b>{escape(run)}</b>" if bold else escape(run) for run, bold in bold_runs(text)]
    return Paragraph("".join(runs), style)


_SETTERS: dict[type[Block], Callable[[Any], Flowables]] = {
    Heading: _set_heading,
    Prose: _set_prose,
    Bullets: _set_bullets,
    Numbered: _set_numbered,
    Quote: _set_quote,
    Table: _set_table,
    Columns: _set_columns,
    PageEnd: _set_page_end,
}
