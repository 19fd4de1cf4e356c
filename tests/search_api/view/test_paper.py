"""What a page says of itself when it is printed."""

from __future__ import annotations

from datetime import date

import pytest

from search_api.view import site
from search_api.view.address import Address
from search_api.view.paper import Paper, paper_note
from tests.search_api.view import samples
from tests.search_api.view.drawn import seen

DAY = date(2026, 11, 22)
ADDRESS = Address('Wer "haftet"?', {"kind": ("faq",)}, embedded=True)


def test_a_printed_page_says_the_day_and_its_public_address_out_of_any_frame() -> None:
    note = seen(paper_note(ADDRESS, Paper(DAY, "https://lotse.example.org/suche/")))
    address = "https://lotse.example.org/suche?q=Wer+%22haftet%22%3F&kind=faq"
    assert note.text_content() == f"Gedruckt am 22.11.2026 · {address}"


def test_without_a_public_address_it_says_the_day() -> None:
    assert seen(paper_note(ADDRESS, Paper(DAY))).text_content() == "Gedruckt am 22.11.2026"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_says_so_in_the_language_of_the_page(language: str) -> None:
    note = paper_note(Address("Wer?", language=language), Paper(DAY))  # type: ignore[arg-type] # both are ours
    assert "Gedruckt" not in note
    assert "2026" in note


def test_answers_and_documents_carry_the_line() -> None:
    paper = Paper(DAY, "https://lotse.example.org")
    answers = site.answer_page(ADDRESS, samples.answer(samples.hit()), "", paper)
    document = site.document_page(ADDRESS, samples.detail(samples.passage(0)), paper)
    for page in (answers, document):
        (note,) = seen(page).xpath("//main/p[@class='gedruckt']")
        assert "https://lotse.example.org?q=" in note.text_content()
