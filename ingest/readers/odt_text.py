"""The words of an OpenDocument paragraph, and what hangs on it: notes, text boxes, pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from ingest.readers.odt_package import on
from ingest.readers.running_text import collapse_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_SIGNS = {on("text:s"): " ", on("text:tab"): " ", on("text:line-break"): "\n"}
_SPACE = re.compile(r"\s+")
_DRAWING = on("draw:frame").removesuffix("frame")
_NOT_SHOWN = frozenset(
    map(on, ("office:annotation", "office:annotation-end", "text:script", "text:ruby-text"))
)


def paragraph_words(paragraph: _Element) -> str:
    """Return the words of a paragraph with the line breaks that the author set."""
    return collapse_lines("".join(_pieces(paragraph)))


def attached(paragraph: _Element) -> Iterator[_Element]:
    """Yield the notes and drawings that stand in a paragraph but are read after it."""
    for child in paragraph:
        if is_drawing(child) or child.tag == on("text:note"):
            yield child
        elif child.tag not in _NOT_SHOWN:
            yield from attached(child)


def is_drawing(element: _Element) -> bool:
    """Whether `element` is a frame, a shape or a group of them."""
    return isinstance(element.tag, str) and element.tag.startswith(_DRAWING)


def formula_words(formula: _Element) -> str:
    """Return the signs of a MathML formula; a fraction's parts stand around a stroke."""
    if isinstance(formula.tag, str) and etree.QName(formula).localname in {"annotation", "annotation-xml"}:
        return ""
    sign = "/" if formula.tag == on("math:mfrac") else " "
    return sign.join(filter(None, [(formula.text or "").strip(), *map(formula_words, formula)]))


def _pieces(element: _Element) -> Iterator[str]:
    yield _SPACE.sub(" ", element.text or "")
    for child in element:
        if child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif not _stands_apart(child):
            yield from _pieces(child)
        yield _SPACE.sub(" ", child.tail or "")


def _stands_apart(child: _Element) -> bool:
    is_mark = not isinstance(child.tag, str)  # comments have a function for a tag
    return is_mark or is_drawing(child) or child.tag == on("text:note") or child.tag in _NOT_SHOWN
