"""`python -m search_api.page_pictures.draw`: the child that draws one page of one PDF file and ends.

The order comes as JSON on stdin, the picture goes as PNG to stdout; else the exit code says why there is
none. It has little memory and time and cannot write files: the file may have been made to harm us.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, ImageChops

from search_api.page_pictures.matching import letters_of, stretches
from search_api.page_pictures.order import WHOLE_S, Order, Refusal
from search_api.page_pictures.page_letters import PageLetters, Picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfPage

    from search_api.page_pictures.page_letters import Box

MEMORY_BYTES = 1_000_000_000  # ten times what a page full of photographs took
_MOST_PIXELS = 8_000_000  # 2000 wide, that is twice as high as an ordinary page
_PASSAGE = (255, 244, 160)  # as ink of a marker pen: what is black stays black
_SENTENCE = (255, 219, 77)


class RefusedError(Exception):
    """There will be no picture."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal


def draw(order: Order) -> Image.Image:
    """Return the picture.

    Raises:
        RefusedError: says why there is none.
        MemoryError: it would take too much.
    """
    page = _page(_unchanged(order), order.page)
    across, up = page.get_size()
    if across <= 0 or up <= 0:
        raise RefusedError(Refusal.UNREADABLE)
    scale = min(order.width / across, (_MOST_PIXELS / across / up) ** 0.5)
    picture: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    if order.passage:
        _mark(picture, page, order)
    return picture


def marks(letters: PageLetters, order: Order, size: Picture) -> tuple[list[Box], list[Box]]:
    """Return the boxes of the passage, and of its characters that are marked more strongly."""
    passage = letters_of(order.passage)
    plain: list[int] = []
    strong: list[int] = []
    for stretch in stretches(passage, letters.letters):
        for step in range(stretch.length):
            is_strong = order.start <= passage[stretch.passage + step].origin < order.end
            (strong if is_strong else plain).append(letters.letters[stretch.page + step].origin)
    return letters.boxes(dict.fromkeys(plain), size), letters.boxes(dict.fromkeys(strong), size)


def _mark(picture: Image.Image, page: PdfPage, order: Order) -> None:
    boxes = marks(PageLetters(page), order, Picture(*picture.size))
    for colour, drawn in zip((_PASSAGE, _SENTENCE), boxes, strict=True):
        for box in drawn:
            _ink(picture, box, colour)


def _ink(picture: Image.Image, box: Box, colour: tuple[int, int, int]) -> None:
    left, top = max(0, round(box.left)), max(0, round(box.top))
    right, bottom = min(picture.width, round(box.right)), min(picture.height, round(box.bottom))
    if left < right and top < bottom:
        below = picture.crop((left, top, right, bottom))
        ink = Image.new("RGB", below.size, colour)
        picture.paste(ImageChops.multiply(below, ink), (left, top))


def _unchanged(order: Order) -> bytes:
    """Return the bytes of the file: what is looked at is what is drawn."""
    try:
        content = Path(order.path).read_bytes()
    except OSError as error:
        raise RefusedError(Refusal.CHANGED) from error
    if hashlib.sha256(content).hexdigest() != order.content:
        raise RefusedError(Refusal.CHANGED)
    return content


def _page(content: bytes, number: int) -> PdfPage:
    try:
        document = pypdfium2.PdfDocument(content)
        if not 1 <= number <= len(document):
            raise RefusedError(Refusal.NO_SUCH_PAGE)
        return document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise RefusedError(Refusal.UNREADABLE) from error


def _limit_resources() -> None:
    """Take little memory and time, write no files and leave no core dump, whatever a library does."""
    signal.alarm(2 * WHOLE_S)  # if the parent is gone
    wanted: Sequence[tuple[int, int]] = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, 2 * WHOLE_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for limit, value in wanted:
        try:
            resource.setrlimit(limit, (value, value))
        except (OSError, ValueError):  # macOS refuses RLIMIT_AS
            sys.stderr.write(f"limit {limit} is not available here\n")


def main() -> int:
    """Draw what is ordered; return 0, or why not."""
    _limit_resources()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no part of the picture
    order = Order(**json.load(sys.stdin.buffer))
    written = io.BytesIO()
    try:
        draw(order).save(written, "PNG")
    except RefusedError as error:
        return error.refusal
    except MemoryError:
        return Refusal.TOO_LARGE
    with answers:
        answers.write(written.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
