"""The words of Markdown's marks within a line: emphasis, code, links and pictures leave what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_inline import emphasis, escape
from markdown_it.tree import SyntaxTreeNode

from ingest.readers.addresses import address_note
from ingest.readers.running_text import collapse_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_inline import StateInline

_FOOTNOTE_MARK = re.compile(r"\[\^([^\]\s]+)\]")
# "Bürger*innen und Helfer*innen", "10*20*30" and "(*)" are words; CommonMark takes them for emphasis.
_STAR_OF_A_WORD = re.compile(r"(?<=\w)\*(?=\w)|(?<=\()\*+(?=\))")
_NETWORK_FOLDER = "\\\\"  # "\\server\ordner"; CommonMark would take one stroke away


def markdown_parser(options: dict[str, int]) -> MarkdownIt:
    """Return a CommonMark parser with tables that leaves the stars within German words alone."""
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("escape", _escape)
    return parser


def node_words(node: SyntaxTreeNode) -> str:
    """Return the words of an inline tree: one line, except for breaks that the author set."""
    return collapse_lines("".join(_pieces(node, with_addresses=False)))


def line_words(line: str) -> str:
    """Return the words of one line without its marks; a link's address follows where it says more.

    HTML in it stays as it is: "<Ort>" is a gap to be filled in.
    """
    tokens = _LINE_PARSER.parseInline(line)
    return "".join(_pieces(SyntaxTreeNode(tokens), with_addresses=True))


def _pieces(node: SyntaxTreeNode, *, with_addresses: bool) -> Iterator[str]:
    match node.type:
        case "text":
            yield _FOOTNOTE_MARK.sub(r" [\1]", node.content)
        case "code_inline":
            yield node.content
        case "softbreak":
            yield " "
        case "hardbreak":
            yield "\n"
        case "html_inline":
            yield "\n" if node.content.startswith("<br") else ""
        case _:
            inside = "".join(
                piece for child in node.children for piece in _pieces(child, with_addresses=with_addresses)
            )
            yield inside
            if with_addresses and node.type == "link":
                yield address_note(inside, str(node.attrs.get("href", "")))


def _emphasis(state: StateInline, silent: bool) -> bool:
    return not _STAR_OF_A_WORD.match(state.src, state.pos) and emphasis.tokenize(state, silent)


def _escape(state: StateInline, silent: bool) -> bool:
    return not state.src.startswith(_NETWORK_FOLDER, state.pos) and escape(state, silent)


_LINE_PARSER = markdown_parser({}).disable("html_inline")
