"""What a PDF file says about itself beside its text: title, language, printed page numbers, bookmarks.

pypdf tells it. All of it only helps: where it is damaged, the text is read without it.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from ingest.readers.extracted import language_code, sensible_title
from ingest.readers.pdf_outline import read_bookmarks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ingest.readers.pdf_outline import Bookmark

_T = TypeVar("_T")

# pypdf on broken files: "might cause other exceptions" (its `errors` module), and these are they.
_BROKEN = (
    DependencyError,  # a cipher that is not installed
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class About:
    """`labels` has one printed number a page; where the file gives none, pages are counted."""

    title: str | None
    language: str | None
    labels: Sequence[str]
    bookmarks: Sequence[Bookmark]


def read_about(path: Path, pages: int) -> About:
    """Return what the file says of its `pages` pages; nothing where pypdf cannot tell."""
    reader = _or(lambda: _opened(path), None)
    if reader is None:
        return About(None, None, _labels((), pages), ())
    return About(
        sensible_title(_or(lambda: reader.metadata.title if reader.metadata else None, None)),
        language_code(_or(lambda: reader.root_object.get("/Lang"), None)),
        _labels(_or(lambda: reader.page_labels, []), pages),
        _or(lambda: read_bookmarks(reader), []),
    )


def _opened(path: Path) -> PdfReader:
    reader = PdfReader(path)
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise PyPdfError
    return reader


def _or(tell: Callable[[], _T], otherwise: _T) -> _T:
    try:
        return tell()
    except _BROKEN:
        return otherwise


def _labels(printed: Sequence[str], pages: int) -> list[str]:
    counted = [str(number) for number in range(1, pages + 1)]
    stripped = [label.strip() for label in printed[:pages]]
    return [label or number for label, number in zip_longest(stripped, counted, fillvalue="")]
