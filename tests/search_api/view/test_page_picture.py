from search_api.schemas import Highlight
from search_api.view.languages.german import GERMAN
from search_api.view.page_picture import page_picture
from tests.search_api.view.drawn import seen
from tests.search_api.view.samples import DOCUMENT, HEADING, HOSTILE, PAGE, hit


def test_the_picture_says_what_it_is_and_leads_to_the_page_in_the_file() -> None:
    found = hit()
    figure = seen(page_picture(GERMAN, found.document, found, "http://api", found.highlight))
    (picture,) = figure.xpath(".//img")
    assert picture.get("loading") == "lazy"
    assert picture.get("alt").startswith("Seite 4 von »Versicherung bei Fahrten«; der Text steht auch")
    start, end = found.highlight.start, found.highlight.end
    assert picture.get("src") == (f"http://api/documents/7d1f/pages/4.png?passage=p1&start={start}&end={end}")
    (way,) = figure.xpath(".//a")
    assert way.get("href") == "http://api/documents/7d1f/file#page=4"
    assert way.text == "Seite 4 im Original öffnen"


def test_a_printed_number_is_what_people_are_told() -> None:
    found = hit(location=PAGE.model_copy(update={"label": "iv"}))
    shown = page_picture(GERMAN, found.document, found, ".")
    assert "Seite iv von" in shown
    assert "./documents/7d1f/pages/4.png?passage=p1&quot;" not in shown
    assert seen(shown).xpath(".//img/@src") == ["./documents/7d1f/pages/4.png?passage=p1"]


def test_what_is_on_no_page_of_a_pdf_file_has_no_picture() -> None:
    assert page_picture(GERMAN, DOCUMENT, hit(location=HEADING), ".") == ""
    slides = DOCUMENT.model_copy(update={"source": "handbuch/a.pptx"})
    assert page_picture(GERMAN, slides, hit(), ".", Highlight(start=0, end=1)) == ""


def test_no_word_of_a_source_is_active() -> None:
    evil = DOCUMENT.model_copy(update={"title": HOSTILE, "id": '"><script>'})
    figure = seen(page_picture(GERMAN, evil, hit(), "."))
    assert figure.xpath("//script | //*[@onerror]") == []
    assert HOSTILE in figure.xpath(".//img/@alt")[0]
