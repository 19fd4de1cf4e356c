"""What the styles of an OpenDocument say: titles and headings, numbered lists, hidden slides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.odt_package import OpenDocument, on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_TITLE = re.compile(r"(title|titel)$", re.IGNORECASE)
_HEADING = re.compile(r"(heading|überschrift)\s*(?P<level>[1-9])", re.IGNORECASE)
_ENCODED = re.compile(r"_([0-9a-f]{2})_")  # "Heading_20_1" is how the file writes "Heading 1"
_MAX_DEPTH = 20  # styles based on styles; a damaged file may go round in circles


class Styles:
    """The styles of one file by name: those of its text, and those of the template."""

    def __init__(self, document: OpenDocument) -> None:
        roots = [root for root in (document.styles, document.content) if root is not None]
        styles = [style for root in roots for style in root.iter(on("style:style"))]
        lists = [style for root in roots for style in root.iter(on("text:list-style"))]
        self._by_name = {(_family(style), style.get(on("style:name"))): style for style in styles}
        self._lists = {style.get(on("style:name")): style for style in lists}

    def level(self, paragraph: _Element) -> int | None:
        """Return the level of a heading that is one by its style only, 0 for a title; None for text."""
        for name in self._names(paragraph.get(on("text:style-name"))):
            if _TITLE.match(name):
                return 0
            if match := _HEADING.match(name):
                return int(match["level"])
        return None

    def first_number(self, list_style: str | None, level: int) -> int | None:
        """Return the number of the first point of a list of this style, None for bullets."""
        style = self._lists.get(list_style)
        layers = [] if style is None else style.iterchildren(on("text:list-level-style-number"))
        for layer in layers:
            if layer.get(on("text:level")) == str(level) and layer.get(on("style:num-format")) == "1":
                return number(layer.get(on("text:start-value")), 1)
        return None

    def is_hidden(self, slide: _Element) -> bool:
        """Whether a slide is not shown to the audience."""
        style = self._by_name.get(("drawing-page", slide.get(on("draw:style-name"))))
        layers = [] if style is None else list(style)
        return any(layer.get(on("presentation:visibility")) == "hidden" for layer in layers)

    def _names(self, name: str | None) -> Iterator[str]:
        for _ in range(_MAX_DEPTH):
            if not name:
                return
            yield _ENCODED.sub(lambda match: chr(int(match[1], 16)), name)
            style = self._by_name.get(("paragraph", name))
            name = None if style is None else style.get(on("style:parent-style-name"))


def number(stated: str | None, otherwise: int) -> int:
    """Return a number that an attribute states, `otherwise` where it states none."""
    return int(stated) if stated and stated.isascii() and stated.isdecimal() else otherwise


def _family(style: _Element) -> str | None:
    return style.get(on("style:family"))
