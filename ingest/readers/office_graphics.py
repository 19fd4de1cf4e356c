"""The words and numbers of charts and SmartArt, in parts of their own beside a slide or a Word document.

Charts and diagrams are parts of DrawingML (ECMA-376 part 1, chapter 21).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.oxml.ns import qn

from ingest.readers.headings import Text
from ingest.readers.lists import BULLET
from ingest.readers.office_words import element_words
from ingest.readers.running_text import collapse
from ingest.readers.tables import table_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_CATEGORIES = (qn("c:cat"), qn("c:xVal"))
_VALUES = (qn("c:val"), qn("c:yVal"), qn("c:bubbleSize"))
_MAX_POINTS = 10_000  # of a series; a damaged file may claim any place


def chart_texts(chart: _Element) -> Iterator[Text]:
    """Yield a chart's titles, the labels that the author wrote, and its numbers as a table.

    The table has one row a category and one column a series.
    """
    for words in (*chart.iter(qn("c:title")), *chart.iterfind(f".//{qn('c:dLbl')}/{qn('c:tx')}")):
        if next(words.iter(qn("a:fld")), None) is None:  # those stand for numbers of the table
            yield Text(collapse(element_words(words)))
    series = list(chart.iter(qn("c:ser")))
    names = [" ".join(_points(one.find(qn("c:tx"))).values()) for one in series]
    categories = next((found for one in series if (found := _points(_first(one, _CATEGORIES)))), {})
    columns = [_points(_first(one, _VALUES)) for one in series]
    places = sorted({*categories, *(place for column in columns for place in column)})
    rows = [[categories.get(place, ""), *(column.get(place, "") for column in columns)] for place in places]
    yield Text(table_text(["", *names], rows) if rows else " | ".join(names))


def _first(series: _Element, tags: tuple[str, ...]) -> _Element | None:
    return next((child for tag in tags for child in series.iterchildren(tag)), None)


def _points(parent: _Element | None) -> Mapping[int, str]:
    """Return what the file remembers of a column of the sheet behind a chart, by place."""
    if parent is None:
        return {}
    points = [point for point in parent.iter(qn("c:pt")) if str(point.get("idx")).isdecimal()]
    levels = [(int(str(point.get("idx"))), collapse(point.findtext(qn("c:v")) or "")) for point in points]
    number_format = str(next(iter(parent.itertext(qn("c:formatCode"))), ""))
    is_number = next(parent.iter(qn("c:numCache"), qn("c:numLit")), None) is not None
    told: dict[int, str] = {}
    for place, stored in levels[:_MAX_POINTS]:  # categories of several levels: the inner one comes first
        words = _number(stored, number_format) if is_number else stored
        told[place] = f"{told[place]}, {words}" if place in told else words
    return told or {0: direct} if (direct := collapse(parent.findtext(qn("c:v")) or "")) else told


def _number(words: str, number_format: str) -> str:
    """Return a stored number as German readers know it: 0.125 as "12,5 %" where it is shown as a share."""
    try:
        number = float(words)
    except ValueError:
        return words
    sign = " %" if "%" in number_format else ""
    rounded = f"{number * 100 if sign else number:.4f}".rstrip("0").rstrip(".")
    return rounded.replace(".", ",") + sign


def diagram_texts(model: _Element) -> Iterator[Text]:
    """Yield the points of a SmartArt as lines of a list, each followed by those below it."""
    words = {point.get("modelId"): _point_words(point) for point in model.iter(f"{_DIAGRAM}pt")}
    for point in _in_tree_order(model):
        if line := words.pop(point, ""):
            yield Text(BULLET + line, in_list=True)
    for line in filter(None, words.values()):  # points that hang nowhere
        yield Text(BULLET + line, in_list=True)


def _point_words(point: _Element) -> str:
    body = point.find(f"{_DIAGRAM}t")
    return "" if body is None else collapse(element_words(body))


def _in_tree_order(model: _Element) -> list[str | None]:
    """Return the ids of points from the root downwards, siblings in their stated order."""
    below: dict[str | None, list[tuple[int, str | None]]] = {}
    for edge in model.iter(f"{_DIAGRAM}cxn"):
        if edge.get("type", "parOf") == "parOf":
            place = str(edge.get("srcOrd") or "0")
            child = (int(place) if place.isdecimal() else 0, edge.get("destId"))
            below.setdefault(edge.get("srcId"), []).append(child)
    order: list[str | None] = []
    waiting = [pt.get("modelId") for pt in model.iter(f"{_DIAGRAM}pt") if pt.get("type") == "doc"]
    seen = set(waiting)
    while waiting:
        order.append(waiting.pop())
        children = [key for _, key in sorted(below.get(order[-1], []), key=lambda child: child[0])]
        waiting += [key for key in reversed(children) if key not in seen]
        seen.update(children)
    return order
