"""Compounds are taken apart where their parts are words, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.compounds import split_compound
from index.folding import fold
from index.german import terms


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Reiseversicherung", {"reise", "versicherung"}),
        ("Reiserücktrittskostenversicherung", {"reise", "rucktritts", "kosten", "versicherung"}),
        ("Auslandsreisekrankenversicherung", {"auslands", "reise", "kranken", "versicherung"}),
        ("Städtepartnerschaft", {"stadte", "partnerschaft"}),
        ("Partnerschaftskomitee", {"partnerschaft", "komitee"}),
        ("Mitgliederversammlung", {"mitglieder", "versammlung"}),
        ("Verwendungsnachweis", {"verwendung", "nachweis"}),
        ("Kindergeld", {"kinder", "geld"}),
        ("Busunternehmen", {"bus", "unternehmen"}),
        ("Wohngeldstelle", {"wohngeld", "wohn", "geld", "stelle"}),
        ("Donauschifffahrt", {"donau", "schifffahrt"}),
        ("Foerderrichtlinie", {"forder", "richtlinie"}),
    ],
)
def test_a_compound_has_its_parts_and_theirs(word: str, parts: set[str]) -> None:
    assert parts <= set(split_compound(fold(word)))


@pytest.mark.parametrize(
    "word",
    [
        *("Komitee", "Verein", "Urlaub", "Partnerschaft", "Versicherung", "Verwaltung", "Gemeinde", "Antrag"),
        *("Nachweis", "Beratung", "Unterhalt", "Generation", "Information", "Regierung", "Bürgerinnen"),
        *("Freundschaft", "Erlebnis", "Ergebnis", "Konferenz", "Universität", "Vertreter", "Erfahrung"),
    ],
)
def test_what_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert split_compound(fold(word)) == ()


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Reise Versicherung", "Reiseversicherung"),
        ("Reise-Versicherung", "Reiseversicherung"),
        ("Versicherung für Reisen", "Reiseversicherung"),
        ("Haftung der Vereine", "Vereinshaftung"),
    ],
)
def test_a_question_meets_a_compound_however_it_is_taken_apart(asked: str, written: str) -> None:
    assert len(set(terms(asked)) & set(terms(written))) >= 2


@given(st.text("abcdefghiklmnoprstuwz", max_size=40))
def test_any_word_is_taken_apart_quickly_and_into_pieces_of_itself(word: str) -> None:
    assert all(part in word and len(part) < len(word) for part in split_compound(word))
