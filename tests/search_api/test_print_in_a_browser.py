"""What a printer makes of the page of answers: the answers with their sources, and no controls."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from pypdf import PdfReader

from tests.browser import DESKTOP, NEEDS_CHROMIUM, SCREENSHOTS, chromium, photograph, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM

QUESTION = "Wer bezahlt den Bus?"
ADDRESS = "https://stadt.example/bus"
PLACES = ("Gleis", "Markt", "Hafen", "Bahnhof", "Rathaus", "Museum", "Theater", "Schule")
SOURCES: dict[str, str | bytes] = {
    f"handbuch/{place.lower()}.md": (
        f"---\ntitle: Der Bus am {place}\nlast_checked: 2026-11-22\nurl: {ADDRESS}\n---\n"
        f"# {place}\n\nDen Bus zum {place} bezahlt der Verein.\n"
    )
    for place in PLACES
}
CONTROLS = (
    *("Fragen", "Förder-Lotse", "Deutsch", "Suchen", "Antworten eingrenzen", "Im Dokument lesen"),
    *("Original-Datei öffnen", "Ähnliche Stellen", "Zum Inhalt springen", "Leichte Sprache"),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with served(tmp_path_factory.mktemp("house"), SOURCES) as site, chromium() as browser:
        opened = browser.new_page(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
        opened.goto(f"{site}/suche?{urlencode({'q': QUESTION})}")
        opened.emulate_media(media="print")
        yield opened


def test_controls_are_not_printed(page: Page) -> None:
    lines = {line.strip() for line in page.locator("body").inner_text().splitlines()}
    assert not [each for each in CONTROLS if any(each == line or each in line.split("  ") for line in lines)]
    assert page.locator("nav:visible, form:visible, button:visible, input:visible").count() == 0


def test_answers_are_printed_with_source_date_address_and_day(page: Page) -> None:
    words = page.locator("body").inner_text()
    assert QUESTION in page.locator("h1").inner_text()
    assert "Das beantwortet Ihre Frage." in words
    first = page.locator("article").first
    assert "Handbuch · Der Bus am" in first.inner_text()
    assert "geprüft am 22.11.2026" in first.inner_text()
    way = first.get_by_text("Internetseite dazu")
    assert way.is_visible()
    assert ADDRESS in way.evaluate("each => getComputedStyle(each, '::after').content")
    assert page.locator(".gedruckt").inner_text() == "Gedruckt am 22.11.2026"


def test_hits_are_printed_as_they_are_shown_the_later_ones_where_they_were_opened(page: Page) -> None:
    assert page.locator("article:visible").count() == 5
    assert not page.locator(".weitere").is_visible()
    page.eval_on_selector(".weitere", "each => each.open = true")
    assert page.locator("article:visible").count() == len(PLACES)
    photograph(page, "druck", "antwort")
    page.pdf(path=SCREENSHOTS / "druck" / "antwort.pdf", format="A4")
    text = "\n".join(each.extract_text() for each in PdfReader(SCREENSHOTS / "druck" / "antwort.pdf").pages)
    assert all(f"Den Bus zum {place} bezahlt der Verein." in text for place in PLACES)
    assert ADDRESS in text
    assert [each for each in CONTROLS if each in text.replace(QUESTION, "")] == []
