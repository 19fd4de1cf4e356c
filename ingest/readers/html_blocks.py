"""HTML elements as a stream of headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

from index.errors import UnreadableSourceError
from index.passage import HeadingLocation
from ingest.readers.headings import Block, Heading, Text
from ingest.readers.html_panels import is_heading_of, is_in_panel, opens_text
from ingest.readers.html_tables import element_rows
from ingest.readers.lists import BULLET, point_lines
from ingest.readers.running_text import collapse, collapse_lines
from ingest.readers.tables import is_label_column, labelled_text, table_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from lxml.etree import _Element

# Elements that stand inside a line; any other one, known or not, begins a paragraph.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr picture q rp rt"
    " ruby s samp small source span strike strong sub sup time tt u var wbr".split()
)
_DROPPED = frozenset(
    "audio canvas dialog embed head iframe input link meta noscript object script select style"
    " svg template textarea title video".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"\s+")


def parse(markup: str) -> _Element:
    """Return the root element of `markup`; entities and external parts are never fetched.

    Raises:
        UnreadableSourceError: when it holds no element or is nested deeper than libxml2 reads.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        root: _Element = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError as error:
        raise UnreadableSourceError(
            "Die Internetseite enthält keinen lesbaren Text. Bitte speichern Sie sie noch einmal."
        ) from error
    # The parser recovers from everything else, but stops reading here.
    if parser.error_log.filter_from_fatals():
        raise UnreadableSourceError(
            "Die Internetseite ist zu tief verschachtelt. Bitte speichern Sie nur ihren Text."
        )
    return root


def element_blocks(element: _Element) -> Sequence[Block]:
    """Return what `element` holds as blocks; a heading's anchor is its id or that of an anchor in it."""
    writer = _BlockWriter()
    writer.visit(element)
    writer.flush()
    return writer.blocks


def fragment_blocks(markup: str) -> Sequence[Block]:
    """Return the blocks of a piece of HTML as it stands in a Markdown file.

    Raises:
        UnreadableSourceError: when it is nested deeper than libxml2 reads.
    """
    return element_blocks(parse(f"<div>{markup}</div>"))


@dataclass(slots=True)
class _BlockWriter:
    blocks: list[Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    level: int = 1  # of the last heading that stands outside of panels

    def visit(self, element: _Element) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED:  # comments have a function for a tag
            return
        if tag in _INLINE:
            self.visit_inside(element)
            return
        if write := _WRITERS.get(tag):
            write(self, element)
            return
        self.flush()
        self.visit_inside(element)
        self.flush()

    def flush(self) -> None:
        """End the paragraph."""
        if words := collapse_lines("".join(self.line)):
            self.blocks.append(Text(words))
        self.line = []

    def visit_inside(self, element: _Element) -> None:
        self.line.append(_SPACE.sub(" ", element.text or ""))
        for child in element:
            self.visit(child)
            self.line.append(_SPACE.sub(" ", child.tail or ""))

    def write_break(self, _: _Element) -> None:
        self.line.append("\n")

    def write_image(self, element: _Element) -> None:
        self.line.append(f" {element.get('alt') or ''} ")

    def write_heading(self, element: _Element) -> None:
        self.flush()
        level = _HEADINGS[str(element.tag)]
        if words := _words(element):
            self.blocks.append(Heading(level, words, HeadingLocation(_anchor(element))))
            self.level = self.level if is_in_panel(element) else level

    def write_preformatted(self, element: _Element) -> None:
        self.flush()
        self.blocks.append(Text("".join(map(str, element.itertext())).strip("\n")))

    def write_list(self, element: _Element) -> None:
        self.flush()
        if _is_layout(element):
            self.visit_inside(element)
            self.flush()
            return
        number = 0
        for child in element:
            number += child.tag == "li"
            mark = f"{number}. " if element.tag == "ol" else BULLET
            self.blocks.extend(point_lines(mark, element_blocks(child)))
            self.line.append(_SPACE.sub(" ", child.tail or ""))  # words between points: rare, but kept

    def write_button(self, element: _Element) -> None:
        if opens_text(element):
            self.visit_inside(element)

    def write_summary(self, element: _Element) -> None:
        """Read the line that opens a panel as a heading, unless what follows would come to stand under it."""
        self.flush()
        panel = element.getparent()
        if panel is None or not is_heading_of(panel, element):
            self.visit_inside(element)
            self.flush()
        elif words := _words(element):
            depth = sum(1 for _ in element.iterancestors("details"))
            anchor = _anchor(element) or panel.get("id")
            self.blocks.append(Heading(self.level + depth, words, HeadingLocation(anchor)))

    def write_table(self, element: _Element) -> None:
        self.flush()
        if _is_layout(element):
            self.visit_inside(element)
            self.flush()
            return
        for caption in element.findall("caption"):
            self.visit(caption)
        header, rows = element_rows(element, _words)
        is_labelled = not header and is_label_column(rows)
        self.blocks.append(Text(labelled_text(rows) if is_labelled else table_text(header, rows)))


_WRITERS: Mapping[str, Callable[[_BlockWriter, _Element], None]] = {
    **dict.fromkeys(_HEADINGS, _BlockWriter.write_heading),
    "br": _BlockWriter.write_break,
    "button": _BlockWriter.write_button,
    "summary": _BlockWriter.write_summary,
    "img": _BlockWriter.write_image,
    "pre": _BlockWriter.write_preformatted,
    "ul": _BlockWriter.write_list,
    "ol": _BlockWriter.write_list,
    "table": _BlockWriter.write_table,
}


def _is_layout(element: _Element) -> bool:
    """Whether a list or table only arranges parts of the page: it holds headings or tables."""
    return next(element.iterdescendants(*_HEADINGS, "table"), None) is not None


def _words(element: _Element) -> str:
    """Return everything that stands in `element` on one line."""
    writer = _BlockWriter()
    writer.visit_inside(element)
    writer.flush()
    return collapse(" ".join(block.words for block in writer.blocks if isinstance(block, Heading | Text)))


def _anchor(heading: _Element) -> str | None:
    inside = (anchor.get("id") or anchor.get("name") for anchor in heading.iter("a", "span"))
    return heading.get("id") or next(filter(None, inside), None)
