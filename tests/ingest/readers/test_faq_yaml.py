from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import QuestionLocation, Section
from tests.ingest.readers.written import LINES, ROUND_TRIP, read_written

_PAIR = "- frage: Wer haftet?\n  antwort: Der Verein.\n"


def test_a_pair_is_one_whole_section() -> None:
    text = "- frage: Wer haftet?\n  antwort: Der Verein.\n  rubrik: Recht\n  quelle: https://example.org\n"
    assert read_written("a.yaml", text).sections == (
        Section(
            ("Recht",),
            QuestionLocation("Wer haftet?"),
            "Wer haftet?\nDer Verein.\nQuelle: https://example.org",
            whole=True,
        ),
    )


def test_english_keys_several_questions_and_metadata() -> None:
    text = (
        "title: Fragen\nlast_checked: 2026-10-01\nentries:\n"
        "  - questions: ['Who pays?', 'Who is liable?']\n    answer: The club.\n    category: [Law, Travel]\n"
    )
    document = read_written("a.yml", text)
    assert document.declared == {"title": "Fragen", "last_checked": date(2026, 10, 1)}
    assert document.sections[0].text == "Who pays?\nWho is liable?\nThe club."
    assert document.sections[0].location == QuestionLocation("Who pays?")
    assert document.sections[0].heading == ("Law", "Travel")


def test_texts_are_taken_as_written() -> None:
    text = "fragen:\n  - frage: Gilt das?\n    antwort: no\n  - frage: Wann?\n    antwort: 2026-01-01\n"
    assert [section.text for section in read_written("a.yaml", text).sections] == [
        "Gilt das?\nno",
        "Wann?\n2026-01-01",
    ]


def test_an_incomplete_entry_is_named_and_not_published() -> None:
    document = read_written("a.yaml", f"{_PAIR}- frage: Und wer zahlt?\n- antwort: Niemand.\n")
    assert len(document.sections) == 1
    assert document.unread == (
        "Eintrag 2 (Zeile 3) hat keine Antwort.",
        "Eintrag 3 (Zeile 4) hat keine Frage.",
    )


def test_an_unknown_field_is_named() -> None:
    assert "Zeile 3" in read_written("a.yaml", f"{_PAIR}  notiz: intern\n").unread[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title: Nur Angaben\n", "keine Sammlung"),
        ("ein Text\n", "keine Sammlung"),
        ("fragen: eine\n", "keine Sammlung"),
        ("# nur ein Vermerk\n", "keine Sammlung"),
        ("? [a]\n: b\n", "keine Sammlung"),
        ("- nur Text\n", "Zeile 1"),
        ("- frage: Wer?\n", "kein vollständiges Paar"),
        ("- frage: Wer: ich?\n  antwort: ja\n", "Zeile 1"),
        ("- frage: Wer?\n  antwort: ja\n  antwort: nein\n", "Zeile 3"),
        ("- frage: Wer?\n  antwort: {Ja: nein}\n", "Zeile 2"),
        ("- frage: Wer?\n  antwort: !!python/object/apply:os.getcwd []\n", "Zeile 2"),
        ("- frage: &a Wer?\n  antwort: *a\n", "Zeile 2 .*Verweise"),
        ("[" * 50_000, "nicht lesbar"),
    ],
)
def test_what_is_no_faq_is_an_error(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_written("a.yaml", text)


def test_an_alias_bomb_does_not_go_off() -> None:
    bomb = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30))
    with pytest.raises(UnreadableSourceError, match="Verweise"):
        read_written("a.yaml", bomb)


@ROUND_TRIP
@given(st.lists(st.tuples(st.lists(LINES, min_size=1, max_size=3), LINES), min_size=1, max_size=6))
def test_every_word_comes_out_once_and_in_order(pairs: list[tuple[list[str], str]]) -> None:
    entries = [{"fragen": questions, "antwort": answer} for questions, answer in pairs]
    document = read_written("a.yaml", yaml.safe_dump({"fragen": entries}, allow_unicode=True))
    assert [section.text for section in document.sections] == [
        "\n".join([*qs, answer]) for qs, answer in pairs
    ]
