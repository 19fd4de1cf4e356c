"""The second door in Chromium: by keyboard, without JavaScript, small, enlarged, dark, and through axe-core.

Every state is drawn into `var/screenshots`, to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from index.passage import document_id
from tests.browser import (
    DESKTOP,
    ENLARGED,
    NARROW,
    NEEDS_CHROMIUM,
    PHONE,
    PRINTED,
    SOURCES,
    SPACED,
    chromium,
    photograph,
    served,
    violations,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

STATES: dict[str, tuple[str, dict[str, str]]] = {
    "lotse": ("foerderlotse", {}),
    "programme": (
        "foerderlotse",
        {"applicant": "verein", "country": "fr", "amount": "800", "advance": "true"},
    ),
    "start": ("suche", {}),
    "antwort": ("suche", {"q": "Wer bezahlt den Bus?"}),
    "gefiltert": ("suche", {"q": "Wer bezahlt den Bus?", "kind": "handbuch"}),
    "nichts": ("suche", {"q": "Zitronenfalter Quantenmechanik"}),
    "abgelehnt": ("suche", {"q": "???"}),
    "dokument": ("suche", {"q": "Wer bezahlt den Bus?", "dokument": document_id("handbuch/bus.md")}),
    "start-en": ("suche", {"lang": "en"}),
    "antwort-en": ("suche", {"q": "Wer bezahlt den Bus?", "lang": "en"}),
    "start-fr": ("suche", {"lang": "fr"}),
    "antwort-fr": ("suche", {"q": "Wer bezahlt den Bus?", "lang": "fr"}),
    "programme-fr": ("foerderlotse", {"applicant": "verein", "amount": "800", "lang": "fr"}),
    "seite": ("suche", {"q": PRINTED}),
    "eingebettet": ("suche", {"q": "Wer bezahlt den Bus?", "embed": "1"}),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("house"), SOURCES) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def address_of(site: str, state: str) -> str:
    path, parameters = STATES[state]
    return f"{site}/{path}?{urlencode(parameters)}"


def shown(browser: Browser, site: str, state: str, size: tuple[int, int], *, dark: bool = False) -> Page:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        bypass_csp=True,  # the tests put styles of their own in
    )
    page.goto(address_of(site, state))
    return page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(browser: Browser, site: str, state: str, dark: bool) -> None:
    for size in (DESKTOP,) if dark else (DESKTOP, PHONE):  # dark changes colours, not places
        page = shown(browser, site, state, size, dark=dark)
        page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        page.wait_for_load_state("networkidle")
        assert violations(page) == []
        photograph(page, "suche", f"{state}-{size[0]}{'-dunkel' if dark else ''}")
        page.close()


@pytest.mark.parametrize("address", ["barrierefreiheit", "leichte-sprache"])
def test_axe_finds_nothing_on_the_standing_pages(browser: Browser, site: str, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/{address}")
    assert violations(page) == []
    photograph(page, "suche", address)
    page.close()


@pytest.mark.parametrize("size", [NARROW, PHONE, ENLARGED], ids=["320 px", "360 px", "200 percent"])
@pytest.mark.parametrize("state", STATES)
def test_nothing_has_to_be_scrolled_sideways(
    browser: Browser, site: str, state: str, size: tuple[int, int]
) -> None:
    page = shown(browser, site, state, size)
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    for _ in ("as it is", "with wider letters"):
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        cut = "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.outerHTML)"
        assert page.eval_on_selector_all("main p, main h1, main h2, main div, main li, button", cut) == []
        page.add_style_tag(content=SPACED)
    page.close()


def test_a_question_is_asked_and_a_source_opened_by_keyboard_without_javascript(
    browser: Browser, site: str
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}/suche")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Zum Inhalt springen"
    assert page.locator(":focus").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Wer bezahlt den Bus?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche?q=Wer+bezahlt+den+Bus%3F")
    assert "Das beantwortet Ihre Frage." in page.locator(".urteil").inner_text()
    way = page.locator("article").first.get_by_role("link", name="lesen").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == way.inner_text():
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**dokument=**")
    assert page.locator(".gesucht").first.is_visible()
    page.close()


def test_a_filter_is_set_by_keyboard_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}/suche?q=Wer+bezahlt+den+Bus%3F")
    page.locator("summary", has_text="Antworten eingrenzen").press("Enter")
    page.get_by_label("Häufige Fragen").press("Space")
    page.get_by_role("button", name="Filter anwenden").press("Enter")
    page.wait_for_url("**kind=faq**")
    assert {each.split(" · ")[0] for each in page.locator(".quelle").all_inner_texts()} == {"Häufige Fragen"}
    page.close()


def test_focus_can_be_seen_on_everything(browser: Browser, site: str) -> None:
    page = shown(browser, site, "antwort", DESKTOP)
    width = "() => parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(width) >= 2
    page.close()


def test_nothing_is_asked_of_any_other_machine(browser: Browser, site: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for state in STATES:
        page.goto(address_of(site, state))
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []
    page.close()


def test_the_page_of_a_pdf_is_drawn_when_it_is_unfolded(browser: Browser, site: str) -> None:
    page = browser.new_page()
    pictures: list[int] = []
    page.on("response", lambda answer: pictures.append(answer.status) if ".png" in answer.url else None)
    page.goto(address_of(site, "seite"))
    assert pictures == []
    with page.expect_response("**/*.png?**"):
        page.locator("summary", has_text="die Stelle ist markiert").first.press("Enter")
    assert pictures == [200]
    page.close()


def test_a_recording_can_be_played_from_its_second(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(address_of(site, "antwort"))
    player = page.locator("audio").first
    assert player.get_attribute("src") == f"./documents/{document_id('transkripte/bus.vtt')}/recording#t=62"
    player.evaluate("async audio => { audio.muted = true; await audio.play(); audio.pause(); }")
    assert player.evaluate("audio => audio.currentTime") >= 62
    page.close()


def test_a_question_is_left_by_keyboard_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address_of(site, "nichts"))
    page.get_by_role("button", name="Frage dalassen").press("Enter")
    page.wait_for_url("**/frage-notiert")
    assert page.locator("h1").inner_text() == "Danke, die Frage ist notiert."
    assert faults_of(browser, page.url) == []
    page.close()


def faults_of(browser: Browser, url: str) -> list[tuple[str, str, list[str]]]:
    page = browser.new_page()
    page.goto(url)
    found = violations(page)
    page.close()
    return found
