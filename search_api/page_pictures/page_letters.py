"""The letters that PDFium finds on a page, and the boxes in which they stand."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from search_api.page_pictures.matching import letters_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pypdfium2 import PdfPage, PdfTextPage

    from search_api.page_pictures.matching import Letter

_MOST_CHARACTERS = 100_000  # of a page; a closely printed one has 8 000
_SAME_LINE = 0.5  # of the lower box that two boxes of one line share in height
_APART = 2.0  # times the height: a wider gap is one between columns or cells


class Box(NamedTuple):
    """A rectangle in pixels from the upper left corner of the picture."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The size of a page's picture in pixels."""

    width: int
    height: int


class PageLetters:
    """The letters of one page; `letters` are numbered by their characters on it."""

    def __init__(self, page: PdfPage) -> None:
        self._page = page
        self._text: PdfTextPage = page.get_textpage()
        count = min(self._text.count_chars(), _MOST_CHARACTERS)
        codes = (pdfium.FPDFText_GetUnicode(self._text, number) for number in range(count))
        self.letters: list[Letter] = letters_of(_character(code) for code in codes)

    def boxes(self, origins: Iterable[int], size: Picture) -> list[Box]:
        """Return the boxes of these characters on a picture of this size, one for each piece of a line."""
        return _joined([box for origin in origins if (box := self._box(origin, size)) is not None])

    def _box(self, origin: int, size: Picture) -> Box | None:
        bounds = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self._text, origin, bounds):
            return None
        corners = [
            self._on_picture(x, y, size)
            for x, y in ((bounds.left, bounds.top), (bounds.right, bounds.bottom))
        ]
        (left, right), (top, bottom) = (sorted(each) for each in zip(*corners, strict=True))
        return Box(left, top, right, bottom)

    def _on_picture(self, x: float, y: float, size: Picture) -> tuple[int, int]:
        """Return a point of the page on its picture: margins that are cut off and turned pages count."""
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, size.width, size.height, 0, x, y, across, down)
        return across.value, down.value


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else ""


def _joined(boxes: Sequence[Box]) -> list[Box]:
    joined: list[Box] = []
    for box in boxes:
        if joined and _is_beside(joined[-1], box):
            last = joined[-1]
            joined[-1] = Box(
                min(last.left, box.left),
                min(last.top, box.top),
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
        else:
            joined.append(box)
    return joined


def _is_beside(former: Box, box: Box) -> bool:
    height = min(former.bottom - former.top, box.bottom - box.top)
    shared = min(former.bottom, box.bottom) - max(former.top, box.top)
    gap = max(box.left - former.right, former.left - box.right)
    return shared > _SAME_LINE * height and gap < _APART * height
