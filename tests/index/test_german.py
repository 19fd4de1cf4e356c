"""Words that people write differently and mean alike become the same terms."""

from __future__ import annotations

import sys
import threading
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.folding import fold
from index.german import STOP_WORDS, terms


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Foerderung", "Förderung"),
        ("FÖRDERUNG", "Förderung"),
        ("Forderung", "Förderung"),
        ("Fo\u0308rderung", "Förderung"),
        ("Aerzte", "Ärzte"),
        ("Ueberfall", "Überfall"),
        ("fuehrerschein", "Führerschein"),
        ("Strasse", "Straße"),
        ("STRASSE", "Straße"),
        ("STRAẞE", "Straße"),
        ("Haeuser", "Häuser"),
        ("Haus", "Häuser"),
        ("Vereine", "Verein"),
        ("Vereins", "Verein"),
        ("Vereinen", "Verein"),
        ("Zuschüsse", "Zuschuss"),
        ("Zuschuesse", "Zuschuss"),
        ("Fahrten", "Fahrt"),
        ("Versicherungen", "Versicherung"),
        ("gebrochen", "brechen"),
        ("unterschreibt", "unterschrieben"),
        ("VERKAUFT", "verkaufen"),
        ("fahrt", "Fahrten"),
        ("Ämter", "amt"),
        ("gruesst", "grüßen"),
        ("Cafe", "Café"),
        ("ﬁnanziell", "finanziell"),
    ],
)
def test_spellings_of_a_word_meet(written: str, meant: str) -> None:
    assert terms(written) == terms(meant) != []


@pytest.mark.parametrize(
    ("one", "other"), [("Haftung", "Haft"), ("Verein", "Vertrag"), ("2025", "2026"), ("651r", "651")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("neue", "neue"),
        ("Treue", "treue"),
        ("Frauen", "frauen"),
        ("Quelle", "quelle"),
        ("Feuer", "feuer"),
        ("Ämter", "amter"),
        ("Größe", "grosse"),
    ],
)
def test_two_vowels_are_an_umlaut_only_where_they_can_be_one(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nordrhein-Westfalen", ["nordrhein", "nord", "rhein", "westfal", "nordrheinwestfal"]),
        ("Jugend-Austausch", ["jugend", "austausch", "jugendaustausch"]),
        ("E-Mail", ["mail", "email"]),
        ("e.V.", ["ev"]),
        ("§ 651r BGB", ["651r", "bgb", "651rbgb"]),
        ("§651r", ["651r"]),
        ("10.000 Euro", ["10000", "euro"]),
        ("5 €", ["5", "euro"]),
        ("EU", ["eu"]),
        ("Bürger*innen", ["burg", "inn"]),
        ("Bus 3", ["bus", "3"]),
        ("Bus_Bahn", ["bus", "bahn"]),
        ("", []),
        (" \n\t", []),
        ("?!… – 🙂", []),
        ("a b c", []),
    ],
)
def test_what_is_written_together_is_found_in_parts_and_as_a_whole(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_a_compound_with_a_hyphen_meets_the_one_without() -> None:
    assert set(terms("Jugendaustausch")) <= set(terms("Jugend-Austausch"))
    assert set(terms("Jugend")) <= set(terms("Jugend-Austausch"))


def test_terms_come_in_order_and_as_often_as_they_are_written() -> None:
    assert terms("Bus, Bahn und Bus") == ["bus", "bahn", "bus"]


@pytest.mark.parametrize(
    "phrase",
    [
        "Was ist das?",
        "der die das",
        "Wie können wir denn eigentlich",
        "Gibt es bitte auch",
        "für über fuer ueber FÜR",
        "Koennen wir",
    ],
)
def test_words_without_a_subject_leave_no_terms(phrase: str) -> None:
    assert terms(phrase) == []


def test_a_question_leaves_its_subject() -> None:
    assert terms("Welche Versicherung braucht unser Verein für die Fahrt?") == [
        *terms("Versicherung"),
        *terms("braucht"),
        *terms("Verein"),
        *terms("Fahrt"),
    ]


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_no_stop_word_gets_through_however_it_is_written(word: str) -> None:
    assert terms(word.upper()) == terms(word) == []


@given(st.text(max_size=200))
def test_any_text_has_terms_of_letters_and_digits_and_never_an_empty_one(text: str) -> None:
    assert all(term and not any(c.isspace() for c in term) for term in terms(text))


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_text_has_the_terms_of_its_lines(first: str, second: str) -> None:
    assert terms(f"{first}\n{second}") == terms(first) + terms(second)


@given(st.text("abcdefghijklmnopqrstuvwxyzäöüß", min_size=1, max_size=20))
def test_case_makes_no_difference(word: str) -> None:
    assert fold(word.upper()) == fold(word)


def test_threads_do_not_disturb_each_other() -> None:
    """Readers and encoder, and all searches of the API, analyse at the same time."""
    made = (f"{one}{two}{end}" for one, two, end in product("bdfgklmn", ("arischl", "estig", "upfer"), _ENDS))
    words = [f"qu{word}" for word in made]  # in no cache and no dictionary
    found: list[list[list[str]]] = []

    def work() -> None:
        found.append([terms(word) for word in words])

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert len(found) == len(threads)  # a thread that failed has found nothing
    assert all(each == found[0] for each in found)


_ENDS = ("ungen", "heiten", "ern", "es", "est", "lichen", "igen", "keit", "ischer", "end")
