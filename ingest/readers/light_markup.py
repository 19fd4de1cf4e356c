"""Answers in which somebody wrote Markdown or HTML, as plain text that a person can read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.addresses import address_note
from ingest.readers.headings import Turn
from ingest.readers.html_blocks import element_blocks, parse
from ingest.readers.lists import BULLET
from ingest.readers.markdown_words import line_words
from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from lxml.etree import _Element

_LINE_TAGS = "a abbr b bdi cite code del em font i img ins kbd mark q s small span strong sub sup tt u wbr"
_BLOCK_TAGS = (
    "article blockquote body br button center dd div dl dt figure figcaption footer form h1 h2 h3 h4 h5 h6"
    " head header hr html iframe input li link main meta nav ol p pre script section select style table"
    " tbody td textarea tfoot th thead title tr ul video"
)
_ALL_TAGS = "|".join(f"{_LINE_TAGS} {_BLOCK_TAGS}".split())
# What is no tag of HTML is a word: "<Ort>" is a gap to be filled in, "5 < 6" a comparison.
_TAG = re.compile(rf"</?(?:{_ALL_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(_BLOCK_TAGS.split())})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_STRAY_BRACKET = re.compile(rf"<(?!/?(?:{_ALL_TAGS})(?:\s[^<>]*)?/?>|!--)", re.IGNORECASE)

_FENCE = re.compile(r"\s*(```|~~~)\w*\s*")
_HEADING = re.compile(r"#{1,6}\s+(?=[^\W\d])")  # "# 5" is a number
_POINT = re.compile(r"(\s*)([*•-])\s+(?=\S)")


def plain_text(text: str) -> str:
    """Return the words of a text without marks of Markdown or HTML; its lines stay lines.

    Points of lists begin with "– ". The address of a link stands in brackets behind its words, unless
    they are the same or it leads nowhere from here. A mark that marks nothing is a character: nothing
    of "2 * 3", "a_b_c" or "§ 5 *Absatz" is lost.
    """
    if _TAG.search(text):
        return _from_html(text)
    lines = [line for line in text.split("\n") if not _FENCE.fullmatch(line)]
    points = [match[2] for line in lines if (match := _POINT.match(line))]
    return "\n".join(_line(line, points) for line in lines).strip()


def _line(line: str, points: list[str]) -> str:
    """Return a line without marks; a single line that begins with a star is a note and no list."""
    point = _POINT.match(line)
    if point and (point[2] != "*" or points.count("*") > 1):
        return BULLET + line_words(line[point.end() :])
    return line_words(_HEADING.sub("", line))


def _from_html(text: str) -> str:
    markup = _STRAY_BRACKET.sub("&lt;", text)
    if not _BLOCK_TAG.search(text):  # lines that somebody typed, not those of a program's source text
        markup = markup.replace("\n", "<br>")
    root = parse(f"<div>{markup}</div>")
    tell_addresses(root)
    return "\n".join(block.words for block in element_blocks(root) if not isinstance(block, Turn))


def tell_addresses(root: _Element) -> None:
    """Put the address of each link behind its words, where it says more than they do."""
    for link in root.iter("a"):
        words = collapse("".join(map(str, link.itertext())))
        note = address_note(words, link.get("href") or "") if words else ""
        link.tail = note + (link.tail or "")
