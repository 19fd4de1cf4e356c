"""The passages of real PDF files are found on their pages: of 95 in 100, four words of five are boxed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from benchmarks.golden_pdf import KINDS, golden_pdf
from benchmarks.reading import running_text
from index.passage import Kind, Metadata, PageLocation
from ingest.chunking import passages_of
from ingest.readers import read
from search_api.page_pictures.matching import letters_of, stretches
from search_api.page_pictures.page_letters import PageLetters, Picture
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from index.passage import Passage

CORPUS = ROOT / "corpus"
GOLDEN = 3  # files of each kind


def passages(path: Path) -> list[Passage]:
    about = Metadata("Titel", Kind.HANDBUCH)
    return passages_of(read(path), "a.pdf", about, lambda text: len(text) // 5)


def boxed(passage: Passage, page: PageLetters) -> float:
    """Return the share of the passage's words all of whose letters have a box."""
    letters = letters_of(passage.text)
    found = {
        letters[each.passage + step].origin
        for each in stretches(letters, page.letters)
        for step in range(each.length)
    }
    words = [each.span() for each in re.finditer(r"\w+", passage.text)]
    whole = [all(at in found for at in range(*word) if letters_of(passage.text[at])) for word in words]
    return sum(whole) / len(whole)


def shares(path: Path) -> list[float]:
    document = pypdfium2.PdfDocument(path)
    pages = [PageLetters(page) for page in document]
    found = []
    for each in passages(path):
        assert isinstance(each.location, PageLocation)
        found.append(boxed(each, pages[each.location.page - 1]))
    return found


def test_passages_of_the_corpus_are_found_on_their_pages() -> None:
    found = [share for path in sorted(CORPUS.rglob("*.pdf")) for share in shares(path)]
    assert len(found) >= 50
    assert sum(share >= 0.8 for share in found) / len(found) >= 0.95


@pytest.mark.parametrize("kind", KINDS)
def test_passages_are_found_in_columns_tables_and_notes(kind: str, tmp_path: Path) -> None:
    paragraphs = running_text(CORPUS)
    found: list[float] = []
    for seed in range(GOLDEN):
        path = tmp_path / f"{seed}.pdf"
        path.write_bytes(golden_pdf(kind, paragraphs, seed)[0])
        found += shares(path)
    assert sum(share >= 0.8 for share in found) / len(found) >= 0.95


def test_boxes_lie_on_the_page_and_each_is_a_piece_of_one_line() -> None:
    path = CORPUS / "handbuch" / "foerderantraege-stellen.pdf"
    page, size = PageLetters(pypdfium2.PdfDocument(path)[0]), Picture(900, 1273)
    boxes = page.boxes(dict.fromkeys(letter.origin for letter in page.letters), size)
    assert len(boxes) > 20
    for box in boxes:
        assert 0 <= box.left < box.right <= size.width
        assert 0 <= box.top < box.bottom <= size.height
        assert box.bottom - box.top < 40
