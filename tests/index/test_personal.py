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
        ("FR 14 2004 1010 0505 0001 3M02 606", "[entfernt]"),
        ("Konto DE 89 3704 0044 0532 0130 00 bitte", "Konto [entfernt] bitte"),
        ("de 89370400440532013000", "[entfernt]"),
        ("Tel.0171 1234567", "Tel.[entfernt]"),
        ("Nr.0211-123456", "Nr.[entfernt]"),
        ("Tel,0211123456", "Tel,[entfernt]"),
        ("Rufen Sie 0211\u2011123456 an", "Rufen Sie [entfernt] an"),
        ("0211 \u2013 123456", "[entfernt]"),
        ("\uff10\uff11\uff17\uff11 \uff11\uff12\uff13\uff14\uff15\uff16\uff17", "[entfernt]"),
        ("0171\u200b1234567", "[entfernt]"),
        ("Appelez 01.23.45.67.89", "Appelez [entfernt]"),
        ("an max (at) web (dot) de bitte", "an [entfernt] bitte"),
        ("max[at]web[punkt]de", "[entfernt]"),
        ("erika@example.org. Danke", "[entfernt]. Danke"),
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
        "Kostet 2025/26 die Reise 50.000 Euro nach § 651h?",
        "Reichen 1.000.000.000 Euro oder 50 000 000 Euro?",
        "Geht 2026\u20132027 auch ½ Tag?",
        "Vom 01.02.\u201303.04.2027 oder 01.02.2027\u201303.04.2027?",
        "Sind wir am 15 Juni 2026 dran?",
        "Frist:01.02.27, Beginn 05.06.?",
        "Liegt 01067 Dresden weit?",
    ],
)
def test_what_is_not_stays(typed: str) -> None:
    assert without_personal(typed) == (typed, False)
