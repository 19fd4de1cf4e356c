"""The office hour in Chromium, from the first key to the file that is sent, over the real API."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pypdf
import pytest

from tests.browser import (
    DESKTOP,
    NEEDS_CHROMIUM,
    chromium,
    photograph_streamlit,
    served,
    streamlit_over,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM

BUS, TOLL = "Wer bezahlt den Bus?", "Wer zahlt die Maut?"
SENTENCES = {
    "handbuch/bus.md": "Den Bus bezahlt zuerst der Verein.",
    "handbuch/reise.md": "Den Bus bezahlt bei einer Reise die Gruppe.",
    "studien/bus.md": "Den Bus bezahlt in drei Städten das Rathaus.",
    "faq/maut.md": "Die Maut zahlt, wer den Bus bestellt.",
}
SOURCES = {source: f"# Kosten\n\n{sentence} Das ist lange so.\n" for source, sentence in SENTENCES.items()}
NOTE = "Am Telefon besprochen"
_OF_STREAMLIT = {"region"}  # its main region is a section without a name


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def page_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("house"), SOURCES) as api, streamlit_over(api) as url:
        yield url


def office(browser: Browser, page_url: str, size: tuple[int, int] = DESKTOP) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    page.goto(f"{page_url}/?seite=sprechstunde")
    page.locator(".st-key-fundstellen").wait_for()
    page.get_by_label("Ihre Frage").wait_for()
    return page


def ask(page: Page, question: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    page.locator(".st-key-fall", has_text=question).wait_for()
    page.get_by_role("button", name="Anheften").first.wait_for()
    page.wait_for_function("document.activeElement.matches('.st-key-antworten')")


def pin_next(page: Page, number: int) -> None:
    page.keyboard.press("j")
    page.keyboard.press("p")
    page.get_by_role("heading", name=f"Angeheftete Fundstellen ({number})").wait_for()


def saved(page: Page) -> None:
    """Wait until Streamlit has nothing to do."""
    page.wait_for_function("document.querySelector('.stApp').dataset.testScriptState === 'notRunning'")


def test_six_keys_find_collect_and_send_before_the_call_ends(browser: Browser, page_url: str) -> None:
    page = office(browser, page_url)
    ask(page, BUS)
    pin_next(page, 1)
    pin_next(page, 2)
    assert page.evaluate("document.activeElement.className").count("st-key-treffer_2") == 1

    note = page.get_by_label("Notiz zu Fundstelle 1")
    note.focus()
    page.keyboard.type(NOTE)
    page.keyboard.press("Escape")
    ask(page, TOLL)
    pin_next(page, 3)
    photograph_streamlit(page, "sprechstunde-1280")

    page.reload()
    page.locator(".st-key-fundstellen article").nth(2).wait_for()
    assert note.input_value() == NOTE
    assert page.locator(".st-key-fall", has_text=BUS).filter(has_text=TOLL).count() == 1

    page.keyboard.press("e")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    paragraphs = docx.Document(str(started.value.path())).paragraphs
    assert_complete("\n".join(paragraph.text for paragraph in paragraphs))

    page.keyboard.press("Tab")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    pdf = pypdf.PdfReader(io.BytesIO(started.value.path().read_bytes()))
    assert_complete("\n".join(sheet.extract_text() for sheet in pdf.pages))
    page.close()


def assert_complete(folder: str) -> None:
    text = " ".join(folder.split())
    found = [sentence for sentence in SENTENCES.values() if sentence in text]
    assert len(found) == 3
    assert NOTE in text
    assert BUS in text
    assert TOLL in text
