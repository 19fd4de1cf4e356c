from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import NameObject, TextStringObject
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # it carries no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # as above

from index.errors import UnreadableSourceError
from index.passage import Document, PageLocation
from ingest.readers import pdf
from ingest.readers.ocr import installed_ocr
from tests.ingest.readers.written import LINES, SLOW_ROUND_TRIP, read_written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEADING = 14  # points between the lines of a paragraph


def _drawn(pages: Sequence[Sequence[str]], title: str | None = None) -> PdfWriter:
    """Return a PDF with these lines on its pages; an empty line leaves a gap."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 780 - number * _LEADING, line)
        canvas.showPage()
    canvas.save()
    return PdfWriter(clone_from=PdfReader(buffer))


def _bytes(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _read(pages: Sequence[Sequence[str]], title: str | None = None) -> Document:
    return read_written("a.pdf", _bytes(_drawn(pages, title)))


def _texts(pages: Sequence[Sequence[str]]) -> list[str]:
    return [section.text for section in _read(pages).sections]


def test_each_page_is_a_section_with_running_text() -> None:
    document = _read([["Eine Städte-", "partnerschaft lebt.", "", "Neuer Absatz."], ["Seite zwei."]])
    assert [(section.location, section.text) for section in document.sections] == [
        (PageLocation(1), "Eine Städtepartnerschaft lebt.\n\nNeuer Absatz."),
        (PageLocation(2), "Seite zwei."),
    ]


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    words = ["Ahorn", "Birke", "Chrysantheme", "Distel"]
    pages = [
        ["Handbuch für Vereine", "", word, "", f"Stand 2026, Seite {number}", f"- {number} -"]
        for number, word in enumerate(words, start=1)
    ]
    assert _texts(pages) == words


def test_a_sentence_repeated_on_two_pages_is_no_header() -> None:
    assert _texts([["Bitte beachten", "eins"], ["Bitte beachten", "zwei"]])[0].startswith("Bitte beachten")


def test_a_year_at_the_end_of_a_page_is_no_page_number() -> None:
    assert _texts([["Das Programm endet im Jahr", "2027"], ["Ende."], ["Schluss."]])[0].endswith("2027")


def test_list_points_and_short_last_lines_end_a_paragraph() -> None:
    lines = [
        "Ein recht langer Satz steht in dieser Zeile.",
        "Kurz.",
        "Ein neuer Satz folgt.",
        "- eins",
        "- zwei",
    ]
    assert _texts([lines])[0].split("\n\n")[1:] == ["Ein neuer Satz folgt.", "- eins", "- zwei"]


def test_printed_page_numbers_are_labels() -> None:
    writer = _drawn([["Vorwort"], ["Text"], ["Mehr"]])
    writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(1, 2, style=PageLabelStyle.DECIMAL)
    locations = [section.location for section in read_written("a.pdf", _bytes(writer)).sections]
    assert locations == [PageLocation(1, "i"), PageLocation(2, "1"), PageLocation(3, "2")]


def test_bookmarks_split_the_page_where_their_words_stand() -> None:
    pages = [
        ["Vorab.", "", "1 Reisen", "", "Mit dem Bus."],
        ["Weiter mit dem Bus.", "", "1.1 Bahn", "", "Pünktlich."],
        ["Ende."],
    ]
    writer = _drawn(pages)
    reisen = writer.add_outline_item(title="Reisen", page_number=0)
    writer.add_outline_item(title="Bahn", page_number=1, parent=reisen)
    writer.add_outline_item(title="Nicht gedruckt", page_number=2)
    document = read_written("a.pdf", _bytes(writer))
    assert [(section.heading, section.location, section.text) for section in document.sections] == [
        ((), PageLocation(1), "Vorab."),
        (("Reisen",), PageLocation(1), "Mit dem Bus."),
        (("Reisen",), PageLocation(2), "Weiter mit dem Bus."),
        (("Reisen", "Bahn"), PageLocation(2), "Pünktlich."),
        (("Nicht gedruckt",), PageLocation(3), "Ende."),
    ]


@pytest.mark.parametrize(
    ("stated", "title"),
    [("Handbuch Reisen", "Handbuch Reisen"), ("Microsoft Word - Antrag.doc", None), ("untitled", None)],
)
def test_the_title_is_taken_over_when_it_is_one(stated: str, title: str | None) -> None:
    assert _read([["Text"]], stated).extracted.get("title") == title


def test_the_language_is_taken_from_the_catalogue() -> None:
    writer = _drawn([["Text"]])
    writer.root_object[NameObject("/Lang")] = TextStringObject("de-DE")
    assert read_written("a.pdf", _bytes(writer)).extracted["language"] == "de"


def test_blank_pages_are_no_loss() -> None:
    assert _read([["Text"], [], ["Text zwei"]]).unread == ()


def _scanned(pages: Sequence[str | None], path: Path) -> Path:
    """Write a PDF whose pages are pictures of these words; None is a page with real text."""
    canvas = Canvas(str(path), invariant=1)
    for words in pages:
        if words is None:
            canvas.drawString(72, 700, "Diese Seite hat Text.")
        else:
            picture = Image.new("L", (1200, 300), 255)
            ImageDraw.Draw(picture).text((40, 60), words, font=ImageFont.load_default(80), fill=0)
            canvas.drawImage(ImageReader(picture), 72, 500, 450, 112)
        canvas.showPage()
    canvas.save()
    return path


def test_scanned_pages_are_named_where_no_text_recognition_is(tmp_path: Path) -> None:
    path = _scanned(["eins", None, "drei", "vier", "fuenf"], tmp_path / "a.pdf")
    (named,) = pdf.read(path, find_ocr=lambda: None).unread
    assert named.startswith("Seiten 1, 3–5: kein lesbarer Text, vermutlich gescannt.")
    assert "Tesseract" in named


def test_scanned_pages_are_read_and_named_where_text_recognition_is(tmp_path: Path) -> None:
    path = _scanned(["x", None], tmp_path / "a.pdf")
    sizes = []

    def ocr(picture: Image.Image, tick: Callable[[], None]) -> str:
        tick()
        sizes.append(picture.size)
        return "Zuschuss für die\nPartner-\nstadt\n\nZweiter Absatz"

    document = pdf.read(path, find_ocr=lambda: ocr)
    assert [section.text for section in document.sections] == [
        "Zuschuss für die Partnerstadt\n\nZweiter Absatz",
        "Diese Seite hat Text.",
    ]
    assert document.unread == ()
    assert document.doubts[0].startswith("Seite 1: aus einem Bild gelesen")
    assert sizes == [(2481, 3508)]  # A4 at 300 dots an inch


def test_a_scanned_page_on_which_nothing_is_recognised_is_named(tmp_path: Path) -> None:
    path = _scanned(["x", None], tmp_path / "a.pdf")
    (named,) = pdf.read(path, find_ocr=lambda: lambda *_: None).unread
    assert "Auch die Texterkennung fand darauf nichts." in named


@pytest.mark.skipif(installed_ocr() is None, reason="Tesseract is not installed")
def test_tesseract_reads_a_picture(tmp_path: Path) -> None:
    path = _scanned(["Partnerstadt 2026", None], tmp_path / "a.pdf")
    assert pdf.read(path).sections[0].text == "Partnerstadt 2026"


def test_every_page_is_told_while_reading() -> None:
    ticks: list[int] = []
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        path.write_bytes(_bytes(_drawn([["eins"], ["zwei"], ["drei"]])))
        pdf.read(path, tick=lambda: ticks.append(1))
    assert len(ticks) == 3


def _stamped(path: Path, words: str) -> Path:
    """Write a PDF with a page of text and one that is a picture with these words printed over it."""
    canvas = Canvas(str(path), invariant=1)
    canvas.drawString(72, 700, "Diese Seite hat Text.")
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (600, 800), 255)), 30, 30, 540, 780)
    canvas.drawString(72, 60, words)
    canvas.save()
    return path


def test_a_stamp_on_a_scanned_page_does_not_hide_its_words(tmp_path: Path) -> None:
    path = _stamped(tmp_path / "a.pdf", "Eingegangen: Rathaus")
    document = pdf.read(
        path, find_ocr=lambda: lambda *_: "Antrag auf Zuschuss für die Fahrt\nEingegangen: Rathaus"
    )
    assert document.sections[-1].text == "Antrag auf Zuschuss für die Fahrt Eingegangen: Rathaus"
    assert document.doubts[0].startswith("Seite 2: aus einem Bild gelesen")
    (named,) = pdf.read(path, find_ocr=lambda: None).unread
    assert named.startswith("Seite 2: fast nur ein Bild")


def test_a_picture_with_no_more_words_than_the_page_changes_nothing(tmp_path: Path) -> None:
    path = _stamped(tmp_path / "a.pdf", "Handbuch für Vereine")
    document = pdf.read(path, find_ocr=lambda: lambda *_: "Hamdbuch für Vereine\nBild")
    assert document.sections[-1].text == "Handbuch für Vereine"
    assert (document.unread, document.doubts) == ((), ())


def test_a_file_of_empty_pages_is_called_empty() -> None:
    with pytest.raises(UnreadableSourceError, match=r"Die Seiten \(2\) sind leer"):
        _read([[], []])


def test_no_text_at_all_is_probably_a_scan(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="gescannt"):
        pdf.read(_scanned(["x"], tmp_path / "a.pdf"), find_ocr=lambda: None)


def test_a_file_filled_up_with_zeros_is_whole() -> None:
    raw = _bytes(_drawn([["Text"]])) + bytes(10_000)
    assert [section.text for section in read_written("a.pdf", raw).sections] == ["Text"]


def test_a_locked_file_is_an_error() -> None:
    writer = _drawn([["Text"]])
    writer.encrypt("geheim", algorithm="RC4-128")
    with pytest.raises(UnreadableSourceError, match="Kennwort"):
        read_written("a.pdf", _bytes(writer))


def test_a_file_locked_against_changes_only_is_read() -> None:
    writer = _drawn([["Text"]])
    writer.encrypt("", "geheim", algorithm="RC4-128")
    assert read_written("a.pdf", _bytes(writer)).sections[0].text == "Text"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_off_file_is_an_error(share: float) -> None:
    raw = _bytes(_drawn([["Text"]] * 5))
    with pytest.raises(UnreadableSourceError, match="beschädigt"):
        read_written("a.pdf", raw[: int(len(raw) * share)])


@pytest.mark.parametrize("seed", range(12))
def test_damage_anywhere_gives_a_document_or_our_error(seed: int) -> None:
    raw = bytearray(_bytes(_drawn([["Text"], ["mehr"]])))
    start = len(raw) * seed // 13
    raw[start : start + 40] = b"\x00<<[/(" * 6
    try:
        document = read_written("a.pdf", bytes(raw))
    except UnreadableSourceError:
        return
    assert document.sections


def test_too_many_pages_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    with pytest.raises(UnreadableSourceError, match="höchstens 2"):
        _read([["a"], ["b"], ["c"]])


@SLOW_ROUND_TRIP
@given(st.lists(st.lists(LINES, min_size=4, max_size=9), min_size=1, max_size=4))
def test_every_word_comes_out_once_and_in_order(pages: list[list[str]]) -> None:
    # The file's own fonts know Western letters only.
    pages = [[line.translate({0x142: "l"}) for line in lines] for lines in pages]
    assert " ".join(_texts(pages)).split() == " ".join(" ".join(lines) for lines in pages).split()


def test_two_pages_are_enough_for_a_header_beside_a_page_number() -> None:
    pages = [
        ["Merkblatt Reise", f"Seite {number}", "", word] for number, word in ((1, "Ahorn"), (2, "Birke"))
    ]
    assert _texts(pages) == ["Ahorn", "Birke"]
