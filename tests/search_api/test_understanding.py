"""What is searched for: what was typed, what was meant, what means the same."""

from __future__ import annotations

from index.thesaurus import Thesaurus
from index.vocabulary import Vocabulary
from index.word_counts import word_counts
from search_api.understanding import Correction, understand

VOCABULARY = Vocabulary(word_counts({"Versicherung": 5, "Fahrt": 3, "Vorschuss": 2}), 10)
THESAURUS = Thesaurus([("Mittelabruf", ["Vorschuss"])])


def test_a_question_without_mistakes_is_searched_for_as_it_is() -> None:
    understood = understand("Versicherung für die Fahrt", "de", VOCABULARY, Thesaurus())
    assert understood.wordings == ("Versicherung für die Fahrt",)
    assert understood.terms == understood.core == {"versicher": 1.0, "fahrt": 1.0}
    assert (understood.corrections, understood.expansions) == ((), ())


def test_a_mistake_is_corrected_and_what_was_typed_still_counts() -> None:
    understood = understand("versicherrung für die Fahrt", "de", VOCABULARY, Thesaurus())
    assert understood.corrections == (Correction("versicherrung", "Versicherung"),)
    assert understood.wordings == ("versicherrung für die Fahrt", "Versicherung für die Fahrt")
    assert 0 < understood.terms["versicher"] < understood.terms["versicherr"] == 1.0
    assert set(understood.core) == {"versicher", "fahrt"}  # coverage is measured by what was meant


def test_what_means_the_same_counts_less_than_what_was_typed() -> None:
    understood = understand("Mittelabruf", "de", VOCABULARY, THESAURUS)
    assert 0 < understood.terms["vorschuss"] < understood.terms["mittelabruf"]
    assert "vorschuss" not in understood.core
    assert understood.expansions[0].means == ("Vorschuss",)


def test_a_corrected_word_is_looked_up_in_the_thesaurus() -> None:
    vocabulary = Vocabulary(word_counts({"Mittelabruf": 2}), 10)
    understood = understand("Mittelabruff", "de", vocabulary, THESAURUS)
    assert understood.expansions[0].word == "Mittelabruf"


def test_words_of_another_language_are_left_to_the_encoder() -> None:
    understood = understand("Who pays for the Mittelabruf versicherrung?", "en", VOCABULARY, THESAURUS)
    assert understood.wordings == ("Who pays for the Mittelabruf versicherrung?",)
    assert not understood.terms
    assert (understood.corrections, understood.expansions) == ((), ())
