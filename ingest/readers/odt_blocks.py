"""The body of an OpenDocument as a stream of headings, paragraphs, lists and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.readers.alternative_text import picture_text
from ingest.readers.headings import Anchors, Block, Heading, Text
from ingest.readers.lists import BULLET, point_lines
from ingest.readers.odt_package import OpenDocument, on
from ingest.readers.odt_styles import Styles, number
from ingest.readers.odt_tables import table_cells, table_rows
from ingest.readers.odt_text import attached, formula_words, is_drawing, paragraph_words
from ingest.readers.running_text import collapse
from ingest.readers.tables import grid_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

# Deleted text, lists of what stands elsewhere, remarks of editors, forms and descriptions of pictures.
_NOT_READ = frozenset(
    map(
        on,
        "text:tracked-changes text:table-of-content text:alphabetical-index text:illustration-index"
        " text:table-index text:object-index text:bibliography-source text:user-index-source"
        " office:annotation office:forms presentation:notes svg:title svg:desc".split(),
    )
)
_POINTS = frozenset({on("text:list-item"), on("text:list-header")})


class OdfBlocks:
    """Turns the elements of one file into blocks, giving each heading its anchor."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._styles = Styles(document)
        self._anchors = Anchors()
        self._counts: dict[tuple[str | None, int], int] = {}  # points so far, by style and level of a list
        self._objects: set[str | None] = set()  # each is read once, however often it refers to itself

    def of(self, elements: Iterable[_Element]) -> Iterator[Block]:
        """Yield what `elements` say in reading order."""
        for element in elements:
            if not isinstance(element.tag, str) or element.tag in _NOT_READ:
                continue
            if element.tag in {on("text:p"), on("text:h")}:
                yield from self._paragraph(element)
            elif element.tag == on("text:list"):
                yield from self._list(element, None, 1)
            elif element.tag == on("table:table"):
                yield from self._table(element)
            elif element.tag == on("draw:object"):
                yield from self._object(element.get(on("xlink:href")))
            else:
                yield from self._drawing(element) if is_drawing(element) else self.of(element)

    def words(self, elements: Iterable[_Element]) -> str:
        """Return everything that `elements` say on one line."""
        blocks = (block for block in self.of(elements) if isinstance(block, Heading | Text))
        return collapse(" ".join(block.words for block in blocks))

    def _paragraph(self, element: _Element) -> Iterator[Block]:
        words = paragraph_words(element)
        is_heading = element.tag == on("text:h")
        stated = number(element.get(on("text:outline-level")), 1)
        level = stated if is_heading else self._styles.level(element)
        if words and level is not None:
            line = collapse(words)
            yield Heading(level, line, self._anchors.location(line))
        elif words:
            yield Text(words)
        for hanging in attached(element):
            if hanging.tag == on("text:note"):
                body = hanging.iterchildren(on("text:note-body"))
                yield Text(f"Fußnote: {note}" if (note := self.words(body)) else "")
            else:
                yield from self.of([hanging])

    def _list(self, element: _Element, style: str | None, level: int) -> Iterator[Block]:
        points = [child for child in element if child.tag in _POINTS]
        if next(element.iter(on("text:h")), None) is not None:  # how some programs number their headings
            yield from (block for point in points for block in self.of(point))
            return
        style = element.get(on("text:style-name")) or style
        goes_on = (
            element.get(on("text:continue-numbering")) == "true" or on("text:continue-list") in element.attrib
        )
        if not goes_on:
            self._counts.pop((style, level), None)
        for point in points:
            mark = self._mark(point, style, level)
            yield from point_lines(mark, self._point(point, style, level))

    def _point(self, point: _Element, style: str | None, level: int) -> Iterator[Block]:
        for child in point:
            is_list = child.tag == on("text:list")
            yield from self._list(child, style, level + 1) if is_list else self.of([child])

    def _mark(self, point: _Element, style: str | None, level: int) -> str:
        if point.tag == on("text:list-header"):
            return ""
        first = self._styles.first_number(style, level)
        if first is None:
            return BULLET
        following = self._counts.get((style, level), first - 1) + 1
        self._counts[style, level] = number(point.get(on("text:start-value")), following)
        return f"{self._counts[style, level]}. "

    def _table(self, table: _Element) -> Iterator[Block]:
        cells = list(table_cells(table))
        if len(cells) == 1 or any(_arranges(cell) for cell in cells):
            yield from (block for cell in cells for block in self.of(cell))
            return
        rows, is_headed = table_rows(table, self.words)
        yield Text(grid_text(rows, is_headed))

    def _drawing(self, element: _Element) -> Iterator[Block]:
        blocks = list(self.of(element))
        yield from blocks
        if not any(
            isinstance(block, Heading) or (isinstance(block, Text) and block.words) for block in blocks
        ):
            described = (element.findtext(on(f"svg:{name}")) for name in ("desc", "title"))
            yield picture_text(next(filter(None, described), None))

    def _object(self, address: str | None) -> Iterator[Block]:
        if address in self._objects:
            return
        self._objects.add(address)
        root = self._document.object_part(address)
        if root is not None and root.tag == on("math:math"):
            yield Text(collapse(formula_words(root)))
        elif root is not None:
            yield from self.of(root.iterchildren(on("office:body")))


def _arranges(cell: _Element) -> bool:
    """Whether a cell only arranges parts of the page: it holds headings or tables."""
    return next(cell.iter(on("text:h"), on("table:table")), None) is not None
