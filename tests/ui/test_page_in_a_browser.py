"""The Streamlit page in Chromium: axe-core, phones, wider letters, the keyboard, and nobody else asked.

Every state is drawn into `var/screenshots`, to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from index.passage import document_id
from tests.browser import (
    DESKTOP,
    NARROW,
    NEEDS_CHROMIUM,
    PHONE,
    PRINTED,
    SOURCES,
    SPACED,
    chromium,
    photograph_streamlit,
    served,
    streamlit_over,
    violations,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

QUESTION = "Wer bezahlt den Bus?"
HOSTILE = """<img src=x onerror="document.title='angegriffen'">

Den Anhänger bezahlt <script>document.title = "angegriffen"</script> der Verein. [Klick](javascript:alert(1)) ![x](https://example.org/x.png)
<iframe src="https://example.org"></iframe> $\\href{javascript:alert(1)}{x}$ :red[rot] :material/bolt:
"""
STATES: dict[str, tuple[dict[str, str], str]] = {  # the address, and what is there when the page is drawn
    "start": ({}, "text=Alle Dokumente ansehen"),
    "antwort": ({"q": QUESTION}, ".treffer"),
    "gefiltert": ({"q": QUESTION, "kind": "handbuch"}, ".treffer"),
    "nichts": ({"q": "Zitronenfalter Quantenmechanik"}, ".urteil-none"),
    "abgelehnt": ({"q": "???"}, ".hinweis"),
    "dokument": ({"q": QUESTION, "dokument": document_id("handbuch/bus.md")}, ".passage"),
    "seite": ({"q": PRINTED}, ".ansicht"),
    "english": ({"q": QUESTION, "lang": "en"}, ".treffer"),
    "feindlich": ({"q": "Wer bezahlt den Anhänger?"}, ".treffer"),
    "lotse": ({"seite": "foerderlotse"}, "text=Programme zeigen"),
    "programme": ({"seite": "foerderlotse", "applicant": "verein", "country": "fr"}, ".treffer"),
}
# Streamlit's own: its main region is a section without a name, and its page has two places for blocks.
_OF_STREAMLIT = {"region"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page as `streamlit run` serves it, over a running API."""
    with (
        served(tmp_path_factory.mktemp("house"), {**SOURCES, "handbuch/anhaenger.txt": HOSTILE}) as api,
        streamlit_over(api) as url,
    ):
        yield url


def shown(browser: Browser, page_url: str, state: str, size: tuple[int, int]) -> Page:
    parameters, drawn = STATES[state]
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page.goto(f"{page_url}/?{urlencode(parameters)}")
    page.locator(drawn).first.wait_for()
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    return page


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "360 px"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious_of_ours(
    browser: Browser, page_url: str, state: str, size: tuple[int, int]
) -> None:
    page = shown(browser, page_url, state, size)
    photograph_streamlit(page, f"{state}-{size[0]}")
    found = [each for each in violations(page) if each[0] not in _OF_STREAMLIT]
    assert [each for each in found if each[1] in {"serious", "critical"}] == []
    page.close()


@pytest.mark.parametrize("state", STATES)
def test_nothing_has_to_be_scrolled_sideways(browser: Browser, page_url: str, state: str) -> None:
    page = shown(browser, page_url, state, NARROW)
    for _ in ("as it is", "with wider letters"):
        wide = (
            "[...document.querySelectorAll('main, section')].map(each => each.scrollWidth - each.clientWidth)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
        assert max(page.evaluate(wide)) <= 1
        page.add_style_tag(content=SPACED)
    page.close()


def test_nothing_is_asked_of_any_other_machine(browser: Browser, page_url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    for parameters, drawn in STATES.values():
        page.goto(f"{page_url}/?{urlencode(parameters)}")
        page.locator(drawn).first.wait_for()
    assert any(url.startswith("ws") for url in asked)
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    page.close()


def test_nothing_of_a_hostile_source_acts(browser: Browser, page_url: str) -> None:
    page = shown(browser, page_url, "feindlich", DESKTOP)
    hit = page.locator(".treffer", has_text="Anhänger").first
    assert "<script>" in hit.inner_text()
    assert page.title() == "Partnerschaftslotse"
    assert page.locator(".treffer :is(iframe, script, [onerror])").count() == 0
    sources = page.locator(".treffer img").evaluate_all("all => all.map(each => each.src)")
    assert [source for source in sources if not source.startswith("http://127.0.0.1:")] == []
    assert page.locator(".treffer a[href^='javascript']").count() == 0
    page.close()


def test_a_question_is_asked_and_a_source_opened_by_keyboard(browser: Browser, page_url: str) -> None:
    page = shown(browser, page_url, "start", DESKTOP)
    box = page.get_by_label("Ihre Frage")
    _tab_to(page, "input[aria-label='Ihre Frage']")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".treffer").first.wait_for()
    assert box.input_value() == QUESTION
    assert "q=Wer+bezahlt" in page.url
    _tab_to(page, ".treffer a")
    page.keyboard.press("Enter")
    page.locator(".gesucht").wait_for()
    assert page.locator(".gesucht").is_visible()
    page.close()


def test_what_a_hit_leads_to_opens_in_the_page(browser: Browser, page_url: str) -> None:
    page = shown(browser, page_url, "seite", DESKTOP)
    picture = page.locator(".seitenbild img").first
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.naturalWidth > 0", arg=picture.element_handle())
    page.close()
    page = shown(browser, page_url, "antwort", DESKTOP)
    player = page.locator("audio").first
    player.evaluate("async audio => { audio.muted = true; await audio.play(); audio.pause(); }")
    assert player.evaluate("audio => audio.currentTime") >= 62
    page.get_by_role("link", name="Ähnliche Stellen").first.click()
    page.locator("h1", has_text="Ähnliche Stellen").wait_for()
    page.get_by_role("link", name="Zurück zu den Antworten").first.click()
    page.locator(".urteil").wait_for()
    page.close()


def test_a_question_is_left_for_the_staff(browser: Browser, page_url: str) -> None:
    page = shown(browser, page_url, "nichts", PHONE)
    page.get_by_role("button", name="Frage dalassen").click()
    page.get_by_text("Danke, die Frage ist notiert.").wait_for()
    page.close()


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")
