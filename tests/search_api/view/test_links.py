import pytest

from search_api.schemas import Hit, Time
from search_api.view.address import Address
from search_api.view.languages.german import GERMAN
from search_api.view.links import Link, document_links, hit_links, web_link
from tests.search_api.view import samples

FILES = "http://lotse.example:8000"
ADDRESS = Address("Wer haftet?", {"kind": ("faq",)})


def links(hit: Hit) -> list[str]:
    return [link.href for link in hit_links(hit, ADDRESS, FILES)]


def test_a_page_opens_in_the_file() -> None:
    first = hit_links(samples.hit(), ADDRESS, FILES)[0]
    assert first == Link(f"{FILES}/documents/7d1f/file#page=4", "Seite 4 im Original öffnen", outside=True)


def test_the_way_into_the_reading_view_keeps_question_and_filters() -> None:
    expected = "?q=Wer+haftet%3F&dokument=7d1f&abschnitt=p1&kind=faq#gesucht"
    assert expected in links(samples.hit())
    assert links(samples.hit(location=samples.HEADING))[0] == expected
    assert links(samples.hit(location=samples.QUESTION))[0] == expected


def test_a_time_without_a_url_opens_the_reading_view_at_the_whole_second() -> None:
    first = hit_links(samples.hit(samples.RECORDING, samples.TIME), ADDRESS, FILES)[0]
    assert first.href == "?q=Wer+haftet%3F&dokument=rec&t=754&kind=faq#t754"
    assert first.words == "Mitschrift ab 12:34 lesen"


def test_a_time_with_a_url_opens_the_recording_there() -> None:
    url = "https://video.example/w/1?start=12m34s"
    first = hit_links(samples.hit(location=Time(start=754.6, end=790, url=url)), ADDRESS, FILES)[0]
    assert first == Link(url, "Aufnahme ab 12:34 öffnen", outside=True, foreign=True)


def test_a_document_id_cannot_leave_its_place_in_the_path() -> None:
    document = samples.DOCUMENT.model_copy(update={"id": "../x?y#z"})
    assert links(samples.hit(document))[0] == f"{FILES}/documents/..%2Fx%3Fy%23z/file#page=4"


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "//evil.example", "http://", "ftp://x/y", "http://["]
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_link(url) is None
    document = samples.DOCUMENT.model_copy(update={"url": url, "video_url": url})
    time = Time(start=1, end=2, url=url)
    all_links = [
        *document_links(GERMAN, document, FILES),
        *hit_links(samples.hit(document, time), ADDRESS, FILES),
    ]
    assert all(link.href.startswith((FILES, "?")) for link in all_links)


def test_a_document_offers_file_recording_and_web_page() -> None:
    document = samples.RECORDING.model_copy(update={"video_url": "https://video.example/1"})
    assert [link.words for link in document_links(GERMAN, document, FILES)] == [
        "Original-Datei öffnen",
        "Aufnahme öffnen",
        "Internetseite dazu",
    ]


def test_a_slide_opens_in_the_reading_view_since_no_browser_goes_to_it() -> None:
    slides = samples.DOCUMENT.model_copy(update={"source": "handbuch/fahrten.pptx"})
    reading, original = hit_links(samples.hit(slides), ADDRESS, FILES)[:2]
    assert reading.href.endswith("#gesucht")
    assert original == Link(f"{FILES}/documents/7d1f/file", "Original-Datei öffnen", outside=True)


def test_of_a_mail_only_the_text_is_offered() -> None:
    mail = samples.DOCUMENT.model_copy(update={"source": "handbuch/rundbrief.eml"})
    assert not any("/file" in href for href in links(samples.hit(mail, samples.HEADING)))
    assert not any("/file" in link.href for link in document_links(GERMAN, mail, FILES))
