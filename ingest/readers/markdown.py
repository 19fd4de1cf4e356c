"""Markdown (CommonMark with tables): headings make the sections, light marks leave only their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from index.errors import UnreadableSourceError
from index.passage import Document, HeadingLocation
from ingest.readers.extracted import extracted
from ingest.readers.front_matter import split_front_matter
from ingest.readers.headings import Anchors, Block, Heading, Text, main_heading, outline
from ingest.readers.html_blocks import fragment_blocks
from ingest.readers.lists import BULLET, point_lines
from ingest.readers.markdown_words import markdown_parser, node_words
from ingest.readers.running_text import collapse
from ingest.readers.tables import table_text
from ingest.readers.text_encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAX_NESTING = 100  # levels; the parser silently drops what lies deeper, so that is an error here
# "[^1]: https://…" defines a footnote for its author, but for CommonMark a link that nobody sees.
_FOOTNOTE = re.compile(r"^( {0,3})\[\^", re.MULTILINE)
_PARSER_OPTIONS = {"maxNesting": _MAX_NESTING}


def read(path: Path) -> Document:
    """Return the document of a Markdown file; its front matter is what it declares.

    Raises:
        UnreadableSourceError: for broken front matter, an unknown encoding or absurd nesting.
    """
    matter = split_front_matter(read_text(path))
    blocks = list(_MarkdownBlocks().of(_tree(matter.body)))
    declared = matter.declared.get("title")
    title, sections = outline(blocks, str(declared) if declared else None, HeadingLocation())
    found = main_heading(blocks) if declared else title or main_heading(blocks)
    return Document(
        sections,
        extracted=extracted(found),
        declared=matter.declared,
        declared_lines=matter.lines,
    )


def _tree(text: str) -> SyntaxTreeNode:
    tokens = markdown_parser(_PARSER_OPTIONS).parse(_FOOTNOTE.sub(r"\1\\[^", text))
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):
        raise UnreadableSourceError(
            "Listen oder Zitate der Datei sind zu tief verschachtelt. Bitte vereinfachen Sie ihren Aufbau."
        )
    return SyntaxTreeNode(tokens)


class _MarkdownBlocks:
    """Turns a syntax tree into blocks, giving each heading its anchor."""

    def __init__(self) -> None:
        self._anchors = Anchors()

    def of(self, parent: SyntaxTreeNode) -> Iterator[Block]:
        """Yield the blocks under `parent` in reading order."""
        for node in parent.children:
            match node.type:
                case "heading":
                    yield self._heading(int(node.tag[1:]), node_words(node))
                case "bullet_list" | "ordered_list":
                    yield from self._list_lines(node)
                case "blockquote":
                    yield from self.of(node)
                case "table":
                    yield Text(_table(node))
                case "html_block":
                    yield from self._html(node.content)
                case "fence" | "code_block":
                    yield Text(node.content.strip("\n"))
                case _:
                    yield Text(node_words(node))

    def _heading(self, level: int, words: str) -> Block:
        line = collapse(words)
        return Heading(level, line, self._anchors.location(line)) if line else Text("")

    def _html(self, content: str) -> Iterator[Block]:
        for block in fragment_blocks(content):
            yield self._heading(block.level, block.words) if isinstance(block, Heading) else block

    def _list_lines(self, node: SyntaxTreeNode) -> Iterator[Block]:
        first = int(node.attrs.get("start", 1))
        for number, point in enumerate(node.children, start=first):
            mark = BULLET if node.type == "bullet_list" else f"{number}. "
            yield from point_lines(mark, self.of(point))


def _table(node: SyntaxTreeNode) -> str:
    rows = [[node_words(cell) for cell in row.children] for part in node.children for row in part.children]
    return table_text(rows[0], rows[1:])
