"""On a phone the answer comes first, on both doors: its sentence can be read before anything is scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

import pytest

from tests.browser import (
    NEEDS_CHROMIUM,
    PHONE,
    SCREENSHOTS,
    served,
    streamlit_over,
)
from tests.browser_sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

SENTENCE = (
    "Die Haftpflichtversicherung des Vereins deckt Schäden, die Mitglieder auf einer Fahrt in die "
    "Partnerstadt anderen zufügen, nur dann, wenn die Fahrt vorher im Vorstand beschlossen wurde."
)
# The first is written wrong once, so that the page has to say what it searched for instead.
ANSWERED = "Deckt die Haftpflichtversichrung des Vereins Schäden auf einer Fahrt?"
PARTIAL = "Wer beschloss das Apfelfest am Montag trotz der Haftpflichtversicherung?"
STATES: list[tuple[str, dict[str, str]]] = [  # the verdict, and with which question it is come by
    ("answered", {"q": ANSWERED}),
    ("answered", {"q": ANSWERED, "kind": "handbuch"}),
    ("answered", {"q": ANSWERED, "lang": "fr"}),
    ("partial", {"q": PARTIAL}),
    ("partial", {"q": PARTIAL, "lang": "fr"}),
]


class Doors(NamedTuple):
    """The addresses of both."""

    suche: str
    seite: str


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    sources = {**SOURCES, "handbuch/haftung.md": f"# Haftung\n\n{SENTENCE} Fragen Sie nach.\n"}
    with served(tmp_path_factory.mktemp("house"), sources) as api, streamlit_over(api) as url:
        yield Doors(f"{api}/suche", f"{url}/")


@pytest.fixture(params=Doors._fields)
def door(doors: Doors, request: pytest.FixtureRequest) -> tuple[str, str]:
    """The name of a door and its address."""
    name: str = request.param
    return name, getattr(doors, name)


@pytest.mark.parametrize(("verdict", "asked"), STATES)
def test_the_first_answer_is_read_without_scrolling(
    browser: Browser, door: tuple[str, str], verdict: str, asked: dict[str, str]
) -> None:
    page = browser.new_page(viewport={"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{door[1]}?{urlencode(asked)}")
    page.locator(f".urteil-{verdict}").wait_for()
    page.locator(".filter, .st-key-filter_box").wait_for()  # drawn last, and above the second hit
    keep(page, "-".join([door[0], verdict, *list(asked.values())[1:]]))
    sentence = page.locator(".antwortsatz").first
    assert sentence.inner_text() == SENTENCE
    place = sentence.bounding_box()
    assert place is not None
    assert (place["y"] > 0, place["y"] + place["height"] <= PHONE[1]) == (True, True), place
    page.close()


def keep(page: Page, name: str) -> None:
    """A picture of the window as it opens, to be looked at."""
    folder = SCREENSHOTS / "handy"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png")
