"""What on a web page is frame and not subject, told by elements, roles, names and hiding places.

Names are what systems really write into `class` and `id`, English and German. A name alone never takes
out the page's main heading or most of its words: "has-sidebar" often stands on the whole page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.html_weights import Weights, has_ancestor, holds

if TYPE_CHECKING:
    from lxml.etree import _Element

_ALWAYS = frozenset({"nav", "script", "style", "noscript", "template", "dialog"})
_FRAME = frozenset({"header", "footer"})  # of the page; those inside an article belong to it
_FRAME_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog menu menubar toolbar".split()
)
_PAGE_CONTENT = ("main", "article", "h1")
_ASIDE_WORDS = 15  # unlinked ones; what is shorter is a teaser, what is longer may be a box that belongs here
_MOST = 0.3  # of the page's words; a part with more of them is hardly its margin
_HALF = 0.5  # of the page's words
_SHORT = 40  # words
_LINKED = 0.3  # share of words in links; running text has less

_BANNER = re.compile(r"cookie|consent|borlabs|usercentrics|onetrust|gdpr", re.IGNORECASE)
_TOKEN = re.compile(r"[a-zäöüß]+", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ABOUT_OTHERS = re.compile(r"(has|no|with|without|mit|ohne)[-_]", re.IGNORECASE)  # "has-sidebar"
_LINK_NAMES = re.compile(
    r"breadcrumbs?|brotkrumen?|brotkruemel|krumenpfad|(main|sub|top|site|haupt)?(nav|navi|navigation|menue?|menü)"
    r"|navbar|pagination|pager|paging|skip(link)?s?|sprung(marken?|links)|toc|inhaltsverzeichnis"
    r"|(page|site)?footer|fuss(zeile|bereich)?|fußzeile|colophon|kopfzeile|masthead"
)
_SHARE_NAMES = re.compile(r"share\w*|sharing|shariff|addtoany|addthis|social(bar|media|links|share)?|teilen")
_MARGIN_NAMES = re.compile(
    r"sidebar|seitenleiste|randspalte|marginalspalte|related\w*|aehnliche|verwandte|comments|commentlist"
    r"|kommentare|respond|modal|popup|overlay|lightbox|advert\w*|anzeigen?|werbung"
)
_MARGIN_CLASSES = frozenset({"widget-area", "site-header", "page-header", "site-branding"})
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING_NAMES = frozenset({"sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Panels are hidden until their question is clicked; they are what the page is about.
_PANEL_NAMES = re.compile(
    r"accordions?|akkordeon|collaps\w*|tab|tabs|tabpanel|panel|faqs?|toggle|answer|antwort"
)


def is_hidden(element: _Element, opened: frozenset[str], weights: Weights) -> bool:
    """Whether nobody sees `element`; `opened` are the ids of panels that a click opens.

    Pages are also saved while a window lies over them, or before a script has shown them: what holds most
    of the words is not hidden, whatever it says.
    """
    classes = set((element.get("class") or "").split())
    if classes & _HIDING_NAMES and element.tag not in _HEADINGS:
        return True
    hidden = element.get("hidden", "until-found") != "until-found" or element.get("aria-hidden") == "true"
    hidden = hidden or bool(_HIDING_STYLE.search(element.get("style") or ""))
    if not hidden or weights.share(element) > _HALF:
        return False
    is_panel = element.get("id") in opened or element.get("role") == "tabpanel" or _is_panel(element)
    return not is_panel or weights.link_share(element) > _LINKED


def is_frame(element: _Element, is_page: bool, weights: Weights) -> bool:
    """Whether `element` belongs to the frame of the site; `is_page` where no main part is marked."""
    if element.tag in _ALWAYS or element.get("role") in _FRAME_ROLES:
        return True
    if element.tag == "aside" or element.get("role") == "complementary":
        return not _is_box(element, weights)
    if element.tag in _FRAME:
        return is_page and not has_ancestor(element, "article", "section") and not _has_only_h1(element)
    if element.tag == "form":  # some systems wrap the whole page in one
        return not holds(element, *_PAGE_CONTENT, "h2", "h3", "p")
    return _is_named_frame(element, weights)


def _is_box(aside: _Element, weights: Weights) -> bool:
    """Whether an aside is a box of an article, such as "Gut zu wissen", and no margin of the site."""
    is_inside = has_ancestor(aside, "article", "main")
    is_text = weights.unlinked(aside) >= _ASIDE_WORDS and weights.link_share(aside) < _LINKED
    return is_inside and is_text and not _is_named_frame(aside, weights)


def _has_only_h1(header: _Element) -> bool:
    within = sum(1 for _ in header.iterdescendants("h1"))
    return within > 0 and within == sum(1 for _ in header.getroottree().iter("h1"))


def _is_named_frame(element: _Element, weights: Weights) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()
    names = [name for name in names if not _ABOUT_OTHERS.match(name)]
    if not names:
        return False
    if any(map(_BANNER.search, names)) and not holds(element, *_PAGE_CONTENT):
        return True
    if element.tag == "h1" or holds(element, "main", "h1") or weights.share(element) > _MOST:
        return False
    tokens = _tokens(names)
    is_linked = weights.link_share(element) >= _LINKED
    return (
        (is_linked and any(map(_LINK_NAMES.fullmatch, tokens)))
        or ((is_linked or weights.words(element) <= _SHORT) and any(map(_SHARE_NAMES.fullmatch, tokens)))
        or any(map(_MARGIN_NAMES.fullmatch, tokens))
        or not _MARGIN_CLASSES.isdisjoint(names)
    )


def _tokens(names: list[str]) -> list[str]:
    return [token.lower() for name in names for token in _TOKEN.findall(_CAMEL.sub("-", name))]


def _is_panel(element: _Element) -> bool:
    return any(map(_PANEL_NAMES.fullmatch, _tokens((element.get("class") or "").split())))
