"""Words are looked up in a dictionary of German, however they are written."""

from __future__ import annotations

import pytest

from index.dictionary import dictionary_form, is_listed, is_noun
from index.folding import fold


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Häuser", "Haus"),
        ("haeuser", "Haus"),
        ("HÄUSER", "Haus"),
        ("gebrochen", "brechen"),
        ("unterschreibt", "unterschreiben"),
        ("MUESSTEN", "müssen"),
        ("fahrt", "Fahrt"),
        ("xqzzyw", "xqzzyw"),
        ("", ""),
    ],
)
def test_a_form_leads_to_the_word_in_the_dictionary(word: str, form: str) -> None:
    assert dictionary_form(word) == form


@pytest.mark.parametrize("word", ["raus", "geklaut", "zuschuessen", "Bald", "WIESO"])
def test_everyday_words_are_listed(word: str) -> None:
    assert is_listed(word)


@pytest.mark.parametrize("word", ["versicherrung", "zaheln", "waschmaschiene", "whonung"])
def test_mistakes_are_not_listed(word: str) -> None:
    assert not is_listed(word)


def test_nouns_are_known_in_all_forms_and_without_umlauts() -> None:
    assert all(is_noun(folded) for folded in (fold("Zuschüssen"), "stadte", "partnerschaft"))
    assert not any(is_noun(folded) for folded in ("versicherrung", "unterschreibt", ""))
