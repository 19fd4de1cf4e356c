"""What stands where on the page of answers: the first answer before everything that is about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search_api.schemas import Correction, Verdict
from search_api.view import site
from search_api.view.address import Address
from tests.search_api.view import samples
from tests.search_api.view.drawn import seen

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ADDRESS = Address("Wer hatfet?", {"kind": ("faq",)})
PARTS = {
    "box": "//input[@name='q'][@type='search']",
    "verdict": "//p[contains(@class, 'urteil')]",
    "first": "//article[@data-rank='1']",
    "searched too": "//p[@class='auch'][contains(., 'haftet')]",
    "as written": "//p[@class='auch']/a",
    "leave": "//form[@class='dalassen']",
    "filters": "//details[@class='filter']",
    "second": "//article[@data-rank='2']",
    "folded": "//details[@class='weitere']",
}


def page_of(verdict: Verdict, hits: int = 7) -> HtmlElement:
    found = samples.answer(
        *(samples.hit(rank=rank) for rank in range(1, hits + 1)), verdict=verdict, facets={"kind": {"faq": 3}}
    )
    corrected = found.model_copy(update={"corrections": [Correction(written="hatfet", meant="haftet")]})
    return seen(site.answer_page(ADDRESS, corrected, ""))


def order(page: HtmlElement) -> list[str]:
    """The parts that are there, in the order in which they are read aloud and reached by keyboard."""
    whole = list(page.iter())
    at = {name: whole.index(found[0]) for name, path in PARTS.items() if (found := page.xpath(path))}
    return sorted(at, key=at.__getitem__)


@pytest.mark.parametrize(
    ("verdict", "wanted"),
    [
        ("answered", "box, verdict, first, searched too, as written, filters, second, folded"),
        ("partial", "box, verdict, first, searched too, as written, leave, filters, second, folded"),
        ("none", "box, verdict, searched too, as written, leave, filters, folded, first, second"),
    ],
)
def test_the_first_answer_stands_before_everything_about_it(verdict: Verdict, wanted: str) -> None:
    assert order(page_of(verdict)) == wanted.split(", ")


def test_every_hit_is_shown_once() -> None:
    for verdict in ("answered", "partial", "none"):
        assert page_of(verdict).xpath("//article/@data-rank") == [*"1234567"]


def test_the_filters_are_sent_with_the_question_from_where_they_stand() -> None:
    page = page_of("answered")
    (form,) = page.xpath("//form[@role='search']")
    sent = page.xpath("//details[@class='filter']//input | //details[@class='filter']//button")
    assert {each.get("form") for each in sent} == {form.get("id")}
    (reset,) = page.xpath("//a[text()='Filter zurücksetzen']")
    assert not reset.xpath("./ancestor::details"), "what is chosen can be taken back without opening the box"
