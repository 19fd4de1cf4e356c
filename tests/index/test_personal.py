"""What is personal in a question is taken out, and nothing else."""

from __future__ import annotations

import pytest

from index.personal import without_personal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bitte an erika.muster@example.org schreiben", "Bitte an [entfernt] schreiben"),
        ("erika+bus@post.stadt.example!", "[entfernt]!"),
        ("erika [at] example.org fragen", "[entfernt] fragen"),
        ("Rufen Sie 0201 123456 an", "Rufen Sie [entfernt] an"),
        ("Tel. +49 (0)201 / 12 34-567.", "Tel. [entfernt]."),
        ("(0201) 1234567", "[entfernt]"),
        ("0170-1234567 oder 0049 170 1234567", "[entfernt] oder [entfernt]"),
        ("Konto DE89 3704 0044 0532 0130 00 bitte", "Konto [entfernt] bitte"),
        ("de89370400440532013000", "[entfernt]"),
        ("FR14 2004 1010 0505 0001 3M02 606", "[entfernt]"),
    ],
)
def test_what_is_personal_is_removed(typed: str, kept: str) -> None:
    assert without_personal(typed) == (kept, True)


@pytest.mark.parametrize(
    "typed",
    [
        "Was kostet die Fahrt 2026-2027 für 1.500.000 Euro?",
        "Frist am 01.02.2027 um 08:30 Uhr?",
        "Sind 50745 Euro und 0,05 Prozent richtig?",
        "Gilt § 651a BGB für 12 345 678 Euro?",
        "Europa @ Schule, geht das?",
        "Was regelt EU-Verordnung 2021/692?",
    ],
)
def test_what_is_not_stays(typed: str) -> None:
    assert without_personal(typed) == (typed, False)
