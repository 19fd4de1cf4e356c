"""From a stream of headings and text to sections: anchors, heading paths and the title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from index.passage import HeadingLocation, Location, Section
from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NOT_IN_SLUG = re.compile(r"[^\w\- ]")  # GitHub's rule: letters, digits, "_", "-" and blanks stay


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the outermost of a text, 0 a title set above all of them."""

    level: int
    words: str
    location: Location


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, table or list. Neighbours with `in_list` are the lines of one list."""

    words: str
    in_list: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What follows stands at another location under the same headings: a page was turned."""

    location: Location


Block = Heading | Text | Turn


def slug(words: str) -> str:
    """Return the anchor that GitHub gives to a heading: "Häufige Fragen" becomes "häufige-fragen"."""
    return _NOT_IN_SLUG.sub("", collapse(words).lower()).replace(" ", "-")


class Anchors:
    """Hands out the anchors of one document: the second "foerderung" is "foerderung-1"."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def location(self, words: str) -> HeadingLocation:
        """Return the location of the next heading with these words; without letters it has no anchor."""
        wanted = anchor = slug(words)
        while anchor in self._taken:
            self._taken[wanted] += 1
            anchor = f"{wanted}-{self._taken[wanted]}"
        self._taken[anchor] = 0
        return HeadingLocation(anchor or None)


def outline(
    blocks: Sequence[Block], title: str | None, start: Location
) -> tuple[str | None, tuple[Section, ...]]:
    """Return the document's title and its sections in reading order.

    A single main heading before all others is the title; it is left out of every heading path, unless
    another `title` is given that does not contain its words. `start` locates text before any heading.
    """
    lead = _lead(blocks)
    title = title or (lead.words if lead else None)
    is_alone = not any(not isinstance(block, Turn) and block.words for block in blocks if block is not lead)
    if lead and title and lead.words.casefold() in title.casefold() and not is_alone:
        blocks = [Turn(block.location) if block is lead else block for block in blocks]
    return title, sections(blocks, start)


def main_heading(blocks: Iterable[Block]) -> str | None:
    """Return the words of the first heading of level 1 (or 0), None without any."""
    return next((block.words for block in blocks if isinstance(block, Heading) and block.level <= 1), None)


def sections(blocks: Iterable[Block], start: Location) -> tuple[Section, ...]:
    """Return the sections: a new one at every heading and every turned page.

    A heading's words stand in the path of what is under it; one with nothing under it becomes the text
    of a section of its own, so that no word is lost.
    """
    writer = _SectionWriter(start)
    for block in blocks:
        writer.write(block)
    return writer.finish()


def _lead(blocks: Sequence[Block]) -> Heading | None:
    headings = [block for block in blocks if isinstance(block, Heading)]
    if not headings or headings[0].level > 1:
        return None
    rivals = [heading for heading in headings[1:] if heading.level <= headings[0].level]
    return None if rivals else headings[0]


@dataclass(slots=True)
class _OpenHeading:
    heading: Heading
    used: bool = False  # whether its words stand in the path of a section


@dataclass(slots=True)
class _SectionWriter:
    location: Location
    path: list[_OpenHeading] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    written: list[Section] = field(default_factory=list)

    def write(self, block: Block) -> None:
        if isinstance(block, Text):
            if block.words:
                self.texts.append(block)
            return
        self._flush()
        if isinstance(block, Heading):
            self._close(block.level)
            self.path.append(_OpenHeading(block))
        self.location = block.location

    def finish(self) -> tuple[Section, ...]:
        self._flush()
        self._close(level=0)
        return tuple(self.written)

    def _flush(self) -> None:
        if self.texts:
            self._add(self.path, self.location, _joined(self.texts))
            self.texts = []

    def _close(self, level: int) -> None:
        """End the headings that a heading of `level` ends, telling those that nothing stood under."""
        while self.path and self.path[-1].heading.level >= level:
            closed = self.path.pop()
            if not closed.used:
                self._add(self.path, closed.heading.location, closed.heading.words)

    def _add(self, path: Sequence[_OpenHeading], location: Location, text: str) -> None:
        for opened in path:
            opened.used = True
        words = tuple(opened.heading.words for opened in path)
        self.written.append(Section(heading=words, location=location, text=text))


def _joined(texts: Sequence[Text]) -> str:
    """Join paragraphs by blank lines and the lines of one list by line ends."""
    joined = texts[0].words
    for former, text in pairwise(texts):
        joined += ("\n" if former.in_list and text.in_list else "\n\n") + text.words
    return joined
