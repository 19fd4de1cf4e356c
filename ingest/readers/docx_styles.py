"""The role of a Word paragraph, told by its style: heading, list point, table of contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.styles.style import BaseStyle
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

_TITLE = re.compile(r"(title|titel)$", re.IGNORECASE)
_HEADING = re.compile(r"(heading|überschrift|titre|nagłówek)\s*(?P<level>[1-9])", re.IGNORECASE)
_LIST = re.compile(r"(list (bullet|number)|aufzählung|listennummer)", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(toc|index|(inhalts|abbildungs|tabellen)?verzeichnis|table of figures)(\s*(heading|überschrift|\d)|$)",
    re.IGNORECASE,
)
_BODY_LEVEL = 9  # Word's outline level for text that is no heading
_MAX_DEPTH = 20  # styles based on styles; a damaged file may go round in circles


class ParagraphStyle:
    """What the style of a paragraph, or one that it is based on, says about the paragraph's role."""

    def __init__(self, paragraph: Paragraph) -> None:
        styles = list(_styles(paragraph))
        self._names = [str(style.name) for style in styles if style.name]
        elements: list[_Element] = [paragraph._p, *(style.element for style in styles)]
        self._properties = [layer for element in elements if (layer := element.find(qn("w:pPr"))) is not None]

    @property
    def is_contents(self) -> bool:
        """Whether the paragraph is a line of a table of contents, a list of figures or an index."""
        return any(_CONTENTS.match(name) for name in self._names)

    @property
    def level(self) -> int | None:
        """The level of a heading, 0 for the document's title; None for text."""
        for name in self._names:
            if _TITLE.match(name):
                return 0
            if match := _HEADING.match(name):
                return int(match["level"])
        stated = self._stated("w:outlineLvl")
        return stated + 1 if stated is not None and stated < _BODY_LEVEL else None

    @property
    def is_list(self) -> bool:
        """Whether the paragraph is a point of a list, numbered or not."""
        numbering = self._stated("w:numPr/w:numId")
        if numbering == 0:  # this takes a point out of its list
            return False
        return numbering is not None or any(_LIST.match(name) for name in self._names)

    def _stated(self, path: str) -> int | None:
        """Return the number at `path` of the innermost properties that state it."""
        steps = "/".join(map(qn, path.split("/")))
        for properties in self._properties:
            found = properties.find(steps)
            number = None if found is None else found.get(qn("w:val"))
            if number is not None and number.isdecimal():
                return int(number)
        return None


def _styles(paragraph: Paragraph) -> Iterator[BaseStyle]:
    style = paragraph.style
    for _ in range(_MAX_DEPTH):
        if style is None:
            return
        yield style
        style = style.base_style
