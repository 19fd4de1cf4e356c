"""The Streamlit page in Chromium, state by state: axe-core, phone, enlarged, wider letters, no other machine.

Every state is drawn into `var/screenshots`, to be looked at.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import httpx
import pytest

from index.passage import document_id
from search_api.view.languages.german import GERMAN
from tests.browser import (
    DESKTOP,
    ENLARGED,
    NARROW,
    NEEDS_CHROMIUM,
    PHONE,
    SPACED,
    photograph_streamlit,
    resized,
    running,
    served,
    settled,
    streamlit_over,
    violations,
)
from tests.browser_sources import MISSPELT, PERHAPS, PRINTED, QUESTION, RUN_OUT, SOURCES, UNKNOWN
from tests.search_api.house import House
from tests.ui.streamlit_page import draw, drawn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

HOSTILE = """<img src=x onerror="document.title='angegriffen'">

Den Anhänger bezahlt <script>document.title = "angegriffen"</script> der Verein. [Klick](javascript:alert(1)) ![x](https://example.org/x.png)
<iframe src="https://example.org"></iframe> $\\href{javascript:alert(1)}{x}$ :red[rot] :material/bolt:
"""
SIMILAR = "aehnlich"
GUIDE = {"seite": "foerderlotse"}
STATES: dict[str, tuple[dict[str, str], str]] = {  # the address, and what is there when the page is drawn
    "start": ({}, "text=Alle Dokumente ansehen"),
    "antwort": ({"q": QUESTION}, ".treffer"),
    "gefiltert": ({"q": QUESTION, "kind": "handbuch"}, ".treffer"),
    "vielleicht": ({"q": PERHAPS}, ".urteil-partial"),
    "korrigiert": ({"q": MISSPELT}, "text=Nur so suchen"),
    "abgelaufen": ({"q": RUN_OUT, "abgelaufene": "1"}, ".treffer:has(.abgelaufen) .neuer"),
    "nichts": ({"q": UNKNOWN}, ".urteil-none"),
    "abgelehnt": ({"q": "???"}, ".hinweis"),
    "dokument": ({"q": QUESTION, "dokument": document_id("handbuch/bus.md")}, ".passage"),
    SIMILAR: ({"q": QUESTION}, ".treffer"),  # and the passage, which only the house knows
    "seite": ({"q": PRINTED}, ".ansicht"),
    "english": ({"q": QUESTION, "lang": "en"}, ".treffer"),
    "francais": ({"q": QUESTION, "lang": "fr"}, ".treffer"),
    "feindlich": ({"q": "Wer bezahlt den Anhänger?"}, ".treffer"),
    "lotse": (GUIDE, f"text={GERMAN.guide_applicant}"),
    "programme": ({**GUIDE, "applicant": "verein", "country": "fr"}, ".treffer"),
    "programme-fr": ({**GUIDE, "applicant": "verein", "amount": "800", "lang": "fr"}, ".treffer"),
}
# Streamlit's own: its main region is a section without a name, and its page has two places for blocks.
_OF_STREAMLIT = {"region"}
_WIDE = "[...document.querySelectorAll('main, section')].map(each => each.scrollWidth - each.clientWidth)"
_ON_TOP = """each => {
  const {left, right, top, bottom, width} = each.getBoundingClientRect();
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return width > 0 && left >= 0 && right <= innerWidth && each.contains(seen);
}"""  # whether a person sees its middle, and it ends within the window


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    sources = {**SOURCES, "handbuch/anhaenger.txt": HOSTILE}
    with served(tmp_path_factory.mktemp("house"), sources) as api:
        yield api


@pytest.fixture(scope="module")
def page_url(house: str) -> Iterator[str]:
    """The page as `streamlit run` serves it, over a running API."""
    with streamlit_over(house) as url:
        yield url


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that pages fetched something from."""
    return []


@pytest.fixture(scope="module", params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(browser: Browser, page_url: str, house: str, state: str, asked: list[str]) -> Iterator[Page]:
    """A page in one state with everything unfolded; each test makes the window as large as it needs it."""
    opened = browser.new_page(bypass_csp=True)
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("websocket", lambda socket: asked.append(socket.url))
    draw(opened, page_url, parameters_of(state, house), STATES[state][1])
    unfold(opened)
    yield opened
    opened.close()


def unfold(page: Page) -> None:
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")


def parameters_of(state: str, house: str) -> dict[str, str]:
    parameters, _ = STATES[state]
    if state != SIMILAR:
        return parameters
    with httpx.Client(base_url=house) as client:
        best = client.get("/search", params=parameters).json()["hits"][0]
    return {**parameters, SIMILAR: best["passage_id"]}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "360 px"])
def test_axe_finds_nothing_serious_of_ours(page: Page, state: str, size: tuple[int, int]) -> None:
    resized(page, size)
    settled(page)  # fields that Streamlit fetches late must be there, or axe sees none
    photograph_streamlit(page, f"{state}-{size[0]}")
    assert serious(page) == []


def serious(page: Page) -> list[tuple[str, str, list[str]]]:
    found = [each for each in violations(page) if each[0] not in _OF_STREAMLIT]
    return [each for each in found if each[1] in {"serious", "critical"}]


@pytest.mark.parametrize("size", [NARROW, ENLARGED], ids=["320 px", "200 percent"])
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
    assert max(page.evaluate(_WIDE)) <= 1


def test_the_answer_can_be_read_at_200_percent(browser: Browser, page_url: str) -> None:
    page = drawn(browser, page_url, {"q": QUESTION}, ".treffer", ENLARGED)
    for part in (".urteil", ".treffer .antwortsatz", ".treffer .quelle", ".treffer a"):
        first = page.locator(part).first
        first.scroll_into_view_if_needed()
        assert first.evaluate(_ON_TOP), part
    page.close()


def test_nothing_is_asked_of_any_other_machine(page: Page, asked: list[str]) -> None:
    settled(page)
    assert any(url.startswith("ws") for url in asked)
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []


def test_nothing_of_a_hostile_source_acts(browser: Browser, page_url: str) -> None:
    page = drawn(browser, page_url, *STATES["feindlich"])
    unfold(page)
    hit = page.locator(".treffer", has_text="Anhänger").first
    assert "<script>" in hit.inner_text()
    assert page.title() == "Partnerschaftslotse"
    assert page.locator(".treffer :is(iframe, script, [onerror])").count() == 0
    sources = page.locator(".treffer img").evaluate_all("all => all.map(each => each.src)")
    assert [source for source in sources if not source.startswith("http://127.0.0.1:")] == []
    assert page.locator(".treffer a[href^='javascript']").count() == 0
    page.close()


def test_an_empty_house_and_an_absent_api_are_told_to_every_reader(browser: Browser, tmp_path: Path) -> None:
    with ExitStack() as api, streamlit_over(api.enter_context(running(House(tmp_path)))) as url:
        page = drawn(browser, url, {"q": QUESTION}, ".hinweis")
        assert_told(page, "Die Suche ist noch nicht bereit.", "nichts-eingelesen")
        api.close()
        draw(page, url, {"q": QUESTION}, "text=Die Suche ist gerade nicht erreichbar.")
        assert_told(page, "Die Suche ist gerade nicht erreichbar.", "ohne-api")
        page.close()


def assert_told(page: Page, words: str, name: str) -> None:
    for size in (DESKTOP, PHONE):
        resized(page, size)
        photograph_streamlit(page, f"{name}-{size[0]}")
        assert words in page.locator(".hinweis").inner_text()
        assert page.get_by_role("button", name="Noch einmal versuchen").is_visible()
        assert serious(page) == []
        assert_fits(page, size[0])
