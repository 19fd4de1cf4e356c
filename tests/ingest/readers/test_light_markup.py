"""Marks of Markdown and HTML in answers: what marks something goes, what is a character stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.light_markup import plain_text
from tests.ingest.readers.written import ROUND_TRIP, WORDS, read_written


@pytest.mark.parametrize(
    "text",
    [
        *("2 * 3", "10*20*30", "a_b_c", "§ 5 *Absatz", "5* Hotel", "(*) eins (*) zwei", "x *) y *) z"),
        *("Bürger*innen und Helfer*innen", "Freund_innen und Gäst_innen", "5 < 6 € und 7 > 6"),
        *("Schreiben Sie <Ort> und <Name>.", "+ 5 Grad", "> 18 Jahre", "# 5", "01. Januar 2026", "1) eins"),
        *("* gilt nur für Mitglieder", "[Zahl] einsetzen", r"\\server\ordner", "R&D", "a  b", "50 % ~ 60 %"),
    ],
)
def test_characters_that_mark_nothing_stay(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Das ist **fett** und *schräg* und `code`.", "Das ist fett und schräg und code."),
        ("* eins\n* zwei\n  - drei", "– eins\n– zwei\n– drei"),
        ("## Kosten\nViel.", "Kosten\nViel."),
        ("[Formular](https://a.example/b)", "Formular (https://a.example/b)"),
        ("[a.example](https://www.a.example/)", "a.example"),
        ("<https://a.example>", "https://a.example"),
        ("[Schreiben](mailto:info@a.example?subject=x)", "Schreiben (info@a.example)"),
        ("[info@a.example](mailto:info@a.example)", "info@a.example"),
        ("[Antrag](../antrag.pdf)", "Antrag"),
        ("[oben](#anfang)", "oben"),
        ("<p>Eins <strong>zwei</strong></p><p>drei</p>", "Eins zwei\ndrei"),
        ("eins<br>zwei<br/>drei", "eins\nzwei\ndrei"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<a href='https://a.example/x'>Hier</a> mehr", "Hier (https://a.example/x) mehr"),
        ("Zeile <b>1</b>\nZeile 2", "Zeile 1\nZeile 2"),
        ("<b>Setzen</b> Sie <Ort> ein, 5 < 6", "Setzen Sie <Ort> ein, 5 < 6"),
        ("<script>alert(1)</script><p>Text</p>", "Text"),
        ("M&uuml;ller &amp; Söhne", "Müller & Söhne"),
    ],
)
def test_marks_leave_their_words(text: str, words: str) -> None:
    assert plain_text(text) == words


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", '- frage: Wo?\n  antwort: "**Hier**: [Amt](https://a.example/b)"\n'),
        ("a.csv", "frage;antwort\nWo?;**Hier**: [Amt](https://a.example/b)\n"),
        ("a.json", '[{"frage": "Wo?", "antwort": "<b>Hier</b>: <a href=\\"https://a.example/b\\">Amt</a>"}]'),
    ],
)
def test_the_same_holds_in_every_format(name: str, content: str) -> None:
    assert read_written(name, content).sections[0].text == "Wo?\nHier: Amt (https://a.example/b)"


_MARKED = st.tuples(
    WORDS, st.sampled_from(["{}", "**{}**", "*{}*", "`{}`", "<b>{}</b>", "[{}](https://a.de/b)"])
)


@ROUND_TRIP
@given(st.lists(_MARKED, min_size=1, max_size=8))
def test_every_word_comes_out_once_and_in_order(marked: list[tuple[str, str]]) -> None:
    text = plain_text(" ".join(mark.format(word) for word, mark in marked))
    is_html = any(mark.startswith("<") for _, mark in marked)
    if not is_html:  # in HTML, stars and backticks are characters
        assert [word for word in text.split() if "(" not in word] == [word for word, _ in marked]
    assert [word for word, _ in marked if word not in text] == []
