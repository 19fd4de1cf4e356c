"""Pictures of pages, and files that are made to harm whoever draws them."""

from __future__ import annotations

import hashlib
import io
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from search_api.page_pictures.drawing import NoPictureError, PagePictures, PicturesBusyError
from search_api.page_pictures.failures import KEPT_S, Failures
from search_api.page_pictures.order import Order
from tests.ingest import hostile
from tests.search_api.materials import pdf

if TYPE_CHECKING:
    from pathlib import Path

LINE = "Partnerschaften wirken lange nach."
PLAIN = pdf([LINE, "Zweite Seite."])
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def order_of(folder: Path, content: bytes, page: int = 1, width: int = 900, **marked: object) -> Order:
    path = folder / "a.pdf"
    path.write_bytes(content)
    return Order(str(path), hashlib.sha256(content).hexdigest(), page, width, **marked)  # type: ignore[arg-type] # tests hand over what fits


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def colours(image: Image.Image) -> set[tuple[int, ...]]:
    return {colour for _, colour in image.getcolors(1_000_000) or []}  # type: ignore[misc] # RGB has tuples


def endless_pdf(levels: int = 14) -> bytes:
    """Return a small PDF file whose page draws a form that draws a form ten times, and so on."""
    box = b"/BBox [0 0 500 500]"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R "
        b"/Resources << /XObject << /F 5 0 R >> >> >>"
    )
    forms = []
    for number in range(5, 5 + levels):
        drawn = b"/F Do " * 10 if number < 4 + levels else b"0 0 400 400 re f "
        head = b"/Type /XObject /Subtype /Form %b /Length %d" % (box, len(drawn))
        inner = b"/Resources << /XObject << /F %d 0 R >> >>" % (number + 1)
        forms.append(b"<< %b %b >>\nstream\n%b\nendstream" % (head, inner, drawn))
    contents = b"<< /Length 5 >>\nstream\n/F Do\nendstream"
    return hostile.pdf([CATALOGUE, ONE_PAGE, page, contents, *forms])


def sized_pdf(width: float, height: float) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %f %f] /Resources << >> >>" % (width, height)
    return hostile.pdf([CATALOGUE, ONE_PAGE, page])


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PLAIN)))
    writer.encrypt("geheim", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_the_passage_is_marked_and_its_sentence_more_strongly(tmp_path: Path) -> None:
    pictures = PagePictures()
    bare = picture(pictures.png(order_of(tmp_path, PLAIN)))
    passage = picture(pictures.png(order_of(tmp_path, PLAIN, passage=LINE)))
    both = picture(pictures.png(order_of(tmp_path, PLAIN, passage=LINE, start=0, end=15)))
    assert bare.size == passage.size == both.size
    assert bare.width == 900
    yellow, strong = (255, 244, 160), (255, 219, 77)
    assert {yellow, strong} & colours(bare) == set()
    assert {yellow, strong} & colours(passage) == {yellow}
    assert {yellow, strong} & colours(both) == {yellow, strong}
    assert (0, 0, 0) in colours(both)  # letters stay black


def test_another_page_has_no_marks(tmp_path: Path) -> None:
    pictures = PagePictures()
    second = pictures.png(order_of(tmp_path, PLAIN, page=2, passage=LINE))
    assert second == pictures.png(order_of(tmp_path, PLAIN, page=2))


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_marks_follow_a_page_that_is_turned(tmp_path: Path, turned: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PLAIN)))
    writer.pages[0].rotate(turned)
    written = io.BytesIO()
    writer.write(written)
    shown = picture(PagePictures().png(order_of(tmp_path, written.getvalue(), passage=LINE)))
    dark = shown.point(lambda level: 255 if level < 100 else 0).getbbox()
    yellow = shown.getchannel("B").point(lambda level: 255 if level < 200 else 0).getbbox()
    assert dark is not None
    assert yellow is not None
    assert yellow[0] - 9 <= dark[0]
    assert yellow[1] - 9 <= dark[1]
    assert dark[2] <= yellow[2] + 9
    assert dark[3] <= yellow[3] + 9


@pytest.mark.parametrize("page", [3, 99_999])
def test_a_page_that_there_is_not(tmp_path: Path, page: int) -> None:
    with pytest.raises(NoPictureError, match="Diese Seite gibt es in der Datei nicht"):
        PagePictures().png(order_of(tmp_path, PLAIN, page))


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"kein PDF", PLAIN[: len(PLAIN) // 2], locked_pdf(), hostile.circling_pages()],
    ids=["empty", "head", "text", "truncated", "locked", "circling"],
)
def test_a_file_that_cannot_be_opened(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NoPictureError):
        PagePictures().png(order_of(tmp_path, content))


def test_a_file_that_has_changed_since_it_was_read_is_not_drawn(tmp_path: Path) -> None:
    ordered = order_of(tmp_path, PLAIN)
    (tmp_path / "a.pdf").write_bytes(pdf(["Etwas anderes."]))
    with pytest.raises(NoPictureError, match="hat sich geändert"):
        PagePictures().png(ordered)
    (tmp_path / "a.pdf").unlink()
    with pytest.raises(NoPictureError, match="hat sich geändert"):
        PagePictures().png(ordered)


def test_a_page_that_never_ends_is_given_up_and_the_next_one_is_drawn(tmp_path: Path) -> None:
    pictures = PagePictures(whole_s=3.0)
    with pytest.raises(PicturesBusyError, match="dauert zu lange"):
        pictures.png(order_of(tmp_path, endless_pdf()))
    assert pictures.png(order_of(tmp_path, PLAIN))


@pytest.mark.parametrize(("width", "height"), [(14_400, 14_400), (3, 14_400), (14_400, 3), (1e9, 1e9)])
def test_a_huge_page_becomes_a_picture_of_bearable_size(tmp_path: Path, width: float, height: float) -> None:
    try:
        drawn = picture(PagePictures().png(order_of(tmp_path, sized_pdf(width, height), width=2_000)))
    except NoPictureError:
        return  # PDFium may refuse such a page altogether
    assert drawn.width * drawn.height <= 8_100_000


def test_a_page_that_swells_harms_nobody(tmp_path: Path) -> None:
    pictures = PagePictures(whole_s=5.0)
    try:
        drawn = pictures.png(order_of(tmp_path, hostile.swelling_pdf(2_000)))
    except (NoPictureError, PicturesBusyError):
        drawn = b""
    assert len(drawn) < 1_000_000
    assert pictures.png(order_of(tmp_path, PLAIN))


@pytest.mark.parametrize(
    "does",
    ["import os; os.abort()", "import sys; sys.exit(3)", "import sys; sys.exit('Text')"],
    ids=["crash", "code", "words"],
)
def test_a_child_that_dies_is_one_sentence(tmp_path: Path, does: str) -> None:
    pictures = PagePictures((sys.executable, "-c", does))
    with pytest.raises(NoPictureError, match="lässt sich nicht zeichnen"):
        pictures.png(order_of(tmp_path, PLAIN))


def test_a_child_that_never_stops_talking_is_stopped(tmp_path: Path) -> None:
    talks = "import sys\nwhile True: sys.stdout.write('x' * 100000)"
    with pytest.raises(NoPictureError):
        PagePictures((sys.executable, "-c", talks)).png(order_of(tmp_path, PLAIN))


def test_a_picture_that_was_drawn_is_remembered(tmp_path: Path) -> None:
    pictures = PagePictures()
    ordered = order_of(tmp_path, PLAIN)
    first = pictures.png(ordered)
    (tmp_path / "a.pdf").unlink()
    assert pictures.png(ordered) == first


def test_when_too_many_are_wanted_the_rest_is_told_to_come_again(tmp_path: Path) -> None:
    waits = "import sys; sys.stdin.read(); import time; time.sleep(60)"
    pictures = PagePictures((sys.executable, "-c", waits), whole_s=1.0, waiting=1)
    ordered = order_of(tmp_path, PLAIN)
    said: list[str] = []
    together = threading.Barrier(5)

    def ask() -> None:
        together.wait()
        try:
            pictures.png(ordered)
        except PicturesBusyError as error:
            said.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum("zu viele Seiten" in each for each in said) == 2
    assert sum("dauert zu lange" in each for each in said) == 3


def test_a_page_that_failed_fails_again_at_once_and_is_tried_again_later(tmp_path: Path) -> None:
    now = 1_000.0
    children = tmp_path / "children"
    does = f"open({str(children)!r}, 'a').write('x'); raise SystemExit(12)"
    pictures = PagePictures((sys.executable, "-c", does), failures=Failures(lambda: now))
    for width in (300, 900):
        with pytest.raises(NoPictureError, match="beschädigt"):
            pictures.png(order_of(tmp_path, PLAIN, width=width))
    assert children.read_text("ascii") == "x"
    with pytest.raises(NoPictureError):
        pictures.png(order_of(tmp_path, PLAIN, page=2))
    assert children.read_text("ascii") == "xx"
    now += KEPT_S
    with pytest.raises(NoPictureError):
        pictures.png(order_of(tmp_path, PLAIN))
    assert children.read_text("ascii") == "xxx"
