"""Saved web pages: the main content without navigation, banners and scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.passage import Document, HeadingLocation
from ingest.readers.extracted import extracted, language_code, sensible_title
from ingest.readers.headings import main_heading, outline
from ingest.readers.html_blocks import element_blocks, parse
from ingest.readers.html_main import main_content
from ingest.readers.running_text import clean
from ingest.readers.text_encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

_DECLARED_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding=[\"']([\w-]+)", re.I
)
_CHARSET_ZONE = 4096  # bytes; browsers look no further than the first kilobyte, some editors write it later
# Browsers read the old names for Western text as Windows-1252, and so do the people who declare them.
_CHARSET_ALIASES = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


def read(path: Path) -> Document:
    """Return the main content of a page; title and language come from its head.

    Raises:
        UnreadableSourceError: for an unknown encoding, a page without elements or absurd nesting.
    """
    root = parse(_page_text(path.read_bytes()))
    page_title = sensible_title(root.findtext(".//title"))
    blocks = element_blocks(main_content(root))
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
