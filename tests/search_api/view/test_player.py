import pytest

from search_api.schemas import Document
from search_api.view.address import Address
from search_api.view.player import player
from tests.search_api.view.drawn import seen
from tests.search_api.view.samples import HEADING, HOSTILE, RECORDING, TIME, hit

HEARD = RECORDING.model_copy(update={"recording": "audio"})
SEEN = RECORDING.model_copy(update={"recording": "video"})
ADDRESS = Address("Wer haftet?", {"kind": ("transkripte",)})


@pytest.mark.parametrize(
    ("document", "element", "name"),
    [(HEARD, "audio", "Ab 12:34 anhören"), (SEEN, "video", "Ab 12:34 ansehen")],
)
def test_it_plays_from_the_passage_on_and_says_so(document: Document, element: str, name: str) -> None:
    found = hit(document, TIME)
    figure = seen(player(found.document, found, ADDRESS, "http://api"))
    (plays,) = figure.xpath(f".//{element}")
    assert plays.get("src") == "http://api/documents/rec/recording#t=754"
    assert (plays.get("preload"), "controls" in plays.attrib) == ("none", True)
    assert plays.get("aria-label") == name
    assert figure.xpath(".//figcaption/text()") == [name]


def test_the_same_can_be_read_and_the_question_stays() -> None:
    found = hit(HEARD, TIME)
    (way,) = seen(player(found.document, found, ADDRESS, ".")).xpath(".//a")
    assert way.text == "Mitschrift ab 12:34 lesen"
    assert way.get("href").endswith("#t754")
    assert "dokument=rec" in way.get("href")
    assert "q=Wer+haftet" in way.get("href")


def test_without_a_recording_or_a_second_there_is_no_player() -> None:
    assert player(RECORDING, hit(RECORDING, TIME), ADDRESS, ".") == ""
    assert player(HEARD, hit(HEARD, HEADING), ADDRESS, ".") == ""


def test_no_word_of_a_source_is_active() -> None:
    evil = HEARD.model_copy(update={"id": HOSTILE, "title": HOSTILE})
    figure = seen(player(evil, hit(evil, TIME), Address(HOSTILE), "."))
    assert figure.xpath("//script | //img | //*[@onerror]") == []
