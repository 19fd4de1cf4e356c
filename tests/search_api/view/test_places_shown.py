"""What is opened in the page itself: a PDF page, a recording from its second, more of what was found."""

from __future__ import annotations

from dataclasses import replace

from search_api.schemas import Page, SearchResponse
from search_api.view import site
from search_api.view.address import Address, asked_of_search, read_address, write_address
from search_api.view.languages.german import GERMAN
from search_api.view.links import more_link, print_link
from search_api.view.reading import document_text
from search_api.view.render import hit_card
from tests.search_api.view import samples
from tests.search_api.view.drawn import seen

ADDRESS = Address("Wer haftet?", {"kind": ("faq",)})
HEARD = samples.RECORDING.model_copy(update={"source": "transkripte/fahrten.vtt", "recording": "audio"})


def ten() -> SearchResponse:
    return samples.answer(*(samples.hit(rank=rank) for rank in range(1, 11)))


def test_the_page_of_a_pdf_lies_folded_under_its_hit_with_the_answer_marked() -> None:
    found = samples.hit(location=Page(page=4, label="iv"))
    (folded,) = seen(hit_card(found, ADDRESS, "http://api")).xpath("//details[@class='ansicht']")
    assert folded.findtext("summary") == "Seite iv ansehen, die Stelle ist markiert"
    (source,) = folded.xpath(".//img/@src")
    start, end = found.highlight.start, found.highlight.end
    assert source == f"http://api/documents/7d1f/pages/4.png?passage=p1&start={start}&end={end}"
    assert folded.get("open") is None


def test_a_hit_on_no_page_of_a_pdf_has_none() -> None:
    slides = samples.DOCUMENT.model_copy(update={"source": "studien/a.pptx"})
    for found in (samples.hit(slides), samples.hit(location=samples.HEADING)):
        assert seen(hit_card(found, ADDRESS, ".")).xpath("//img") == []


def test_a_recording_plays_from_the_second_under_its_hit_and_in_the_reading_view() -> None:
    card = hit_card(samples.hit(HEARD, samples.TIME), ADDRESS, "http://api")
    detail = samples.detail(samples.passage(0, samples.TIME), document=HEARD)
    for shown in (card, document_text(detail, Address(second=754), "http://api")):
        (player,) = seen(shown).xpath("//audio")
        assert player.get("src") == "http://api/documents/rec/recording#t=754"
        assert player.get("preload") == "none"
    assert "<audio" not in document_text(detail, Address(), "http://api")


def test_the_reading_view_shows_the_page_of_the_wanted_passage_only() -> None:
    detail = samples.detail(*(samples.passage(n, Page(page=n, label=None)) for n in (1, 2, 3)))
    shown = seen(document_text(detail, Address(passage="p2"), "."))
    assert shown.xpath("//img/@src") == ["./documents/7d1f/pages/2.png?passage=p2"]


def test_more_is_offered_once_and_where_there_may_be_more() -> None:
    way = more_link(ten(), ADDRESS)
    assert way is not None
    assert "mehr=1" in way.href
    assert "kind=faq" in way.href
    assert more_link(ten(), replace(ADDRESS, many=True)) is None
    assert more_link(samples.answer(samples.hit()), ADDRESS) is None
    assert ("limit", "40") in asked_of_search(replace(ADDRESS, many=True))


def test_with_more_none_is_folded() -> None:
    few, many = (seen(site.answer_page(each, ten(), "")) for each in (ADDRESS, replace(ADDRESS, many=True)))
    assert len(few.xpath("//details[@class='weitere']//article")) == 5
    assert many.xpath("//details[@class='weitere']") == []
    assert len(many.xpath("//article")) == 10


def test_the_print_view_is_the_same_answers_as_the_api_draws_them() -> None:
    assert print_link(ADDRESS, "http://api").href == "http://api/suche?q=Wer+haftet%3F&kind=faq"


def test_every_hit_leads_to_what_is_similar_and_from_there_back() -> None:
    card = seen(hit_card(samples.hit(), ADDRESS, "."))
    (way,) = [each for each in card.xpath("//a") if each.text == GERMAN.similar]
    there = replace(ADDRESS, similar="p1")
    assert way.get("href") == "?q=Wer+haftet%3F&aehnlich=p1&kind=faq"
    page = seen(site.similar_page(there, [samples.hit(rank=2)]))
    (back,) = page.xpath("//main//p[@class='wege'][1]/a[1]/@href")[:1]
    assert back == "?q=Wer+haftet%3F&kind=faq"
    assert len(page.xpath("//article")) == 1
    assert GERMAN.similar_none in "".join(seen(site.similar_page(there, [])).itertext())


def test_what_is_new_in_an_address_is_read_as_it_was_written() -> None:
    for address in (replace(ADDRESS, similar="p1"), replace(ADDRESS, many=True, as_written=True)):
        assert read_address(write_address(address)) == address


def test_a_question_can_be_left_where_the_answer_is_not_certain() -> None:
    forms = {
        verdict: seen(site.answer_page(ADDRESS, samples.answer(samples.hit(), verdict=verdict), "")).xpath(
            "//form[@class='dalassen']"
        )
        for verdict in ("answered", "partial", "none")
    }
    assert [len(each) for each in forms.values()] == [0, 1, 1]
    assert forms["none"][0].xpath(".//input[@name='q']/@value") == ["Wer haftet?"]
    assert GERMAN.leave_question_promise in "".join(forms["none"][0].itertext())
