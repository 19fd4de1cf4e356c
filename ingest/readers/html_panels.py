"""Panels that a click opens: <details> with its <summary>, and buttons that systems write instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS = frozenset({"article", "body", "main"})  # what follows these is not part of the page's subject
_OPENER = re.compile(r"accordion|akkordeon|collaps|toggle|faq", re.IGNORECASE)
_MIN_WORDS = 3  # of a question; "Menü" and "Mehr anzeigen" open something else


def is_in_panel(element: _Element) -> bool:
    """Whether `element` stands in a <details>."""
    return next(element.iterancestors("details"), None) is not None


def opens_text(button: _Element) -> bool:
    """Whether a button carries words of the text: a question whose answer it opens.

    Some systems write it into a heading; others mark it as one that expands.
    """
    if next(button.iterancestors(*_HEADINGS, "summary", "dt"), None) is not None:
        return True
    opens = button.get("aria-expanded") is not None or _OPENER.search(button.get("class") or "")
    return bool(opens) and len(" ".join(map(str, button.itertext())).split()) >= _MIN_WORDS


def is_heading_of(panel: _Element, summary: _Element) -> bool:
    """Whether the line that opens `panel` can be read as the heading of what is in it.

    Not where it holds a heading of its own, and not where text without a heading follows the panel: that
    would come to stand under a question which it does not answer.
    """
    has_heading = next(summary.iterdescendants(*_HEADINGS), None) is not None
    return panel.tag == "details" and not has_heading and not _is_followed_by_text(panel)


def _is_followed_by_text(panel: _Element) -> bool:
    element: _Element | None = panel
    while element is not None and element.tag not in _ENDS:
        if (element.tail or "").strip():
            return True
        follower = element.getnext()
        if follower is None:
            element = element.getparent()
        elif (starts := _starts_with_heading(follower)) is None:
            element = follower
        else:
            return not starts
    return False


def _starts_with_heading(element: _Element) -> bool | None:
    """Return whether a heading comes before all other words of `element`, None where it has no words."""
    for inner in element.iter("*"):
        if inner.tag in _HEADINGS or inner.tag == "details":
            return True
        before = "" if inner is element else str(inner.tail or "")
        if f"{inner.text or ''}{before}".strip():
            return False
    return None
