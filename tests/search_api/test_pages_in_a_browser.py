"""The second door in Chromium, state by state: axe-core, phones, enlarged, wider letters, dark.

Every state is drawn into `var/screenshots`, to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import pytest

from index.passage import document_id
from tests.browser import (
    DESKTOP,
    ENLARGED,
    NARROW,
    NEEDS_CHROMIUM,
    PHONE,
    SPACED,
    photograph,
    resized,
    running,
    served,
    violations,
)
from tests.browser_sources import MISSPELT, PERHAPS, PRINTED, QUESTION, RUN_OUT, SOURCES, UNKNOWN
from tests.search_api.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

SIMILAR = "aehnlich"
STATES: dict[str, tuple[str, dict[str, str]]] = {
    "lotse": ("foerderlotse", {}),
    "programme": (
        "foerderlotse",
        {"applicant": "verein", "country": "fr", "amount": "800", "advance": "true"},
    ),
    "start": ("suche", {}),
    "antwort": ("suche", {"q": QUESTION}),
    "gefiltert": ("suche", {"q": QUESTION, "kind": "handbuch"}),
    "vielleicht": ("suche", {"q": PERHAPS}),
    "korrigiert": ("suche", {"q": MISSPELT}),
    "wortgetreu": ("suche", {"q": MISSPELT, "wortgetreu": "1"}),
    "abgelaufen": ("suche", {"q": RUN_OUT, "abgelaufene": "1"}),
    "nichts": ("suche", {"q": UNKNOWN}),
    "abgelehnt": ("suche", {"q": "???"}),
    "dokument": ("suche", {"q": QUESTION, "dokument": document_id("handbuch/bus.md")}),
    SIMILAR: ("suche", {"q": QUESTION}),  # and the passage, which only the house knows
    "start-en": ("suche", {"lang": "en"}),
    "antwort-en": ("suche", {"q": QUESTION, "lang": "en"}),
    "start-fr": ("suche", {"lang": "fr"}),
    "antwort-fr": ("suche", {"q": QUESTION, "lang": "fr"}),
    "programme-fr": ("foerderlotse", {"applicant": "verein", "amount": "800", "lang": "fr"}),
    "seite": ("suche", {"q": PRINTED}),
    "eingebettet": ("suche", {"q": QUESTION, "embed": "1"}),
    "barrierefreiheit": ("barrierefreiheit", {}),
    "leichte-sprache": ("leichte-sprache", {}),
    "frage-notiert": ("frage-notiert", {}),
}
# What a state is there for: without it the picture would be of something else.
SHOWN = {
    "vielleicht": ".urteil-partial",
    "korrigiert": "a:has-text('Nur so suchen')",
    "wortgetreu": "a:has-text('Auch verwandte Wörter')",
    "abgelaufen": ".abgelaufen, .neuer",
    SIMILAR: "h1:has-text('Ähnliche Stellen') ~ article",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("house"), SOURCES) as address:
        yield address


@pytest.fixture(scope="module", params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(browser: Browser, site: str, state: str) -> Iterator[Page]:
    """A page in one state with everything unfolded; each test makes the window as large as it needs it."""
    opened = browser.new_page(bypass_csp=True)  # the tests put styles of their own in
    opened.goto(address_of(site, state))
    assert state not in SHOWN or opened.locator(SHOWN[state]).count()
    opened.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    opened.wait_for_load_state("networkidle")
    yield opened
    opened.close()


def address_of(site: str, state: str) -> str:
    path, parameters = STATES[state]
    if state == SIMILAR:
        with httpx.Client(base_url=site) as client:
            best = client.get("/search", params=parameters).json()["hits"][0]
        parameters = {**parameters, SIMILAR: best["passage_id"]}
    return f"{site}/{path}?{urlencode(parameters)}"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "360 px"])
def test_axe_finds_nothing_in_any_state(page: Page, state: str, size: tuple[int, int]) -> None:
    resized(page, size)
    photograph(page, "suche", f"{state}-{size[0]}")
    assert violations(page) == []


def test_axe_finds_nothing_in_the_dark(page: Page, state: str) -> None:
    resized(page, DESKTOP)  # dark changes colours, not places
    page.emulate_media(color_scheme="dark")
    photograph(page, "suche", f"{state}-{DESKTOP[0]}-dunkel")
    found = violations(page)
    page.emulate_media(color_scheme="light")
    assert found == []


@pytest.mark.parametrize("size", [NARROW, PHONE, ENLARGED], ids=["320 px", "360 px", "200 percent"])
def test_nothing_has_to_be_scrolled_sideways(page: Page, size: tuple[int, int]) -> None:
    resized(page, size)
    assert_fits(page, size[0])
    wider = page.add_style_tag(content=SPACED)
    try:
        assert_fits(page, size[0])
    finally:
        wider.evaluate("each => each.remove()")  # the page serves other tests


def assert_fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = "all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.outerHTML)"
    assert page.eval_on_selector_all("main p, main h1, main h2, main div, main li, button", cut) == []


def test_focus_can_be_seen_on_everything(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(address_of(site, "antwort"))
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


def test_a_house_without_documents_says_so_to_every_reader(browser: Browser, tmp_path: Path) -> None:
    with running(House(tmp_path)) as site:
        page = browser.new_page()
        page.goto(f"{site}/suche?{urlencode({'q': QUESTION})}")
        for size in (DESKTOP, PHONE):
            resized(page, size)
            photograph(page, "suche", f"nichts-eingelesen-{size[0]}")
            assert page.locator(".hinweis").is_visible()
            assert violations(page) == []
            assert_fits(page, size[0])
        page.close()
