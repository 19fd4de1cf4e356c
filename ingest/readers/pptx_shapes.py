"""The shapes of a slide: text with its bullets, tables, groups, pictures and what cannot be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.shapes.shapetree import SlideShapeFactory

from ingest.readers.alternative_text import picture_text
from ingest.readers.headings import Text
from ingest.readers.office_archive import parse_part
from ingest.readers.office_graphics import chart_texts, diagram_texts
from ingest.readers.office_words import element_words, local_name
from ingest.readers.pptx_paragraphs import paragraph_texts
from ingest.readers.running_text import collapse
from ingest.readers.slides import SlidePart, in_reading_order
from ingest.readers.tables import grid_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table

# Places of the layout that say nothing about the slide's subject, on slides and on pages of notes.
LAYOUT_ROLES = frozenset({"dt", "ftr", "hdr", "sldImg", "sldNum"})
_SHAPES = frozenset({"sp", "grpSp", "graphicFrame", "pic"})
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_OBJECT = "http://schemas.openxmlformats.org/presentationml/2006/ole"
_RECORDINGS = tuple(qn(f"a:{name}") for name in ("videoFile", "audioFile", "wavAudioFile", "quickTimeFile"))


def placeholder_role(shape: _Element | None) -> str | None:
    """Return the type of the layout's place that `shape` fills ("title", "ftr"), None for free shapes."""
    place = None if shape is None else next(_own_places(shape), None)
    return None if place is None else str(place.get("type") or "obj")


def slide_parts(slide: Slide) -> Iterator[SlidePart]:
    """Yield what the shapes of `slide` say, except for its title, in the order of the file."""
    title = slide.shapes.title
    for element in _shape_elements(slide.shapes._spTree):
        is_title = title is not None and element is title._element
        if not is_title and placeholder_role(element) not in LAYOUT_ROLES:
            yield _part(_shape(element, slide), slide)


def _own_places(shape: _Element) -> Iterator[_Element]:
    for properties in shape:
        if local_name(properties).startswith("nv"):
            yield from properties.iter(qn("p:ph"))


def _shape_elements(parent: _Element) -> Iterator[_Element]:
    """Yield the shapes in `parent`; of alternatives the first, which new programs show."""
    for element in parent:
        name = local_name(element)
        if name in _SHAPES:
            yield element
        elif name == "AlternateContent":
            choices = (list(_shape_elements(choice)) for choice in element)
            yield from next(filter(None, choices), [])


def _shape(element: _Element, slide: Slide) -> BaseShape:
    return SlideShapeFactory(element, slide.shapes)  # type: ignore[arg-type]  # its classes are these elements


def _part(shape: BaseShape, slide: Slide) -> SlidePart:
    if isinstance(shape, GroupShape):
        return _group_part(shape, slide)
    texts, unread = _content(shape, slide)
    is_text = local_name(shape._element) == "sp"
    if not texts:
        texts = (picture_text(_description(shape._element)),)
    part = SlidePart(
        texts,
        is_free=is_text and placeholder_role(shape._element) is None,
        is_picture=local_name(shape._element) == "pic" and not unread,
        unread=unread,
    )
    return _placed(part, shape)


def _group_part(group: GroupShape, slide: Slide) -> SlidePart:
    """Return a group as one part: its members are placed by coordinates of their own."""
    members = (_shape(element, slide) for element in _shape_elements(group._element))
    parts = in_reading_order(_part(member, slide) for member in members)
    part = SlidePart(
        tuple(text for part in parts for text in part.texts),
        is_picture=all(part.is_picture for part in parts),
        unread=tuple(name for part in parts for name in part.unread),
    )
    return _placed(part, group)


def _placed(part: SlidePart, shape: BaseShape) -> SlidePart:
    return replace(
        part, left=shape.left or 0, top=shape.top or 0, width=shape.width or 0, height=shape.height or 0
    )


def _content(shape: BaseShape, slide: Slide) -> tuple[tuple[Text, ...], tuple[str, ...]]:
    """Return the texts of a shape, and what in it cannot be read."""
    if isinstance(shape, GraphicFrame):
        return _graphic_content(shape)
    if any(True for _ in shape._element.iter(*_RECORDINGS)):
        return (), ("eine Ton- oder Filmaufnahme",)
    return tuple(paragraph_texts(shape, slide)), ()


def _graphic_content(frame: GraphicFrame) -> tuple[tuple[Text, ...], tuple[str, ...]]:
    if frame.has_table:
        return (Text(_table_words(frame.table)),), ()
    if frame.has_chart:
        return tuple(chart_texts(frame.chart_part._element)), ()
    kind = next((str(content.get("uri")) for content in frame._element.iter(qn("a:graphicData"))), "")
    if kind == _DIAGRAM:
        texts = _diagram_texts(frame)
        return texts, () if texts else ("ein Schaubild (SmartArt) ohne lesbaren Text",)
    return (), ("ein eingebettetes Objekt" if kind == _OBJECT else "eine Grafik",)


def _diagram_texts(frame: GraphicFrame) -> tuple[Text, ...]:
    relation = next((found for found in frame._element.iter() if local_name(found) == "relIds"), None)
    key = None if relation is None else relation.get(qn("r:dm"))
    if key is None or key not in frame.part.rels or frame.part.rels[key].is_external:
        return ()
    return tuple(diagram_texts(parse_part(frame.part.related_part(key).blob)))


def _table_words(table: Table) -> str:
    """Return the table row by row; a merged cell stands in its first column, and in each of its rows."""
    rows: list[list[str]] = []
    for row in table._tbl.tr_lst:
        words = []
        for column, cell in enumerate(row.tc_lst):
            above = rows[-1][column] if rows and column < len(rows[-1]) else ""
            is_covered = cell.hMerge or cell.vMerge
            words.append((above if cell.vMerge else "") if is_covered else collapse(element_words(cell)))
        rows.append(words)
    return grid_text(rows, is_headed=bool(table.first_row) and len(rows) > 1)


def _description(element: _Element) -> str | None:
    named = next((child for child in element.iter(qn("p:cNvPr"))), None)
    return None if named is None else named.get("descr")
