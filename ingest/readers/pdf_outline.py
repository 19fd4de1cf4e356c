"""The bookmarks of a PDF as headings, found again in the lines of the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf.generic import Destination

from ingest.readers.headings import Block, Heading, Text
from ingest.readers.hyphenation import join_lines
from ingest.readers.pdf_headings import split_at_headings
from ingest.readers.pdf_lines import paragraphs
from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PdfReader

    from index.passage import PageLocation
    from ingest.readers.pdf_headings import Styles
    from ingest.readers.pdf_lines import Line

_MAX_HEADING_LINES = 3
_NUMBERING = re.compile(r"^[\d.]+")  # "2.1 Fristen" in the text, "Fristen" in the bookmark, or the reverse
_NOT_A_LETTER = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; `page` counts from 1."""

    level: int
    words: str
    page: int


def read_bookmarks(reader: PdfReader) -> list[Bookmark]:
    """Return the outline in its order, entries without words or page left out.

    Errors of pypdf pass through, see `pdf.BROKEN`.
    """
    return list(_bookmarks(reader, reader.outline, level=1))


def page_blocks(
    lines: Sequence[Line], bookmarks: Sequence[Bookmark], location: PageLocation, styles: Styles, deepest: int
) -> Iterator[Block]:
    """Yield the headings and paragraphs of one page.

    A bookmark whose words form lines of the page becomes the heading there, and those lines are its
    words. Any other one is taken to stand at the page's top, or after what the ones before it head.
    What only its letters show as a heading stands below the `deepest` level of the bookmarks.
    """
    cursor = 0
    for bookmark, (start, end) in zip(bookmarks, _places(lines, bookmarks), strict=True):
        yield from _between(lines[cursor:start], location, styles, deepest)
        yield Heading(bookmark.level, bookmark.words, location)
        cursor = end
    yield from _between(lines[cursor:], location, styles, deepest)


def _between(lines: Sequence[Line], location: PageLocation, styles: Styles, deepest: int) -> Iterator[Block]:
    for level, run in split_at_headings(lines, styles):
        if level is None:
            yield from map(Text, paragraphs(run))
        else:
            yield Heading(deepest + level, collapse(join_lines(line.text for line in run)), location)


def _places(lines: Sequence[Line], bookmarks: Sequence[Bookmark]) -> list[tuple[int, int]]:
    """Return for each bookmark its first line and the one after its last, in ascending order."""
    found: list[tuple[int, int] | None] = []
    cursor = 0
    for bookmark in bookmarks:
        place = _find(lines, bookmark.words, cursor)
        found.append(place)
        cursor = place[1] if place else cursor
    placed: list[tuple[int, int]] = []
    next_start = len(lines)
    for number in reversed(range(len(found))):
        is_at_top = not any(found[:number])
        start, end = found[number] or ((0, 0) if is_at_top else (next_start, next_start))
        placed.append((start, end))
        next_start = start
    return placed[::-1]


def _bookmarks(reader: PdfReader, entries: Sequence[object], level: int) -> Iterator[Bookmark]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _bookmarks(reader, entry, level + 1)
        elif isinstance(entry, Destination):
            page = reader.get_destination_page_number(entry)
            words = collapse(str(entry.title or ""))
            if words and page is not None and page >= 0:
                yield Bookmark(level, words, page + 1)


def _find(lines: Sequence[Line], words: str, start: int) -> tuple[int, int] | None:
    """Return the first lines from `start` on that say `words` and nothing else."""
    wanted = _key(words)
    for begin in range(start, len(lines)):
        for end in range(begin + 1, min(begin + _MAX_HEADING_LINES, len(lines)) + 1):
            if _key(" ".join(line.text for line in lines[begin:end])) == wanted:
                return begin, end
    return None


def _key(words: str) -> str:
    """Return `words` for comparison: letters and digits only, without numbering before them."""
    bare = _NOT_A_LETTER.sub("", _NUMBERING.sub("", words.strip())).casefold()
    return bare or words
