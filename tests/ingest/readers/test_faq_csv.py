from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from tests.ingest.readers.written import LINES, ROUND_TRIP, read_written


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimiters_and_encodings_of_spreadsheets(delimiter: str, encoding: str) -> None:
    rows = [
        ["FRAGE", "Antwort", "Rubrik", "Quelle"],
        ["Wer zahlt für Gäste?", "Der Verein", "Geld", "Satzung"],
    ]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    section = read_written("a.csv", text.encode(encoding)).sections[0]
    assert section.text == "Wer zahlt für Gäste?\nDer Verein\nQuelle: Satzung"
    assert section.heading == ("Geld",)
    assert section.whole


def test_a_comma_in_the_header_does_not_confuse() -> None:
    assert read_written("a.csv", "frage;antwort;a, b, c, d\nWer?;Wir;x\n").sections[0].text == "Wer?\nWir"


def test_excels_hint_line_and_a_quoted_answer_with_lines() -> None:
    document = read_written("a.csv", 'sep=;\nquestion;answer\n"Wer?\nWarum?";"Wir; alle\n\nimmer"\nWann?;\n')
    assert document.sections[0].text == "Wer?\nWarum?\nWir; alle\nimmer"
    assert document.unread == ("Eintrag 2 (Zeile 7) hat keine Antwort.",)


def test_rows_and_columns_that_are_not_read_are_named() -> None:
    document = read_written("a.csv", "frage,antwort,Stand\nWer?,Wir,2026\n\nWo?,Hier, dort,x\n,Nirgends,\n")
    assert len(document.sections) == 1
    assert document.unread == (
        "Die Spalte „Stand“ ist unbekannt und wurde nicht gelesen.",
        "Zeile 4 hat mehr Felder als die Kopfzeile und wurde nicht gelesen.",
        "Eintrag 3 (Zeile 5) hat keine Frage.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Frage;Thema\nWer?;Geld\n", "fehlt die Spalte „Antwort“; gefunden: „Frage“, „Thema“"),
        ("a;b\n1;2\n", "„Frage“ und „Antwort“"),
        ("frage;antwort\n", "keinen Eintrag"),
        ('frage;antwort\nWer?;"Wir\n', "ab Zeile 2"),
        ("\n\n", "gefunden: keine"),
    ],
)
def test_what_is_no_faq_is_an_error(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_written("a.csv", text)


@ROUND_TRIP
@given(st.lists(st.tuples(LINES, LINES), min_size=1, max_size=6), st.sampled_from([";", ",", "\t"]))
def test_every_word_comes_out_once_and_in_order(pairs: list[tuple[str, str]], delimiter: str) -> None:
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows([("Frage", "Antwort"), *pairs])
    sections = read_written("a.csv", table.getvalue()).sections
    assert [section.text for section in sections] == [f"{question}\n{answer}" for question, answer in pairs]
