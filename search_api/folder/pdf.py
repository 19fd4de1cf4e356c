"""The folder as a PDF: letters of all partner countries, links, bookmarks, page numbers, its language."""

from __future__ import annotations

import io
import re
import threading
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # it carries no types
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import registerFont  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

from search_api.folder.model import ANSWER, CLOSING, CONTEXT, ENTRIES, NOTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_api.folder.model import Entry, Folder

_FONTS = Path(__file__).parent / "fonts"
_REGULAR, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_INK, _LINK = "#1a1a1a", "#054a91"
_MARGIN = 25 * mm
_LEVELS = {"title": 0, "heading": 1, "entry": 2}  # styles of headings, and their place in the bookmarks
_LONG_RUN = re.compile(
    r"\S{80}(?=\S)"
)  # wider than a line; breaking a very long word takes reportlab minutes
_WRITING = threading.Lock()  # fonts are shared, and count which of their letters a document uses


def pdf(folder: Folder) -> bytes:
    """Return the folder as a PDF on A4; a letter that the font does not have is shown as an empty box."""
    file = io.BytesIO()
    with _WRITING:
        _register_fonts()
        template = SimpleDocTemplate(
            file,
            pagesize=A4,
            title=folder.title,
            author="",
            creator="Partnerschaftslotse",
            lang="de-DE",
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_MARGIN,
            bottomMargin=_MARGIN,
        )
        template.afterFlowable = lambda drawn: _bookmark(template, drawn)
        template.build(list(_story(folder)), onFirstPage=_foot, onLaterPages=_foot)
    return file.getvalue()


@cache
def _register_fonts() -> None:
    for name in (_REGULAR, _BOLD):
        registerFont(TTFont(name, _FONTS / f"{name}.ttf"))


@cache
def _styles() -> dict[str, Any]:
    body = ParagraphStyle(
        "body", fontName=_REGULAR, fontSize=10.5, leading=15, textColor=HexColor(_INK), spaceAfter=6
    )

    def style(name: str, **different: object) -> Any:  # noqa: ANN401 - the library carries no types
        return ParagraphStyle(name, body, **different)

    headed = {"fontName": _BOLD, "keepWithNext": 1}
    return {
        "body": body,
        "title": style("title", **headed, fontSize=16, leading=22, spaceAfter=12),
        "heading": style("heading", **headed, fontSize=14, leading=19, spaceBefore=12),
        "entry": style("entry", **headed, fontSize=11, leading=16, spaceBefore=12),
        "sentence": style("sentence", fontName=_BOLD),
        "quote": style("quote", leftIndent=8 * mm, fontSize=10, leading=14),
        "point": style("point", leftIndent=5 * mm, bulletIndent=0),
        "facts": style("facts", fontSize=9, leading=13),
    }


def _paragraph(words: str, style: str = "body", **more: object) -> Any:  # noqa: ANN401 - as above
    return Paragraph(escape(_LONG_RUN.sub(r"\g<0> ", words)), _styles()[style], **more)


def _story(folder: Folder) -> Iterator[Any]:
    yield _paragraph(folder.title, "title")
    if folder.questions:
        yield _paragraph(folder.questions_heading, "heading")
    for question in folder.questions:
        yield _paragraph(question, "point", bulletText="•")
    if folder.answer:
        yield _paragraph(ANSWER, "heading")
    yield from map(_paragraph, folder.answer)
    if folder.entries:
        yield _paragraph(ENTRIES, "heading")
    for entry in folder.entries:
        yield from _entry(entry)
    yield _paragraph(CLOSING, "facts")


def _entry(entry: Entry) -> Iterator[Any]:
    yield _paragraph(entry.heading, "entry")
    if entry.sentence:
        yield _paragraph(entry.sentence, "sentence")
    if entry.whole:
        yield _paragraph(f"{CONTEXT}:")
    for paragraph in entry.whole:
        yield _paragraph(paragraph, "quote")
    yield _paragraph(entry.facts, "facts")
    for way in entry.ways:
        link = f'<a href={quoteattr(way.href)} color="{_LINK}"><u>{escape(way.words)}</u></a>'
        yield Paragraph(link, _styles()["point"], bulletText="•")
    for number, paragraph in enumerate(entry.note):
        yield _paragraph(paragraph if number else f"{NOTE}: {paragraph}")


def _bookmark(template: Any, drawn: Any) -> None:  # noqa: ANN401 - as above
    level = _LEVELS.get(drawn.style.name) if isinstance(drawn, Paragraph) else None
    if level is None:
        return
    key = f"{template.page}-{id(drawn)}"
    template.canv.bookmarkPage(key)
    template.canv.addOutlineEntry(drawn.getPlainText(), key, level)


def _foot(canvas: Any, template: Any) -> None:  # noqa: ANN401 - as above
    canvas.setFont(_REGULAR, 9)
    canvas.drawCentredString(A4[0] / 2, 12 * mm, f"Seite {template.page}")
