"""The paragraphs of a shape; whether one is a point of a list often stands in the layout or the master."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.oxml.ns import qn
from pptx.shapes.placeholder import SlidePlaceholder

from ingest.readers.headings import Text
from ingest.readers.lists import BULLET
from ingest.readers.office_words import element_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide

_BULLETS = tuple(qn(f"a:{name}") for name in ("buNone", "buChar", "buAutoNum", "buBlip"))
_NO_BULLET = qn("a:buNone")
_NUMBERED = qn("a:buAutoNum")
_MAX_LAYERS = 4  # slide, layout, master; a damaged file may go round in circles


def paragraph_texts(shape: BaseShape, slide: Slide) -> Iterator[Text]:
    """Yield the paragraphs of a shape with words in it, points of lists with their marks."""
    body = shape._element.find(qn("p:txBody"))
    if body is None:
        return
    styles = list(_list_styles(shape, body, slide))
    numbers = _Numbers()
    for paragraph in body.iterchildren(qn("a:p")):
        words = element_words(paragraph)
        if words:
            mark = numbers.mark(_level(paragraph), _bullet(paragraph, styles))
            yield Text(mark + words, in_list=bool(mark))


def _list_styles(shape: BaseShape, body: _Element, slide: Slide) -> Iterator[_Element]:
    """Yield what says how the levels of a list look, the nearest first."""
    yield from body.iterchildren(qn("a:lstStyle"))
    if not isinstance(shape, SlidePlaceholder):
        return
    place = shape._base_placeholder
    for _ in range(_MAX_LAYERS):
        if place is None:
            break
        yield from place._element.iter(qn("a:lstStyle"))
        place = getattr(place, "_base_placeholder", None)
    yield from slide.slide_layout.slide_master._element.iter(qn("p:bodyStyle"))


def _level(paragraph: _Element) -> int:
    properties = paragraph.find(qn("a:pPr"))
    stated = None if properties is None else properties.get("lvl")
    return int(stated) if stated and stated.isdecimal() else 0


def _bullet(paragraph: _Element, styles: list[_Element]) -> _Element | None:
    """Return the nearest element that says which bullet a paragraph has, None where nothing does."""
    level = qn(f"a:lvl{_level(paragraph) + 1}pPr")
    layers = [paragraph.find(qn("a:pPr")), *(style.find(level) for style in styles)]
    stated = (child for layer in layers if layer is not None for child in layer.iterchildren(*_BULLETS))
    return next(stated, None)


class _Numbers:
    """Counts the points of numbered lists, each level by itself."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def mark(self, level: int, bullet: _Element | None) -> str:
        """Return what stands before the next paragraph; letters and Roman numbers become bullets."""
        self._counts = {deep: count for deep, count in self._counts.items() if deep <= level}
        if bullet is None or bullet.tag == _NO_BULLET:
            self._counts.pop(level, None)
            return ""
        if bullet.tag != _NUMBERED or not str(bullet.get("type")).startswith("arabic"):
            self._counts.pop(level, None)
            return BULLET
        first = str(bullet.get("startAt") or "1")
        before = int(first) - 1 if first.isdecimal() else 0
        self._counts[level] = self._counts.get(level, before) + 1
        return f"{self._counts[level]}. "
