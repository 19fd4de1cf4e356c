"""What a folder says of each passage: source line, place, links, how current it is."""

from __future__ import annotations

from datetime import date

import pytest

from search_api.folder.making import folder_of
from search_api.schemas import Location, Page
from tests.search_api.folder.samples import NOTE, PAGE, PINS, TITLE, TODAY, case, folder, pin
from tests.search_api.view.samples import DOCUMENT, HEADING, SENTENCE, TIME, hit
from tests.search_api.view.samples import PAGE as FOURTH


def test_source_lines_name_kind_title_and_place() -> None:
    assert [entry.source for entry in folder(*PINS).entries] == [
        "Handbuch · Versicherung bei Fahrten · S. 4",
        "Mitschrift · Fahrten planen · ab 12:34",
        "Handbuch · Versicherung bei Fahrten · Abschnitt »Fahrten«",
        f"Handbuch · {TITLE} · Frage »Wer haftet?«",
    ]


def test_every_entry_says_when_it_was_checked_how_long_it_is_valid_and_where_it_lies() -> None:
    entries = folder(*PINS).entries
    assert entries[0].facts == "geprüft am 22.11.2026 · ohne Ablaufdatum · Datei: handbuch/fahrten.pdf"
    assert entries[2].validity == "abgelaufen seit 31.12.2025"
    assert entries[3].validity == "gültig bis 31.12.2027"
    unchecked = pin(hit(DOCUMENT.model_copy(update={"last_checked": None})))
    assert folder(unchecked).entries[0].checked == "Stand 2026, Prüfdatum nicht angegeben"


def test_validity_is_that_of_the_day_of_the_folder_not_of_the_day_of_pinning() -> None:
    document = DOCUMENT.model_copy(update={"valid_until": date(2026, 11, 22)})
    (today,) = folder_of(case(pin(hit(document))), TODAY).entries
    (tomorrow,) = folder_of(case(pin(hit(document))), date(2026, 11, 23)).entries
    assert (today.validity, tomorrow.validity) == ("gültig bis 22.11.2026", "abgelaufen seit 22.11.2026")


def test_sentence_passage_and_note_are_whole() -> None:
    entry = folder(*PINS).entries[0]
    assert entry.sentence == SENTENCE
    assert entry.paragraphs == (hit().text,)
    assert entry.note == tuple(NOTE.splitlines())


def test_a_highlight_beyond_the_text_does_no_harm() -> None:
    odd = PINS[0].model_copy(
        update={"highlight": PINS[0].highlight.model_copy(update={"start": -5, "end": 10**9})}
    )
    assert folder(odd).entries[0].sentence == hit().text


def hrefs(location: Location, page: str = "", **about: str | None) -> list[str]:
    document = DOCUMENT.model_copy(update=about)
    return [way.href for way in folder(pin(hit(document, location)), page=page).entries[0].ways]


def test_without_a_public_address_only_pages_of_others_are_linked() -> None:
    assert hrefs(FOURTH) == ["https://example.org/fahrten"]
    assert hrefs(FOURTH, url=None) == []


def test_with_it_the_place_opens_from_any_machine() -> None:
    reading = f"{PAGE}?dokument=7d1f&abschnitt=p1#gesucht"
    original = "https://lotse.example.org/documents/7d1f/file"
    assert hrefs(FOURTH, PAGE, url=None) == [reading, f"{original}#page=4"]
    assert hrefs(HEADING, f"{PAGE}/", url=None, source="handbuch/a.md") == [reading, original]
    assert hrefs(TIME, PAGE, url=None)[0] == f"{PAGE}?dokument=7d1f&t=754#t754"
    assert hrefs(HEADING, PAGE, url=None, source="handbuch/a.eml") == [reading]
    assert hrefs(FOURTH, "https://lotse.example.org", url=None) == [reading.replace("/suche", "")]


def test_a_recording_is_linked_at_the_second() -> None:
    video = "https://example.org/v.mp4"
    exact = TIME.model_copy(update={"url": "https://example.org/w?t=754"})
    assert hrefs(exact, url=None, video_url=video) == ["https://example.org/w?t=754"]
    assert hrefs(TIME, url=None, video_url=video) == ["https://example.org/v.mp4#t=754"]
    assert hrefs(Page(page=1, label=None), url=None, video_url=video) == ["https://example.org/v.mp4"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "https://", "//x"]
)
def test_only_web_pages_are_linked(url: str) -> None:
    assert hrefs(FOURTH, url=url) == []


def test_an_address_cannot_end_early() -> None:
    (href,) = hrefs(FOURTH, url='https://example.org/a b">\n<x>)\\ü')
    assert href == "https://example.org/a%20b%22%3E%0A%3Cx%3E)%5C%C3%BC"
