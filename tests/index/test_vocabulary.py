"""Mistyped words are understood, and words that merely are not there are left alone."""

from __future__ import annotations

from math import log

import pytest

from index.vocabulary import Vocabulary
from index.word_counts import word_counts

WORDS = {
    "Versicherung": 9,
    "versicherung": 1,
    "Zuschuss": 7,
    "Jugendbegegnung": 4,
    "Partnerstadt": 8,
    "Förderung": 5,
    "Bus": 3,
    "Reise": 2,
    "Anzahlung": 1,
    "Raum": 4,
    "Band": 2,
    "Verkauf": 2,
    "geklärt": 1,
    "anzufügen": 1,
    "stammt": 1,
}
VOCABULARY = Vocabulary(word_counts(WORDS), 20)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("versicherrung", "Versicherung"),
        ("Versichrung", "Versicherung"),
        ("Vesricherung", "Versicherung"),
        ("Zuschus", "Zuschuss"),
        ("zuschuß", None),
        ("Jugendbegegnug", "Jugendbegegnung"),
        ("partnerstatd", "Partnerstadt"),
        ("Foerderung", None),
        ("Forderung", None),
        ("Reiseversicherung", None),
        ("Kuchen", None),
        ("Bsu", None),
        ("xqzzyw", None),
        ("2026", None),
        ("der", None),
        *((word, None) for word in ("raus", "bald", "verkauft", "geklaut", "anzufangen", "stimmt")),
    ],
)
def test_only_mistakes_are_corrected(typed: str, meant: str | None) -> None:
    assert VOCABULARY.correction(typed) == meant


def test_of_two_near_words_the_nearer_then_the_more_frequent_one_is_meant() -> None:
    vocabulary = Vocabulary(word_counts({"Antragsfrist": 1, "Antragsfristen": 5, "Antragslist": 9}), 20)
    assert vocabulary.correction("Antragsfrisst") == "Antragsfrist"


def test_rarity_is_the_inverse_document_frequency_of_qdrant() -> None:
    assert VOCABULARY.rarity("bus") == pytest.approx(log(1 + 17.5 / 3.5))
    assert VOCABULARY.rarity("unbekannt") == pytest.approx(log(1 + 20.5 / 0.5))
    assert VOCABULARY.rarity("bus") > VOCABULARY.rarity("versicher") > 0


def test_an_empty_collection_corrects_nothing() -> None:
    assert Vocabulary(word_counts({}), 0).correction("versicherrung") is None
