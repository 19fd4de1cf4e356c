"""What people do at the second door, in Chromium: by keyboard, on a phone, in a foreign frame."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from index.passage import document_id
from search_api.view.languages.german import GERMAN
from tests.browser import (
    DESKTOP,
    NEEDS_CHROMIUM,
    PHONE,
    photograph,
    running,
    served,
)
from tests.browser_sources import PRINTED, QUESTION, SOURCES, UNKNOWN
from tests.search_api.house import House

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = NEEDS_CHROMIUM
IN_BOTH_SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "360 px"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("house"), SOURCES) as address:
        yield address


def opened(browser: Browser, url: str, size: tuple[int, int], *, scripts: bool = True) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
    page.goto(url)
    return page


def answers(site: str, question: str) -> str:
    return f"{site}/suche?{urlencode({'q': question})}"


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
    page.keyboard.type(QUESTION)
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


@IN_BOTH_SIZES
def test_a_hit_leads_to_its_source_to_similar_ones_and_back(
    browser: Browser, site: str, size: tuple[int, int]
) -> None:
    page = opened(browser, answers(site, QUESTION), size)
    page.locator("article").first.get_by_role("link", name="lesen").first.click()
    assert page.locator(".gesucht").first.is_visible()
    page.get_by_role("link", name="Zurück zu den Antworten").first.click()
    page.get_by_role("link", name="Ähnliche Stellen").first.click()
    assert page.locator("h1").inner_text() == "Ähnliche Stellen"
    assert page.locator("article").count()
    page.get_by_role("link", name="Zurück zu den Antworten").first.click()
    assert page.locator(".urteil").is_visible()
    page.get_by_role("link", name="Mehr davon zeigen").click()
    assert page.locator("article").nth(12).is_visible()
    photograph(page, "suche", f"mehr-{size[0]}")
    page.get_by_role("link", name="English").click()
    assert "This answers your question." in page.locator(".urteil").inner_text()
    page.close()


def test_a_filter_is_set_by_keyboard_without_javascript(browser: Browser, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(answers(site, QUESTION))
    page.locator("summary", has_text="Antworten eingrenzen").press("Enter")
    page.get_by_label("Häufige Fragen").press("Space")
    page.get_by_role("button", name="Filter anwenden").press("Enter")
    page.wait_for_url("**kind=faq**")
    assert {each.split(" · ")[0] for each in page.locator(".quelle").all_inner_texts()} == {"Häufige Fragen"}
    page.close()


def test_the_page_of_a_pdf_is_drawn_when_it_is_unfolded(browser: Browser, site: str) -> None:
    page = browser.new_page()
    pictures: list[int] = []
    page.on("response", lambda answer: pictures.append(answer.status) if ".png" in answer.url else None)
    page.goto(answers(site, PRINTED))
    assert pictures == []
    with page.expect_response("**/*.png?**"):
        page.locator("summary", has_text="die Stelle ist markiert").first.press("Enter")
    assert pictures == [200]
    page.close()


def test_a_recording_can_be_played_from_its_second(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(answers(site, QUESTION))
    player = page.locator("audio").first
    assert player.get_attribute("src") == f"./documents/{document_id('transkripte/bus.vtt')}/recording#t=62"
    player.evaluate("async audio => { audio.muted = true; await audio.play(); audio.pause(); }")
    assert player.evaluate("audio => audio.currentTime") >= 62
    page.close()


@IN_BOTH_SIZES
def test_a_question_is_left_by_keyboard_without_javascript(
    browser: Browser, site: str, size: tuple[int, int]
) -> None:
    page = opened(browser, answers(site, UNKNOWN), size, scripts=False)
    page.get_by_role("button", name="Frage dalassen").press("Enter")
    page.wait_for_url("**/frage-notiert")
    assert page.locator("h1").inner_text() == "Danke, die Frage ist notiert."
    page.close()


@IN_BOTH_SIZES
def test_three_answers_lead_to_a_programme_its_reasons_and_its_sheet_without_javascript(
    browser: Browser, site: str, size: tuple[int, int]
) -> None:
    page = opened(browser, f"{site}/foerderlotse", size, scripts=False)
    page.get_by_label(GERMAN.guide_applicant).select_option(label=GERMAN.applicants["verein"])
    page.get_by_label(GERMAN.guide_country).select_option(label="Frankreich")
    page.get_by_label(GERMAN.guide_purpose).select_option(label=GERMAN.purposes["jugend"])
    page.get_by_label(GERMAN.guide_amount).fill("450")
    page.get_by_label(GERMAN.guide_advance).check()
    page.get_by_role("button", name=GERMAN.guide_show).click()
    programme = page.locator("article", has_text="Zuschuss zum Bus")
    assert programme.get_by_role("listitem").count() >= 5
    assert "500" in programme.inner_text()
    photograph(page, "suche", f"lotse-beantwortet-{size[0]}")
    programme.get_by_role("link", name="Zuschuss zum Bus").click()
    assert page.locator("h1").inner_text() == "Zuschuss zum Bus"
    assert "Den Bus bezahlt zur Hälfte das Land." in page.locator(".dokument").inner_text()
    page.close()


@contextmanager
def another_site() -> Iterator[tuple[str, list[str]]]:
    """A site at an origin of its own that frames whatever its list holds; that origin, and the list."""
    framed: list[str] = []

    class Parent(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server calls
            frames = "".join(f'<iframe src="{url}" width="800" height="600"></iframe>' for url in framed)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Verein</title>{frames}".encode())

        def log_message(self, *_: object) -> None:
            """Keeps the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Parent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", framed
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_only_an_allowed_site_can_show_the_search_in_a_frame(browser: Browser, tmp_path: Path) -> None:
    with another_site() as (friend, shown), another_site() as (stranger, hidden):
        house = House(tmp_path)
        house.write("handbuch/bus.md", "# Der Bus\n\nDen Bus bezahlt der Verein.\n")
        house.publish()
        house.embed_origins = (friend,)
        house.client = house.restarted()
        with running(house) as site:
            shown.append(f"{site}/suche?embed=1")
            hidden.append(f"{site}/suche?embed=1&q=Bus")
            page = browser.new_page()
            page.goto(friend)
            frame = page.frame_locator("iframe")
            frame.get_by_label("Ihre Frage").fill(QUESTION)
            frame.get_by_role("button", name="Suchen").click()
            frame.locator(".urteil").wait_for()
            assert "Den Bus bezahlt der Verein." in frame.locator("article").inner_text()
            photograph(page, "suche", "im-rahmen-eines-vereins")
            page.goto(stranger)
            (refused,) = page.main_frame.child_frames
            assert "Verein" not in refused.content()
            assert not refused.url.startswith(site)
            page.close()
