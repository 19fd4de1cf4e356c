"""Ligatures and private signs of fonts become the letters that a person sees."""

from __future__ import annotations

from ingest.readers.pdf_ligatures import UNKNOWN, with_ligatures
from ingest.readers.pdf_words import Word, repaired


def _read(*texts: str) -> list[str]:
    return [word.text for word in with_ligatures([Word(text, 0, 1, 0, 10) for text in texts])]


def test_a_nameless_sign_is_what_makes_german_words() -> None:
    assert _read("\x1bnden", "pro\x1btieren", "Kon\x1brmation,") == ["finden", "profitieren", "Konfirmation,"]
    assert _read("ö\x1dnen", "tre\x1den") == ["öffnen", "treffen"]
    assert _read("\x0eelle", "bequem") == ["Quelle", "bequem"]


def test_the_same_sign_may_be_another_ligature_in_another_file() -> None:
    assert _read("Schi\x1b", "Sto\x1b") == ["Schiff", "Stoff"]
    assert _read("\x1bieger", "\x1buss") == ["flieger", "fluss"]


def test_a_sign_that_makes_no_word_is_said_to_be_unknown() -> None:
    assert _read("x\x1bq") == [f"x{UNKNOWN}q"]


def test_private_signs_and_ligatures_of_unicode_become_letters() -> None:
    assert repaired("\uf0b7") == "•"
    assert repaired("\uf001nden") == "finden"
    assert repaired("O\ufb03ce") == "Office"
    assert repaired("\uf732\uf730\uf732\uf736") == "2026"
    assert repaired("m²") == "m²"
