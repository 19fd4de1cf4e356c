"""How many words an element holds, and how many of them stand in links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = re.compile(r"\w+")
_NO_TEXT = frozenset({"script", "style", "noscript", "template", "head", "title", "select", "textarea"})


class Weights:
    """The words of every element under `root`, counted once; what is taken out later still counts."""

    def __init__(self, root: _Element) -> None:
        self._words: dict[_Element, int] = {}
        self._linked: dict[_Element, int] = {}
        self._links: dict[_Element, int] = {}
        for element in reversed(list(root.iter("*"))):  # children before their parents
            self._count(element)
        self._all = max(self._words[root], 1)

    def words(self, element: _Element) -> int:
        """Return how many words `element` holds."""
        return self._words[element]

    def unlinked(self, element: _Element) -> int:
        """Return how many words of `element` stand outside links."""
        return self._words[element] - self._linked[element]

    def links(self, element: _Element) -> int:
        """Return how many links with words `element` holds."""
        return self._links[element]

    def link_share(self, element: _Element) -> float:
        """Return the share of words in links, 0 to 1."""
        return self._linked[element] / max(self._words[element], 1)

    def share(self, element: _Element) -> float:
        """Return the share of the page's words that `element` holds, 0 to 1."""
        return self._words[element] / self._all

    def _count(self, element: _Element) -> None:
        children = [child for child in element if child in self._words]
        own = _word_count(element.text) + sum(_word_count(child.tail) for child in element)
        words = own + sum(self._words[child] for child in children)
        words = 0 if element.tag in _NO_TEXT else words
        is_link = element.tag == "a" and element.get("href") is not None
        self._words[element] = words
        self._linked[element] = words if is_link else sum(self._linked[child] for child in children)
        self._links[element] = int(words > 0) if is_link else sum(self._links[child] for child in children)


def has_ancestor(element: _Element, *tags: str) -> bool:
    """Whether `element` stands in one of these elements."""
    return next(element.iterancestors(*tags), None) is not None


def holds(element: _Element, *tags: str) -> bool:
    """Whether one of these elements stands in `element`."""
    return next(element.iterdescendants(*tags), None) is not None


def _word_count(text: str | None) -> int:
    return len(_WORD.findall(text)) if text else 0
