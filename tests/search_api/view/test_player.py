import pytest

from search_api.schemas import Document
from search_api.view.languages.german import GERMAN
from search_api.view.player import player
from tests.search_api.view.drawn import seen
from tests.search_api.view.samples import HEADING, HOSTILE, RECORDING, TIME, hit

HEARD = RECORDING.model_copy(update={"recording": "audio"})
SEEN = RECORDING.model_copy(update={"recording": "video"})


@pytest.mark.parametrize(
    ("document", "element", "name"),
    [(HEARD, "audio", "Ab 12:34 anhören"), (SEEN, "video", "Ab 12:34 ansehen")],
)
def test_it_plays_from_the_passage_on_and_says_so(document: Document, element: str, name: str) -> None:
    found = hit(document, TIME)
    figure = seen(player(GERMAN, found.document, found, "http://api"))
    (plays,) = figure.xpath(f".//{element}")
    assert plays.get("src") == "http://api/documents/rec/recording#t=754"
    assert (plays.get("preload"), "controls" in plays.attrib) == ("none", True)
    assert plays.get("aria-label") == name
    assert figure.xpath(".//figcaption/text()") == [name]


def test_without_a_recording_or_a_second_there_is_no_player() -> None:
    assert player(GERMAN, RECORDING, hit(RECORDING, TIME), ".") == ""
    assert player(GERMAN, HEARD, hit(HEARD, HEADING), ".") == ""


def test_no_word_of_a_source_is_active() -> None:
    evil = HEARD.model_copy(update={"id": HOSTILE, "title": HOSTILE})
    figure = seen(player(GERMAN, evil, hit(evil, TIME), "."))
    assert figure.xpath("//script | //img | //*[@onerror]") == []
