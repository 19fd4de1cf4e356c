import re

import pytest

from search_api.schemas import Page, Time
from search_api.view.address import Address
from search_api.view.languages.german import GERMAN
from search_api.view.reading import document_head, document_text, wanted_position
from tests.search_api.view import samples

TIMES = [samples.passage(n, Time(start=n * 10.5, end=n * 10.5 + 10, url=None)) for n in range(4)]


@pytest.mark.parametrize(
    ("second", "position"), [(0, 0), (9, 0), (10, 1), (20, 1), (21, 2), (31, 3), (99999, 3)]
)
def test_a_second_finds_the_part_that_has_begun(second: int, position: int) -> None:
    assert wanted_position(TIMES, Address(second=second)) == position


def test_a_second_before_the_first_part_finds_nothing() -> None:
    assert wanted_position(TIMES[1:], Address(second=3)) is None


def test_a_passage_is_found_by_id_or_anchor() -> None:
    passages = [samples.passage(0, Page(page=1, label=None)), samples.passage(1), samples.passage(2)]
    assert wanted_position(passages, Address(passage="p2")) == 2
    assert wanted_position(passages, Address(passage="haftung")) == 1
    assert wanted_position(passages, Address(passage="weg")) is None
    assert wanted_position(passages, Address()) is None


def test_all_passages_are_shown_in_order_and_one_is_marked() -> None:
    detail = samples.detail(*(samples.passage(n) for n in range(3)))
    text = document_text(detail, Address(passage="p1"), ".")
    assert re.findall("Nummer ([0-9])", text) == ["0", "1", "2"]
    assert text.count('class="passage gesucht" id="gesucht"') == 1
    assert text.count("<h2>Haftung</h2>") == 1


def test_a_recording_shows_its_times_and_the_wanted_one_has_its_second_as_id() -> None:
    text = document_text(samples.detail(*TIMES, document=samples.RECORDING), Address(second=21), ".")
    assert re.findall('class="ort">(.*?)<', text) == ["0:00", "0:10", "0:21", "0:31"]
    assert 'class="passage gesucht" id="t21"' in text


def test_a_new_page_is_announced_once() -> None:
    pages = [samples.passage(n, Page(page=1 + n // 2, label="iv" if n < 2 else None)) for n in range(4)]
    text = document_text(samples.detail(*pages), Address(), ".")
    assert re.findall('class="ort" lang="de">(.*?)<', text) == ["S. iv (Seite 1 der Datei)", "S. 2"]


def test_a_question_is_its_own_heading() -> None:
    text = document_text(samples.detail(samples.passage(0, samples.QUESTION)), Address(), ".")
    assert "<h2>Wer haftet?</h2>" in text


def test_an_empty_document_is_no_error() -> None:
    assert "passage" not in document_text(samples.detail(), Address(passage="p1"), ".")


def test_nothing_of_a_document_is_active() -> None:
    evil = samples.HOSTILE
    document = samples.EXPIRED.model_copy(update={"title": evil, "licence": evil, "url": "javascript:1"})
    passage = samples.passage(0, heading=(evil,)).model_copy(update={"text": evil})
    detail = samples.detail(passage, document=document)
    text = document_head(GERMAN, document, "http://x") + document_text(detail, Address(), ".")
    assert set(re.findall("<([a-z0-9]+)", text)) <= set("h1 h2 p span a div section".split())
    assert re.findall('href="([^"]*)', text) == ["http://x/documents/7d1f/file"]
