"""Statutes and amounts are found as they are cited, however they are written."""

from __future__ import annotations

import pytest

from index.german import terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("§ 651a BGB", "§651a BGB"),
        ("§ 651h Abs. 3 Satz 1 BGB", "§ 651h BGB"),
        ("Art. 5 GG", "Artikel 5 GG"),
        ("5.000 €", "5000 Euro"),
        ("5 000 EUR", "5000 Euro"),
        ("5.000,00 Euro", "5000 €"),
        ("80 %", "80 Prozent"),
        ("1.250.000 €", "1250000 Euro"),
    ],
)
def test_the_same_is_the_same(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


def test_a_paragraph_of_one_statute_is_not_that_of_another() -> None:
    here, there = set(terms("§ 21 BGB")), set(terms("§ 21 StVG"))
    assert here & there == {"21"}
    assert len(here - there) == len(there - here) == 2


def test_a_paragraph_alone_meets_the_one_with_its_statute() -> None:
    assert set(terms("§ 651h")) <= set(terms("nach § 651h Abs. 1 BGB"))


@pytest.mark.parametrize("text", ["Raum 12 100", "0211 123 456", "3. Mai 2026", "1,50"])
def test_numbers_that_are_no_amounts_stay_apart(text: str) -> None:
    assert all(len(term) <= 4 for term in terms(text))
