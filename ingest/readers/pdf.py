"""PDF files: sections by page, bookmark and heading; running text in reading order.

PDFium tells where the letters stand (`pdf_words.py`); from there it goes on to columns and tables
(`pdf_layout.py`, `pdf_tables.py`), lines (`pdf_lines.py`), without headers and footers (`page_edges.py`).
"""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from index.errors import UnreadableSourceError
from index.passage import Document, PageLocation
from ingest.readers.extracted import extracted
from ingest.readers.headings import Block, Text, Turn, outline
from ingest.readers.ocr import installed_ocr
from ingest.readers.page_edges import without_edges
from ingest.readers.pdf_about import read_about
from ingest.readers.pdf_headings import styles_of, usual_size, without_notes
from ingest.readers.pdf_lines import Line, is_readable, page_text, paragraphs
from ingest.readers.pdf_outline import page_blocks
from ingest.readers.pdf_pictures import count_words, is_covered, picture_of, recognised_lines
from ingest.readers.reader import unwatched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ingest.readers.ocr import Ocr
    from ingest.readers.pdf_about import About
    from ingest.readers.reader import Tick

MAX_PAGES = 3000  # about ten thick handbooks
_END_MARK = b"%%EOF"
_PADDING = b"\x00\r\n\t "  # which some programs write after it, by the page
_END_ZONE = 2048  # bytes from the end in which the mark stands, whatever a server appended
_TAIL = 1_000_000  # bytes that are looked at: more than any padding, less than a file of 200 MB
_MOST_WORDS = 2  # times the words written on a page: with so many more its picture is what it is about
_LOCKED = "Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie eine Fassung ohne Kennwort."
_DAMAGED = "Die PDF-Datei ist beschädigt oder unvollständig. Bitte laden oder speichern Sie sie noch einmal."
_WITHOUT_OCR = (
    "Mit dem Programm Tesseract (Pakete tesseract-ocr und tesseract-ocr-deu) werden solche Seiten gelesen."
)


@dataclass(slots=True)
class _Read:
    """The lines of all pages, and the numbers of those that are damaged, pictures, or read from one.

    `covered` pages have a few words of their own beside a picture that was not read.
    """

    find_ocr: Callable[[], Ocr | None]
    tick: Tick
    pages: list[list[Line]] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    covered: list[int] = field(default_factory=list)
    has_ocr: bool = False
    header: Sequence[str] | None = None


def read(
    path: Path,
    *,
    find_ocr: Callable[[], Ocr | None] = installed_ocr,
    tick: Tick = unwatched,
) -> Document:
    """Return the document of a PDF file; pages that could not be read are named in `unread`.

    `find_ocr` is asked for a text recognition when a page without letters turns up. `tick` is called
    after every page.

    Raises:
        UnreadableSourceError: for a file that is locked, damaged, cut off, without any text or with
            more than `MAX_PAGES` pages.
    """
    with _open(path) as file:
        found = _Read(find_ocr, tick)
        _read_pages(file, found)
    about = read_about(path, len(found.pages))
    if not any(map(is_readable, found.pages)):
        raise _nothing_readable(found)
    contents = without_edges(found.pages, about.labels)
    if not any(map(is_readable, contents)):  # every page says the same: that is the text
        contents = found.pages
    title, sections = outline(list(_blocks(contents, about)), about.title, PageLocation(1))
    return Document(
        sections,
        extracted=extracted(title, about.language),
        unread=tuple(_unread(found, contents)),
        doubts=tuple(_doubts(found)),
    )


def _open(path: Path) -> pypdfium2.PdfDocument:
    with path.open("rb") as raw:
        raw.seek(-min(path.stat().st_size, _TAIL), os.SEEK_END)
        if _END_MARK not in raw.read().rstrip(_PADDING)[-_END_ZONE:]:
            raise UnreadableSourceError(_DAMAGED)
    try:
        file = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        is_locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
        raise UnreadableSourceError(_LOCKED if is_locked else _DAMAGED) from error
    count = len(file)
    if not 0 < count <= MAX_PAGES:
        file.close()
        raise UnreadableSourceError(
            f"Die PDF-Datei hat zu viele Seiten: {count} (höchstens {MAX_PAGES}). Bitte teilen Sie sie."
            if count
            else _DAMAGED
        )
    return file


def _read_pages(file: pypdfium2.PdfDocument, found: _Read) -> None:
    for number in range(1, len(file) + 1):
        try:
            found.pages.append(_page(file[number - 1], number, found))
        except (pypdfium2.PdfiumError, ctypes.ArgumentError):
            found.pages.append([])
            found.damaged.append(number)
        found.tick()


def _page(page: pypdfium2.PdfPage, number: int, found: _Read) -> list[Line]:
    try:
        text = page_text(page, found.header)
        found.header = text.header
        written = text.lines if is_readable(text.lines) else []
        is_picture = (
            is_covered(page, written) if written else any(True for _ in page.get_objects(max_depth=1))
        )
        return _recognised(page, number, written, found) if is_picture else text.lines
    finally:
        page.close()


def _recognised(page: pypdfium2.PdfPage, number: int, written: list[Line], found: _Read) -> list[Line]:
    """Return the lines in the picture of a page, those `written` on it where they are most of its words."""
    ocr = found.find_ocr()
    found.has_ocr = ocr is not None
    told = ocr(picture_of(page), found.tick) if ocr else None
    lines = recognised_lines(told) if told else []
    if count_words(lines) > _MOST_WORDS * count_words(written):
        found.recognised.append(number)
        return lines
    if not written:
        found.pictures.append(number)
    elif ocr is None:
        found.covered.append(number)
    return written


def _blocks(pages: Sequence[Sequence[Line]], about: About) -> Iterator[Block]:
    usual = usual_size(line for lines in pages for line in lines)
    parted = [without_notes(lines, usual) for lines in pages]
    styles = styles_of([text for text, _ in parted])
    for number, (text, notes) in enumerate(parted, start=1):
        label = about.labels[number - 1]
        location = PageLocation(number, None if label == str(number) else label)
        here = [bookmark for bookmark in about.bookmarks if bookmark.page == number]
        deepest = max((bookmark.level for bookmark in about.bookmarks), default=0)
        yield Turn(location)
        yield from page_blocks(text, here, location, styles, deepest)
        yield from map(Text, paragraphs(notes))


def _unread(found: _Read, contents: Sequence[Sequence[Line]]) -> Iterator[str]:
    if found.damaged:
        yield f"{_named(found.damaged)}: beschädigt, nicht gelesen."
    if found.pictures:
        help_ = "Auch die Texterkennung fand darauf nichts." if found.has_ocr else _WITHOUT_OCR
        yield f"{_named(found.pictures)}: kein lesbarer Text, vermutlich gescannt. {help_}"
    if found.covered:
        pages = _named(found.covered)
        yield f"{pages}: fast nur ein Bild; was darauf steht, ist nicht gelesen. {_WITHOUT_OCR}"
    garbled = [n for n, lines in enumerate(contents, start=1) if lines and not is_readable(lines)]
    if garbled:
        yield f"{_named(garbled)}: nur Zahlen oder Zeichen, die keine Buchstaben sind."


def _doubts(found: _Read) -> Iterator[str]:
    if found.recognised:
        yield (
            f"{_named(found.recognised)}: aus einem Bild gelesen (Texterkennung). "
            "Bitte prüfen Sie Namen und Zahlen."
        )


def _nothing_readable(found: _Read) -> UnreadableSourceError:
    if len(found.damaged) == len(found.pages):
        return UnreadableSourceError(_DAMAGED)
    if not found.pictures and not any(found.pages):
        return UnreadableSourceError(
            f"Die Seiten ({len(found.pages)}) sind leer. Bitte öffnen Sie die Datei: Steht dort etwas, "
            "dann drucken Sie sie in eine neue PDF-Datei."
        )
    help_ = "" if found.has_ocr else f" {_WITHOUT_OCR}"
    return UnreadableSourceError(
        f"Auf keiner Seite ({len(found.pages)}) steht lesbarer Text, vermutlich ist die Datei gescannt. "
        f"Bitte lassen Sie eine Texterkennung (OCR) darüber laufen.{help_}"
    )


def _named(numbers: Sequence[int]) -> str:
    """Return page numbers as a person writes them: "Seite 4", "Seiten 2, 5–9"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f"Seite {words}" if len(numbers) == 1 else f"Seiten {words}"
