"""The office hour in Chromium, from the first key to the file that is sent, over the real API."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import docx
import httpx
import pypdf
import pytest
from playwright.sync_api import (
    TimeoutError,  # noqa: A004 - its own name
    expect,
)

from tests.browser import (
    DESKTOP,
    NEEDS_CHROMIUM,
    PHONE,
    photograph_streamlit,
    served,
    streamlit_over,
    violations,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Dialog, Page

pytestmark = NEEDS_CHROMIUM

BUS, TOLL = "Wer bezahlt den Bus?", "Wer zahlt die Maut?"
SENTENCES = {
    "handbuch/bus.md": "Den Bus bezahlt zuerst der Verein.",
    "handbuch/reise.md": "Den Bus bezahlt bei einer Reise die Gruppe.",
    "handbuch/jugend.md": "Den Bus bezahlt für Schulen das Jugendwerk.",
    "studien/bus.md": "Den Bus bezahlt in drei Städten das Rathaus.",
    "studien/umfrage.md": "Den Bus bezahlt laut Umfrage jeder selbst.",
    "faq/chor.md": "Den Bus bezahlt beim Chor die Kasse.",
    "faq/maut.md": "Die Maut zahlt, wer den Bus bestellt.",
}
TITLES = {source: f"Kosten, Blatt {number}" for number, source in enumerate(SENTENCES, start=1)}
SOURCES = {
    source: f"# {TITLES[source]}\n\n{sentence} Das ist lange so.\n" for source, sentence in SENTENCES.items()
}
COLLECTED = 6
ANSWER = "Zuerst zahlt der Verein, sagt das Handbuch."
NOTE = "Am Telefon besprochen"
_TRIES = 5
_OF_STREAMLIT = {"region"}  # its main region is a section without a name


@pytest.fixture(scope="module")
def api_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("house"), SOURCES) as api:
        yield api


@pytest.fixture(scope="module")
def page_url(api_url: str) -> Iterator[str]:
    with streamlit_over(api_url) as url:
        yield url


def office(browser: Browser, page_url: str, size: tuple[int, int] = DESKTOP) -> Page:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
    enter(page, page_url)
    return page


def enter(page: Page, page_url: str) -> None:
    page.goto(f"{page_url}/?seite=sprechstunde")
    page.locator(".st-key-fundstellen").wait_for()
    page.get_by_label("Ihre Frage").wait_for()


def ask(page: Page, question: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    page.locator(".st-key-fall", has_text=question).wait_for()
    page.get_by_role("button", name="Anheften").first.wait_for()
    page.wait_for_function("document.activeElement.matches('.st-key-antworten')")
    drawn(page)


def appears(page: Page, selector: str) -> bool:
    try:
        page.locator(selector).first.wait_for(timeout=8_000)
    except TimeoutError:
        return False
    return True


def drawn(page: Page) -> None:
    """Wait until nothing more is drawn: a person looks before the next key."""
    page.wait_for_function("document.querySelector('.stApp').dataset.testScriptState !== 'running'")


def pin_next(page: Page, number: int) -> None:
    page.keyboard.press("j")
    pin_with(lambda: page.keyboard.press("p"), page, number)


def tap_next(page: Page, number: int) -> None:
    pin_with(page.get_by_role("button", name="Anheften", exact=True).first.click, page, number)


def pin_with(press: Callable[[], None], page: Page, number: int) -> None:
    press()
    if not appears(page, f"h3:has-text('Angeheftete Fundstellen ({number})')"):
        press()  # on a busy machine Streamlit may drop a press: a person presses again
    page.get_by_role("heading", name=f"Angeheftete Fundstellen ({number})").wait_for()
    drawn(page)


def test_six_passages_are_found_collected_and_sent_by_keys(browser: Browser, page_url: str) -> None:
    page = office(browser, page_url)
    ask(page, BUS)
    page.keyboard.press("j")  # the first is left out, the sixth is wanted
    for number in range(1, COLLECTED):
        pin_next(page, number)
    assert page.evaluate("document.activeElement.className").count("st-key-treffer_6") == 1

    note = page.get_by_label("Notiz zu Fundstelle 1")
    note.focus()
    page.keyboard.type(NOTE)
    page.keyboard.press("Escape")
    ask(page, TOLL)
    pin_next(page, COLLECTED)
    photograph_streamlit(page, "sprechstunde-tasten-1280")

    page.reload()
    page.locator(".st-key-fundstellen article").nth(COLLECTED - 1).wait_for()
    expect(note).to_have_value(NOTE)
    assert page.locator(".st-key-fall", has_text=BUS).filter(has_text=TOLL).count() == 1

    page.get_by_label("Antwort in Ihren Worten").focus()
    page.keyboard.type(ANSWER)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert_complete(word_file(page, lambda: page.keyboard.press("Enter")))
    page.keyboard.press("Tab")
    assert_complete(pdf_file(page, lambda: page.keyboard.press("Enter")))
    page.close()


def test_six_passages_are_collected_and_sent_on_a_phone(browser: Browser, page_url: str) -> None:
    page = office(browser, page_url, PHONE)
    ask(page, BUS)
    for number in range(1, COLLECTED):
        tap_next(page, number)
    ask(page, TOLL)
    tap_next(page, COLLECTED)
    page.get_by_label("Notiz zu Fundstelle 1").fill(NOTE)
    page.get_by_label("Antwort in Ihren Worten").fill(ANSWER)
    assert_complete(word_file(page, page.get_by_role("button", name="Als Word-Datei").click))
    assert_complete(pdf_file(page, page.get_by_role("button", name="Als PDF").click))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.close()


def word_file(page: Page, press: Callable[[], None]) -> str:
    paragraphs = docx.Document(io.BytesIO(downloaded(page, press))).paragraphs
    return "\n".join(paragraph.text for paragraph in paragraphs)


def pdf_file(page: Page, press: Callable[[], None]) -> str:
    sheets = pypdf.PdfReader(io.BytesIO(downloaded(page, press))).pages
    return "\n".join(sheet.extract_text() for sheet in sheets)


def downloaded(page: Page, press: Callable[[], None]) -> bytes:
    with page.expect_download() as started:
        press()
    return started.value.path().read_bytes()


def assert_complete(folder: str) -> None:
    text = " ".join(folder.split())
    found = [source for source, sentence in SENTENCES.items() if sentence in text]
    assert len(found) == COLLECTED
    assert [source for source in found if TITLES[source] not in text] == []
    assert [words for words in (BUS, TOLL, ANSWER, NOTE) if words not in text] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "360 px"])
def test_axe_finds_nothing_serious_of_ours(browser: Browser, page_url: str, size: tuple[int, int]) -> None:
    page = office(browser, page_url, size)
    photograph_streamlit(page, f"sprechstunde-leer-{size[0]}")
    assert serious(page) == []
    ask(page, BUS)
    pin_next(page, 1)
    pin_next(page, 2)
    page.get_by_text("Mailtext zum Kopieren zeigen").click()
    page.locator(".stCode").wait_for()
    page.get_by_role("button", name="Nr. 1 entfernen").click()
    page.get_by_role("button", name="Wieder anheften").wait_for()
    drawn(page)
    page.get_by_text("Als Quelle freigeben").click()
    drawn(page)
    release = page.get_by_role("button", name="Jetzt freigeben")
    release.wait_for()
    for _ in range(_TRIES):  # on a busy machine Streamlit may drop a press: a person presses again
        release.click()
        if appears(page, ".hinweis"):
            break
    assert page.locator(".hinweis").count()
    page.get_by_role("button", name="Fall löschen").click()
    page.get_by_role("button", name="Nein, behalten").wait_for()
    photograph_streamlit(page, f"sprechstunde-{size[0]}")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    main = page.locator("main")
    assert main.evaluate("each => each.scrollWidth - each.clientWidth") <= 1
    page.close()


def serious(page: Page) -> list[tuple[str, str, list[str]]]:
    found = [each for each in violations(page) if each[0] not in _OF_STREAMLIT]
    return [each for each in found if each[1] in {"serious", "critical"}]


def test_what_is_being_written_is_saved_without_leaving_the_field(browser: Browser, page_url: str) -> None:
    page = office(browser, page_url)
    ask(page, BUS)
    answer = page.get_by_label("Antwort in Ihren Worten")
    answer.focus()
    page.keyboard.type(ANSWER)
    with browser.new_context() as elsewhere:
        other = elsewhere.new_page()
        other.goto(page.url)
        again = other.get_by_label("Antwort in Ihren Worten")
        for _ in range(20):
            again.wait_for()
            if again.input_value() == ANSWER:
                break
            other.reload()
        assert again.input_value() == ANSWER
    assert page.evaluate("document.activeElement.matches('textarea')")
    page.close()


def test_focus_follows_a_passage_that_is_moved(browser: Browser, page_url: str) -> None:
    page = office(browser, page_url)
    ask(page, BUS)
    pin_next(page, 1)
    pin_next(page, 2)
    pin_next(page, 3)
    places = page.locator(".st-key-fundstellen article")
    told = places.nth(2).inner_text()
    (sentence,) = [each for each in SENTENCES.values() if each in told]
    page.get_by_role("button", name="Nr. 3 nach oben").focus()
    page.keyboard.press("Enter")
    expect(places.nth(1)).to_contain_text(sentence)
    page.wait_for_function(
        """sentence => document.activeElement.matches("button, [class*='st-key-fundstelle_']")
          && document.activeElement.closest("[class*='st-key-fundstelle_']")?.innerText.includes(sentence)""",
        arg=sentence,
    )
    page.close()


def test_single_keys_do_nothing_once_they_are_switched_off(browser: Browser, page_url: str) -> None:
    page = office(browser, page_url)
    page.get_by_text("Tasten benutzen").click()
    page.locator(".tasten-an").wait_for(state="detached")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('input[type=text]')") is False
    page.close()


def test_other_views_open_beside_the_desk_and_learn_nothing_of_it(browser: Browser, page_url: str) -> None:
    page = office(browser, page_url)
    ask(page, BUS)
    pin_next(page, 1)
    for name, there in (("Förder-Lotse", "text=Programme zeigen"), ("Fragen", "text=Alle Dokumente ansehen")):
        with page.expect_popup() as opened:
            page.get_by_role("link", name=f"{name} (neues Fenster)").click()
        beside = opened.value
        beside.locator(there).first.wait_for()
        assert "tisch" not in beside.url
        assert beside.evaluate("[document.referrer, window.opener]") == ["", None]
        beside.close()
    assert page.locator(".st-key-fundstellen article").count() == 1
    page.close()


def test_leaving_with_a_change_that_is_not_saved_asks_first(
    browser: Browser, page_url: str, api_url: str
) -> None:
    page = office(browser, page_url)
    ask(page, BUS)
    change_elsewhere(page, api_url)
    page.get_by_label("Antwort in Ihren Worten").focus()
    page.keyboard.type(ANSWER)
    page.locator(".st-key-ungespeichert", has_text=ANSWER).wait_for()
    drawn(page)
    with page.expect_event("dialog") as asked:
        page.evaluate("() => { setTimeout(() => location.reload()); }")
    asked.value.dismiss()
    assert asked.value.type == "beforeunload"

    page.get_by_role("button", name="Änderung übernehmen").click()
    page.locator(".st-key-ungespeichert").wait_for(state="detached")
    asked_again: list[str] = []

    def go_on(dialog: Dialog) -> None:
        asked_again.append(dialog.type)
        dialog.accept()

    page.on("dialog", go_on)
    page.reload()
    expect(page.get_by_label("Antwort in Ihren Worten")).to_have_value(ANSWER)
    assert asked_again == []
    page.close()


def change_elsewhere(page: Page, api_url: str) -> None:
    """Change the open case as another window would."""
    named = parse_qs(urlsplit(page.url).query)
    address, desk = f"{api_url}/cases/{named['fall'][0]}", {"X-Desk": named["tisch"][0]}
    case = httpx.get(address, headers=desk).json()
    content = {name: case[name] for name in ("questions", "pins", "revision")}
    httpx.put(address, headers=desk, json={**content, "answer": "Von nebenan"}).raise_for_status()


def test_nothing_is_asked_of_any_other_machine(browser: Browser, page_url: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    enter(page, page_url)
    ask(page, BUS)
    pin_next(page, 1)
    page.get_by_text("Mailtext zum Kopieren zeigen").click()
    page.locator(".stCode").wait_for()
    downloaded(page, page.get_by_role("button", name="Als PDF").click)
    assert any(url.startswith("ws") for url in asked)
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    page.close()
