"""Saved web pages: the main content without navigation, banners and scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.passage import Document, HeadingLocation
from ingest.readers.extracted import extracted, language_code, sensible_title
from ingest.readers.headings import main_heading, outline
from ingest.readers.html_blocks import element_blocks, parse
from ingest.readers.running_text import clean
from ingest.readers.text_encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element

_DECLARED_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.I
)
_CHARSET_ZONE = 4096  # bytes; browsers look no further than the first kilobyte, some editors write it later
# Browsers read the old names for Western text as Windows-1252, and so do the people who declare them.
_CHARSET_ALIASES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_BOILERPLATE = frozenset({"nav", "aside", "script", "style"})
_PAGE_FRAME = frozenset({"header", "footer"})  # of the page; those inside an article belong to it
_FRAME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
_BANNER = re.compile(r"cookie|consent|borlabs|usercentrics|onetrust|gdpr", re.IGNORECASE)
_PAGE_CONTENT = ("main", "article", "h1")


def read(path: Path) -> Document:
    """Return the main content of a page; title and language come from its head.

    Raises:
        UnreadableSourceError: for an unknown encoding, a page without elements or absurd nesting.
    """
    root = parse(_page_text(path.read_bytes()))
    page_title = sensible_title(root.findtext(".//title"))
    content = _main_content(root)
    blocks = element_blocks(content)
    title, sections = outline(blocks, page_title, HeadingLocation())
    return Document(
        sections,
        extracted=extracted(title or main_heading(blocks), language_code(root.get("lang"))),
    )


def _page_text(raw: bytes) -> str:
    """Return the page's text in the charset that it declares, else in the one that fits."""
    match = _DECLARED_CHARSET.search(raw[:_CHARSET_ZONE])
    if match is None or raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decode(raw)
    declared = (match[1] or match[2]).decode("ascii").lower()
    try:
        return clean(raw.decode(_CHARSET_ALIASES.get(declared, declared)))
    except (LookupError, UnicodeDecodeError):
        return decode(raw)


def _main_content(root: _Element) -> _Element:
    """Return the element that holds what the page is about, with everything else taken out of it."""
    body = next(root.iter("body"), root)
    mains = [element for element in body.iter("*") if element.tag == "main" or element.get("role") == "main"]
    articles = [article for article in body.iter("article") if not _has_ancestor(article, "article")]
    content = mains[0] if mains else articles[0] if len(articles) == 1 else body
    for element in list(content.iterdescendants("*")):
        if _is_dropped(element, is_page=content is body):
            _remove(element)
    return content


def _is_dropped(element: _Element, is_page: bool) -> bool:
    if element.tag in _BOILERPLATE or element.get("role") in _FRAME_ROLES:
        return True
    if element.tag in _PAGE_FRAME:
        return is_page and not _has_ancestor(element, "article", "section")
    # Some systems wrap the whole page in a form, or mark its body as having a banner.
    if element.tag == "form":
        return not _holds(element, *_PAGE_CONTENT, "h2", "h3", "p")
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return bool(_BANNER.search(names)) and not _holds(element, *_PAGE_CONTENT)


def _has_ancestor(element: _Element, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _holds(element: _Element, *tags: str) -> bool:
    return next(element.iterdescendants(*tags), None) is not None


def _remove(element: _Element) -> None:
    """Take out `element`, but leave the words that follow it."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    former = element.getprevious()
    if tail and former is not None:
        former.tail = (former.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
