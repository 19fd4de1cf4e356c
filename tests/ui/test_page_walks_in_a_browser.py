"""What people do on the Streamlit page, in Chromium: ask, open, narrow down, seek money; on a phone too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from search_api.view.languages.german import GERMAN
from tests.browser import (
    DESKTOP,
    NEEDS_CHROMIUM,
    PHONE,
    photograph_streamlit,
    served,
    settled,
    streamlit_over,
)
from tests.browser_sources import MISSPELT, PRINTED, QUESTION, SOURCES, UNKNOWN
from tests.ui.streamlit_page import drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
IN_BOTH_SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "360 px"])

_TO_THE_MIDDLE = """each => {
  each.scrollIntoView({block: "center"});
  return new Promise(still => requestAnimationFrame(() => requestAnimationFrame(still)));
}"""  # Streamlit shuts a list that opens while the page still scrolls; a person scrolls first, then taps


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("house"), SOURCES) as api, streamlit_over(api) as url:
        yield url


def test_a_question_is_asked_and_a_source_opened_by_keyboard(browser: Browser, page_url: str) -> None:
    page = drawn(browser, page_url, {}, "text=Alle Dokumente ansehen")
    box = page.get_by_label("Ihre Frage")
    _tab_to(page, "input[aria-label='Ihre Frage']")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".treffer").first.wait_for()
    assert box.input_value() == QUESTION
    assert "q=Wer+bezahlt" in page.url
    settled(page)
    _tab_to(page, ".treffer a")
    page.keyboard.press("Enter")
    page.locator(".gesucht").wait_for()
    assert page.locator(".gesucht").is_visible()
    page.close()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


@IN_BOTH_SIZES
def test_a_hit_leads_to_its_page_its_second_its_source_and_similar_ones(
    browser: Browser, page_url: str, size: tuple[int, int]
) -> None:
    page = drawn(browser, page_url, {"q": PRINTED}, ".ansicht", size)
    page.locator(".ansicht summary").first.click()
    picture = page.locator(".seitenbild img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())
    page.close()
    page = drawn(browser, page_url, {"q": QUESTION}, ".treffer", size)
    player = page.locator("audio").first
    player.evaluate("async audio => { audio.muted = true; await audio.play(); audio.pause(); }")
    assert player.evaluate("audio => audio.currentTime") >= 62
    page.get_by_role("link", name="Ähnliche Stellen").first.click()
    page.locator("h1", has_text="Ähnliche Stellen").wait_for()
    page.locator(".treffer").first.get_by_role("link", name="lesen").first.click()
    expect(page.locator(".gesucht")).to_be_in_viewport()
    page.get_by_role("link", name="Zurück zu den Antworten").first.click()
    page.locator(".urteil").wait_for()
    page.close()


@IN_BOTH_SIZES
def test_a_question_is_left_for_the_staff(browser: Browser, page_url: str, size: tuple[int, int]) -> None:
    page = drawn(browser, page_url, {"q": UNKNOWN}, ".urteil-none", size)
    page.get_by_role("button", name="Frage dalassen").click()
    page.get_by_text("Danke, die Frage ist notiert.").wait_for()
    settled(page)
    photograph_streamlit(page, f"frage-notiert-{size[0]}")
    page.close()


def test_answers_are_narrowed_down_widened_again_and_shown_in_another_language(
    browser: Browser, page_url: str
) -> None:
    page = drawn(browser, page_url, {"q": QUESTION}, ".treffer")
    page.get_by_text("Antworten eingrenzen").click()
    page.locator("button", has_text="Häufige Fragen").click()
    page.wait_for_url("**kind=faq**")
    page.get_by_text("Antworten eingrenzen (1 gewählt)").wait_for()
    settled(page)
    assert {each.split(" · ")[0] for each in page.locator(".quelle").all_inner_texts()} == {"Häufige Fragen"}
    page.get_by_role("link", name="English").click()
    page.get_by_text("This answers your question.").wait_for()
    page.get_by_text("Narrow down the answers (1 chosen)").wait_for()
    page.get_by_role("button", name="Clear filters").click()
    expect(page).not_to_have_url(re.compile("kind="))
    expect(page.locator(".quelle").nth(4)).to_be_attached()
    assert "lang=en" in page.url
    page.close()


def test_a_correction_is_undone_and_more_passages_are_asked_for(browser: Browser, page_url: str) -> None:
    page = drawn(browser, page_url, {"q": MISSPELT}, ".treffer")
    told = page.get_by_text("Gesucht wurde auch:")
    assert "Unfallversicherung" in told.inner_text()
    page.get_by_role("link", name="Nur so suchen").click()
    page.get_by_text("genau so, wie Sie es geschrieben haben").wait_for()
    assert told.count() == 0
    settled(page)
    photograph_streamlit(page, f"wortgetreu-{DESKTOP[0]}")
    page.get_by_role("link", name="Auch verwandte Wörter").click()
    told.wait_for()
    settled(page)
    before = page.locator(".treffer").count()
    page.get_by_role("link", name="Mehr davon zeigen").click()
    page.locator(".treffer").nth(before).wait_for()
    assert "mehr=1" in page.url
    settled(page)
    photograph_streamlit(page, f"mehr-{DESKTOP[0]}")
    expect(page.get_by_label("Ihre Frage")).to_have_value(MISSPELT)
    page.close()


@IN_BOTH_SIZES
def test_three_answers_lead_to_a_programme_its_reasons_and_its_sheet(
    browser: Browser, page_url: str, size: tuple[int, int]
) -> None:
    page = drawn(browser, page_url, {"seite": "foerderlotse"}, f"text={GERMAN.guide_applicant}", size)
    choose(page, GERMAN.guide_applicant, GERMAN.applicants["verein"])
    choose(page, GERMAN.guide_country, "Frankreich")
    choose(page, GERMAN.guide_purpose, GERMAN.purposes["jugend"])
    page.get_by_label(GERMAN.guide_amount).fill("450")
    page.get_by_text(GERMAN.guide_advance).click()
    page.get_by_role("button", name=GERMAN.guide_show).click()
    programme = page.locator("article", has_text="Zuschuss zum Bus")
    programme.wait_for()
    settled(page)
    assert programme.locator(".gruende li").count() >= 5
    assert "500" in programme.inner_text()
    photograph_streamlit(page, f"lotse-beantwortet-{size[0]}")
    programme.get_by_role("link", name="Zuschuss zum Bus").click()
    page.locator("h1", has_text="Zuschuss zum Bus").wait_for()
    page.get_by_text("Den Bus bezahlt zur Hälfte das Land.").wait_for()
    page.close()


def choose(page: Page, question: str, answer: str) -> None:
    """Open the list of a question, type what is looked for, and take it."""
    field = page.get_by_role("combobox", name=question)
    field.evaluate(_TO_THE_MIDDLE)
    field.click()
    options = page.get_by_role("option")
    options.first.wait_for()
    page.keyboard.type(answer)
    options.filter(has_text=answer).click()
    options.first.wait_for(state="detached")
