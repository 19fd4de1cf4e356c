"""Running headers, footers and page numbers: lines that return at the edges of most pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ingest.readers.pdf_lines import Line

_EDGE_LINES = 3  # at the top and at the bottom of a page
_MIN_PAGES = 3  # with fewer pages, a repeated line may well be a sentence
_MIN_NUMBERED = 2  # beside a page number, a repeated line that ends like no sentence is hardly one
_SENTENCE_ENDS = (".", "!", "?", ":", ",", ";")
_MOST = 0.4  # share of the pages: left and right pages often carry different headers
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_NUMBER_WORDS = frozenset({"seite", "page", "s", "von", "of"})


def without_edges(pages: Sequence[Sequence[Line]], labels: Sequence[str]) -> list[list[Line]]:
    """Return the pages without headers, footers and page numbers; `labels` are the printed numbers.

    At most three lines are taken off each edge, from outside inwards: those that most pages repeat
    (digits ignored), and those that carry the page's own number and return on a few pages.
    """
    counts = Counter(key for lines in pages for key in {_key(line.text) for line in _edge_lines(lines)})
    stripped = []
    for number, (lines, label) in enumerate(zip(pages, labels, strict=True), start=1):
        edges = _Edges(counts, len(pages), frozenset({str(number), label.casefold()}))
        stripped.append(edges.strip(list(lines)))
    return stripped


def _edge_lines(lines: Sequence[Line]) -> Iterator[Line]:
    yield from lines[:_EDGE_LINES]
    yield from lines[max(_EDGE_LINES, len(lines) - _EDGE_LINES) :]


def _key(text: str) -> str:
    return _DIGITS.sub("#", text.casefold())


@dataclass(frozen=True, slots=True)
class _Edges:
    """What is known about the edges of one page: how often each line returns, and the page's numbers."""

    counts: Mapping[str, int]
    pages: int
    numbers: frozenset[str]

    def strip(self, lines: list[Line]) -> list[Line]:
        edges = [_WORD.findall(line.text.casefold()) for line in _edge_lines(lines)]
        numbered = any(_is_page_number(words, self.numbers) for words in edges)
        top = self._count_stripped(lines, numbered)
        bottom = self._count_stripped(lines[top:][::-1], numbered)
        return lines[top : len(lines) - bottom]

    def _count_stripped(self, lines: Sequence[Line], numbered: bool) -> int:
        edge = [self._is_running(line.text, numbered) for line in lines[:_EDGE_LINES]]
        return edge.index(False) if False in edge else len(edge)

    def _is_running(self, text: str, numbered: bool) -> bool:
        words = _WORD.findall(text.casefold())
        if _is_page_number(words, self.numbers):
            return True
        returns = self.counts[_key(text)]
        has_number = bool(words) and bool({words[0], words[-1]} & self.numbers)
        unended = numbered and not text.rstrip().endswith(_SENTENCE_ENDS)
        least = _MIN_NUMBERED if unended else _MIN_PAGES
        is_everywhere = returns >= max(least, _MOST * self.pages) and not text.isdigit()
        return is_everywhere or (has_number and returns >= least)


def _is_page_number(words: Sequence[str], numbers: frozenset[str]) -> bool:
    """Whether the line is nothing but the number of this page: "- 3 -", "Seite 3 von 12", "iv"."""
    named = [word for word in words if word not in _NUMBER_WORDS]
    return bool(named) and named[0] in numbers and all(word.isdigit() for word in named[1:])
