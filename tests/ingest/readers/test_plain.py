from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passage import HeadingLocation
from tests.ingest.readers.written import PARAGRAPHS, ROUND_TRIP, read_written

_TEXT = "Städtepartnerschaft für Anfänger\n\nGrüße aus Köln – „schön“, sagt José."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_any_common_encoding_is_read(encoding: str) -> None:
    document = read_written("a.txt", _TEXT.encode(encoding))
    assert document.sections[0].text == _TEXT
    assert document.extracted == {"title": "Städtepartnerschaft für Anfänger"}
    assert document.sections[0].location == HeadingLocation()


def test_polish_windows_text_is_not_taken_for_german() -> None:
    polish = (
        "Współpraca młodzieży z Łodzi i Krakowa. Każda grupa może złożyć wniosek o dofinansowanie wyjazdów."
    )
    assert read_written("a.txt", (polish * 5).encode("cp1250")).sections[0].text == polish * 5


def test_decomposed_umlauts_are_composed() -> None:
    assert read_written("a.txt", "Gru\u0308\u00dfe").sections[0].text == "Grüße"


def test_a_long_first_line_is_no_title() -> None:
    assert read_written("a.txt", "Wort " * 40).extracted == {}


def test_a_first_line_that_is_a_sentence_is_no_title() -> None:
    assert read_written("a.txt", "Wir fahren los.\nMorgen").extracted == {}


def test_lines_broken_by_a_program_are_joined_and_others_stay() -> None:
    text = (
        "Für die Fahrt in die Partnerstadt braucht der Verein eine Haftpflicht-\n"
        "versicherung, die auch im Ausland gilt und alle Gäste einschließt.\n\n"
        "Musterstraße 1\nMusterstadt\n"
    )
    assert read_written("a.txt", text).sections[0].text == (
        "Für die Fahrt in die Partnerstadt braucht der Verein eine Haftpflichtversicherung, "
        "die auch im Ausland gilt und alle Gäste einschließt.\n\nMusterstraße 1\nMusterstadt"
    )


@ROUND_TRIP
@given(PARAGRAPHS, st.sampled_from(["utf-8", "utf-16"]))
def test_every_word_comes_out_once_and_in_order(paragraphs: list[str], encoding: str) -> None:
    document = read_written("a.txt", "\r\n\r\n".join(paragraphs).encode(encoding))
    assert document.sections[0].text.split() == " ".join(paragraphs).split()
