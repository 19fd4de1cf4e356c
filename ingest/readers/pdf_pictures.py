"""Pages of a PDF that are pictures: whether one is, what it looks like, and the words read from it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from ingest.readers.ocr import RESOLUTION
from ingest.readers.pdf_lines import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image
    from pypdfium2 import PdfPage

_FEW_WORDS = 30  # of a page: stamps, running headers, "downloaded from"; the shortest paragraphs have more
_COVERED = 0.6  # of a page's area: a scan fills it up to its margins
_POINTS_PER_INCH = 72
_MOST_PIXELS = 5_000  # of a picture's side: a poster of A0 would fill the memory
_LEADING_PT = 12.0  # between lines that were read from a picture


def is_covered(page: PdfPage, written: Sequence[Line]) -> bool:
    """Whether a page has few words of its own and a picture on most of it: a scan with a stamp or footer."""
    if count_words(written) > _FEW_WORDS:
        return False
    pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=1)
    areas = (
        (right - left) * (top - bottom)
        for left, bottom, right, top in (each.get_bounds() for each in pictures)
    )
    return bool(sum(areas) > _COVERED * math.prod(page.get_size()))


def count_words(lines: Sequence[Line]) -> int:
    """Return the number of words on these lines."""
    return sum(len(line.text.split()) for line in lines)


def picture_of(page: PdfPage) -> Image:
    """Return a page as it is printed, in grey."""
    scale = min(RESOLUTION / _POINTS_PER_INCH, _MOST_PIXELS / max(page.get_size()))
    picture: Image = page.render(scale=scale, grayscale=True).to_pil()
    return picture


def recognised_lines(text: str) -> list[Line]:
    """Return the lines of a recognised page; a blank line is a gap."""
    rows = text.split("\n")
    return [Line(row.strip(), -_LEADING_PT * number) for number, row in enumerate(rows) if row.strip()]
