"""What holds for question-and-answer pairs in every format."""

from __future__ import annotations

import json

import pytest

from tests.ingest.readers.written import read_written

_CSV = "frage;antwort\nWer zahlt für Gäste?;A\nWo?;B\nwer zahlt fuer  GÄSTE;C\n"
_YAML = "- frage: Wer zahlt für Gäste?\n  antwort: A\n- frage: Wer zahlt – für Gäste\n  antwort: A\n"
_JSON = json.dumps([{"frage": "Wer zahlt für Gäste?", "antwort": "A"}] * 3)


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        ("a.csv", _CSV, "Zeile 2 und Zeile 4"),
        ("a.yaml", _YAML, "Zeile 1 und Zeile 3"),
        ("a.json", _JSON, "Eintrag 1 (Zeile 1), Eintrag 2 (Zeile 1) und Eintrag 3 (Zeile 1)"),
    ],
)
def test_a_question_that_stands_there_twice_is_kept_and_named(name: str, content: str, places: str) -> None:
    document = read_written(name, content)
    assert len(document.sections) > 1
    assert document.doubts == (f"Die Frage „Wer zahlt für Gäste?“ steht in {places}.",)


def test_a_question_twice_in_one_entry_is_named_once() -> None:
    document = read_written("a.yaml", "- fragen: ['Wo?', wo]\n  antwort: Hier\n")
    assert document.doubts == ("Die Frage „Wo?“ steht mehrmals in Eintrag 1 (Zeile 1).",)


def test_two_questions_may_have_the_same_answer() -> None:
    assert read_written("a.csv", "frage;antwort\nWer?;Wir\nWer noch?;Wir\n").doubts == ()


def test_a_title_and_remarks_above_the_header_of_a_table() -> None:
    document = read_written("a.csv", "Häufige Fragen;\n;\nStand: März;\nFrage:;Antwort *\nWer?;Wir\n")
    assert document.extracted == {"title": "Häufige Fragen"}
    assert [section.text for section in document.sections] == ["Wer?\nWir"]
    assert document.unread == ("Zeile 3 über der Kopfzeile gehört zu keinem Eintrag: „Stand: März“.",)


def test_a_header_that_is_repeated_and_a_column_without_a_name() -> None:
    document = read_written("a.csv", "frage;antwort;\nWer?;Wir;intern\nfrage;antwort;\nWo?;Hier;\n")
    assert [section.text for section in document.sections] == ["Wer?\nWir", "Wo?\nHier"]
    assert document.unread == ("Die Spalte 3 hat keinen Namen und wurde nicht gelesen.",)
