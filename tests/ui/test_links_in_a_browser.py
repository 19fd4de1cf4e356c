"""Links from view to view in Chromium: Streamlit is not loaded anew, and nothing of the way is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser import NEEDS_CHROMIUM, PHONE, served, streamlit_over
from tests.browser_sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

QUESTION = "Wer bezahlt den Bus?"


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("house"), SOURCES) as api, streamlit_over(api) as url:
        yield url


def answered(browser: Browser, page_url: str) -> Page:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{page_url}/?{urlencode({'q': QUESTION})}")
    page.locator(".treffer").first.wait_for()
    page.evaluate("window.einmalGeladen = true")
    return page


def test_reading_on_and_coming_back_loads_nothing_anew(browser: Browser, page_url: str) -> None:
    page = answered(browser, page_url)
    hit = page.locator(".treffer", has_text="Land").first
    hit.get_by_role("link", name="Im Dokument lesen").click()
    page.wait_for_function("document.activeElement.matches('.gesucht')")
    expect(page.locator(".gesucht")).to_be_in_viewport()
    page.go_back()
    page.locator(".treffer").first.wait_for()
    expect(page.get_by_label("Ihre Frage")).to_have_value(QUESTION)
    page.get_by_role("link", name="Förder-Lotse").click()
    page.get_by_label("1. Wer sind Sie?").wait_for()
    page.wait_for_function("document.activeElement.matches('h1')")
    assert page.evaluate("window.einmalGeladen")
    page.close()


def test_the_language_is_changed_without_loading_anew(browser: Browser, page_url: str) -> None:
    page = answered(browser, page_url)
    page.get_by_role("link", name="English").click()
    page.get_by_label("Your question").wait_for()
    page.wait_for_function("document.documentElement.lang === 'en'")
    expect(page.get_by_label("Your question")).to_have_value(QUESTION)
    assert page.evaluate("window.einmalGeladen")
    page.close()


def test_a_link_can_still_be_opened_in_a_tab_of_its_own(browser: Browser, page_url: str) -> None:
    page = answered(browser, page_url)
    link = page.get_by_role("link", name="Im Dokument lesen").first
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.locator(".passage").first.wait_for()
    assert page.locator(".treffer").count()
    page.close()
