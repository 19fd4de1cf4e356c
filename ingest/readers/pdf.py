"""PDF files: sections by page and bookmark, running text without headers, footers and broken words."""

from __future__ import annotations

import struct
import zlib
from itertools import zip_longest
from typing import TYPE_CHECKING

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from index.errors import UnreadableSourceError
from index.passage import Document, PageLocation
from ingest.readers.extracted import extracted, language_code, sensible_title
from ingest.readers.headings import Block, Turn, outline
from ingest.readers.page_edges import without_edges
from ingest.readers.pdf_lines import is_readable, page_lines
from ingest.readers.pdf_outline import page_blocks, read_bookmarks

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from pathlib import Path

    from ingest.readers.pdf_lines import Line
    from ingest.readers.pdf_outline import Bookmark

MAX_PAGES = 3000  # about ten thick handbooks; at some 20 pages a second that is minutes
_END_MARK = b"%%EOF"
_END_ZONE = 2048  # bytes from the end in which the mark stands, whatever a server appended

# pypdf on broken files: "might cause other exceptions" (its `errors` module), and these are they.
BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_LOCKED = "Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie eine Fassung ohne Kennwort."
_DAMAGED = "Die PDF-Datei ist beschädigt oder unvollständig. Bitte laden oder speichern Sie sie noch einmal."


def read(path: Path) -> Document:
    """Return the document of a PDF file; pages that could not be read are named in `unread`.

    Raises:
        UnreadableSourceError: for a file that is locked, damaged, cut off, without any text or with
            more than `MAX_PAGES` pages.
    """
    reader = _open(path)
    unread: dict[int, str] = {}
    pages = [_lines(reader, number, unread) for number in range(1, _page_count(reader) + 1)]
    if len(unread) == len(pages):
        raise UnreadableSourceError(_DAMAGED)
    labels = _labels(reader, len(pages))
    contents = without_edges(pages, labels)
    for number, lines in enumerate(contents, start=1):
        if not is_readable(lines):
            reason = f"Seite {number} enthält keinen lesbaren Text (vermutlich gescannt)."
            unread.setdefault(number, reason)
    if len(unread) == len(pages):
        raise _nothing_readable(pages)
    title = sensible_title(_title(reader))
    blocks = _blocks(contents, labels, _bookmarks(reader), unread)
    title, sections = outline(blocks, title, PageLocation(1))
    by_page = tuple(unread[number] for number in sorted(unread))
    return Document(sections, extracted=extracted(title, _language(reader)), unread=by_page)


def _open(path: Path) -> PdfReader:
    if _END_MARK not in path.read_bytes()[-_END_ZONE:]:
        raise UnreadableSourceError(_DAMAGED)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise UnreadableSourceError(_LOCKED)
    except DependencyError as error:  # a cipher that is not installed
        raise UnreadableSourceError(_LOCKED) from error
    except BROKEN as error:
        raise UnreadableSourceError(_DAMAGED) from error
    return reader


def _page_count(reader: PdfReader) -> int:
    try:
        count = len(reader.pages)
    except BROKEN as error:
        raise UnreadableSourceError(_DAMAGED) from error
    if not count:
        raise UnreadableSourceError(_DAMAGED)
    if count > MAX_PAGES:
        raise UnreadableSourceError(
            f"Die PDF-Datei hat zu viele Seiten: {count} (höchstens {MAX_PAGES}). Bitte teilen Sie sie."
        )
    return count


def _lines(reader: PdfReader, number: int, unread: dict[int, str]) -> list[Line]:
    try:
        return page_lines(reader.pages[number - 1])
    except BROKEN:
        unread[number] = f"Seite {number} ist beschädigt und konnte nicht gelesen werden."
        return []


def _nothing_readable(pages: Sequence[Sequence[Line]]) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"Auf keiner der {len(pages)} Seiten steht lesbarer Text, vermutlich ist die Datei gescannt. "
        "Bitte lassen Sie eine Texterkennung (OCR) darüber laufen."
    )


def _blocks(
    pages: Sequence[Sequence[Line]],
    labels: Sequence[str],
    bookmarks: Sequence[Bookmark],
    unread: Container[int],
) -> list[Block]:
    blocks: list[Block] = []
    for number, lines in enumerate(pages, start=1):
        label = labels[number - 1]
        location = PageLocation(number, None if label == str(number) else label)
        here = [bookmark for bookmark in bookmarks if bookmark.page == number]
        blocks.append(Turn(location))
        blocks.extend(page_blocks([] if number in unread else lines, here, location))
    return blocks


def _labels(reader: PdfReader, count: int) -> list[str]:
    """Return the printed page numbers; where the file has none, pages are counted."""
    try:
        printed = [label.strip() for label in reader.page_labels]
    except BROKEN:
        printed = []
    counted = [str(number) for number in range(1, count + 1)]
    return [label or number for label, number in zip_longest(printed[:count], counted, fillvalue="")]


def _bookmarks(reader: PdfReader) -> list[Bookmark]:
    try:
        return read_bookmarks(reader)
    except BROKEN:  # bookmarks only help: the text is read without them
        return []


def _title(reader: PdfReader) -> str | None:
    try:
        return reader.metadata.title if reader.metadata else None
    except BROKEN:
        return None


def _language(reader: PdfReader) -> str | None:
    try:
        return language_code(reader.root_object.get("/Lang"))
    except BROKEN:
        return None
