"""The PDF drawn page by page: nothing is cut off at an edge and no page is empty.

Every page is kept under `var/screenshots/mappe`, to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import ImageChops

from search_api.folder.pdf import pdf
from tests.browser import SCREENSHOTS
from tests.search_api.folder.samples import PAGE, PINS, folder, hostile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

    from search_api.folder.model import Folder

_DOTS_PER_MM = 4  # a tenth of an inch is ten dots
_POINTS_PER_MM = 72 / 25.4
_SIDE_MM, _EDGE_MM = 24.5, 9.0  # margins are 25 mm wide; the number of the page stands 12 mm above the edge
_FOOT_MM = 24.5  # what is written ends here, and below it is the number
_INK_AT_LEAST = 200  # dots: even a page with one short line and its number has more
_LONG = "Satz für Satz. " * 400 + "ß" * 500
FOLDERS = {
    "ueblich": folder(*PINS, page=PAGE),
    "feindlich": hostile(),
    "lang": folder(*[PINS[0].model_copy(update={"text": _LONG})] * 2, page=PAGE),
    "leer": folder(),
}


def drawn(made: Folder) -> Iterator[Image]:
    """Each page in grey, black on white."""
    for page in pypdfium2.PdfDocument(pdf(made)):
        yield page.render(scale=_DOTS_PER_MM / _POINTS_PER_MM).to_pil().convert("L")


def inked(picture: Image) -> Image:
    """White where something is written."""
    return ImageChops.invert(picture).point(lambda grey: 255 if grey > 60 else 0)


@pytest.mark.parametrize("name", FOLDERS)
def test_everything_stands_inside_the_margins_and_no_page_is_empty(name: str) -> None:
    keep_in = SCREENSHOTS / "mappe"
    keep_in.mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(drawn(FOLDERS[name]), start=1):
        picture.save(keep_in / f"{name}-{number}.png")
        ink = inked(picture)
        assert ink.histogram()[255] > _INK_AT_LEAST
        box = ink.getbbox()
        assert box is not None
        left, top, right, bottom = (dots / _DOTS_PER_MM for dots in box)
        wide, high = (dots / _DOTS_PER_MM for dots in picture.size)
        assert left >= _SIDE_MM, number
        assert right <= wide - _SIDE_MM, number
        assert top >= _SIDE_MM, number
        assert bottom <= high - _EDGE_MM, number


@pytest.mark.parametrize("name", FOLDERS)
def test_the_number_of_the_page_stands_clear_of_what_is_written(name: str) -> None:
    for picture in drawn(FOLDERS[name]):
        wide, high = picture.size
        foot = inked(picture).crop((0, high - int(_FOOT_MM * _DOTS_PER_MM), wide, high))
        box = foot.getbbox()
        assert box is not None
        assert box[3] - box[1] < 4 * _DOTS_PER_MM, "one line, no more"
        assert abs((box[0] + box[2]) / 2 - wide / 2) < 2 * _DOTS_PER_MM


def test_the_check_sees_what_runs_over_the_edge() -> None:
    (first, *_) = drawn(FOLDERS["ueblich"])
    cut = first.crop((60 * _DOTS_PER_MM, 0, *first.size))
    box = inked(cut).getbbox()
    assert box is not None
    assert box[0] < _SIDE_MM * _DOTS_PER_MM
