"""The funding guide says what fits and why, and leaves open what no sheet says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.search_api.problem import detail_of
from tests.search_api.view.drawn import seen

if TYPE_CHECKING:
    from tests.search_api.house import House

FUND = """---
title: Bürgerfonds
topics: [förderung, bürgerbegegnung]
countries: [fr]
funder: Fonds
applicants: [Vereine, Städte, informelle Gruppen]
amount_min: 100
amount_max: 5000
prefinancing: true
deadline: laufend
---
Geld für Treffen mit Frankreich.
"""
CITY = """---
title: Fonds der Städte
topics: [förderung, ukraine]
countries: [ua]
funder: Dienst
applicants: [Kommunalverwaltungen]
amount_min: 10000
prefinancing: false
---
Geld für Städte mit einem Partner in der Ukraine.
"""
OPEN = "---\ntitle: Stiftung\nfunder: Stiftung\n---\nVieles ist offen.\n"


@pytest.fixture
def funds(house: House) -> House:
    house.write("foerderung/fonds.md", FUND)
    house.write("foerderung/staedte.md", CITY)
    house.write("foerderung/stiftung.md", OPEN)
    house.write(
        "foerderung/alt.md", FUND.replace("title: Bürgerfonds", "title: Altes Blatt\nvalid_until: 2020-12-31")
    )
    house.write("handbuch/bus.md", "Kein Blatt einer Förderung.")
    house.publish()
    return house


def found(house: House, **wanted: str | float | bool) -> dict[str, dict[str, Any]]:
    answer = house.client.get("/programmes", params=wanted)
    assert answer.status_code == 200
    return {each["document"]["title"]: each for each in answer.json()["programmes"]}


def reasons(programme: dict[str, Any]) -> dict[str, tuple[bool | None, str]]:
    return {each["name"]: (each["fits"], each["sentence"]) for each in programme["criteria"]}


def test_what_fits_comes_first_and_says_why(funds: House) -> None:
    listed = found(
        funds, applicant="verein", country="fr", purpose="begegnung", amount=800, advance=True, people=20
    )
    assert [(title, each["fits"]) for title, each in listed.items()] == [
        ("Bürgerfonds", "yes"),
        ("Stiftung", "unsure"),
        ("Fonds der Städte", "no"),
    ]
    assert reasons(listed["Bürgerfonds"]) == {
        "applicant": (True, "Vereine können beantragen: Vereine."),
        "country": (True, "Gilt für Partner in: Frankreich."),
        "purpose": (True, "Fördert Treffen und Fahrten von Erwachsenen."),
        "people": (None, "Wie viele Menschen nötig sind, steht im Blatt."),
        "amount": (True, "Bis zu 5.000 Euro sind möglich."),
        "advance": (True, "Ein Teil des Geldes kann vor dem Ende kommen."),
    }
    assert reasons(listed["Fonds der Städte"]) == {
        "applicant": (False, "Vereine sind nicht genannt. Genannt: Kommunalverwaltungen."),
        "country": (False, "Das Blatt nennt dieses Land nicht: Frankreich."),
        "purpose": (False, "Ist nicht für Treffen und Fahrten von Erwachsenen gedacht."),
        "people": (None, "Wie viele Menschen nötig sind, steht im Blatt."),
        "amount": (False, "Geld gibt es erst ab 10.000 Euro."),
        "advance": (False, "Das Geld kommt erst nach der Abrechnung."),
    }


def test_what_a_sheet_does_not_say_is_neither_yes_nor_no(funds: House) -> None:
    listed = found(funds, applicant="schule", country="fr", purpose="jugend", amount=800, advance=True)
    open_sheet = listed["Stiftung"]
    assert open_sheet["fits"] == "unsure"
    assert {name: fits for name, (fits, _) in reasons(open_sheet).items()} == dict.fromkeys(
        ("applicant", "country", "purpose", "amount", "advance")
    )


def test_more_than_the_most_is_not_refused_but_said(funds: House) -> None:
    fund = found(funds, amount=9000)["Bürgerfonds"]
    assert fund["fits"] == "unsure"
    assert reasons(fund)["amount"] == (None, "Höchstens 5.000 Euro; den Rest müssen Sie anders decken.")


@pytest.mark.parametrize(
    ("applicants", "who", "fits"),
    [
        ("[Vereine, Kommunen]", "verein", True),
        ("[Partnerschaftskomitees]", "verein", True),
        ("[Landkreise]", "kommune", True),
        ("[Hochschulen]", "schule", False),
        ("[Schulen, Hochschulen]", "schule", True),
        ("[informelle Gruppen ab drei Personen]", "informell", True),
        ("[Vereine]", "informell", False),
        ("[Schulträger]", "verein", False),
        ("[Studierende ohne Verein]", "verein", False),
        ("[Sportvereine]", "verein", True),
        ("[Träger der Jugendarbeit]", "verein", True),
        ("[Kirchengemeinden, Freundeskreise, Stadtsportbünde]", "kommune", False),
        ("[Vereine mit Sitz in einer Gemeinde]", "kommune", False),
        ("[gemeinnützige Organisationen für Kommunen]", "kommune", False),
        ('["Städte, Gemeinden und Kreise (Kommunalverwaltungen)"]', "kommune", True),
        ("[Schulfördervereine, Volkshochschulen]", "schule", False),
        ("[Grundschulen]", "schule", True),
        ('["gemeinnützige Vereine (nur bei einem Teil der Programme)"]', "verein", None),
        ('["gemeinnützige Vereine (nur bei einem Teil)", Komitees]', "verein", True),
    ],
)
def test_who_may_apply_is_read_from_the_sheets_words(
    house: House, applicants: str, who: str, fits: bool | None
) -> None:
    house.write("foerderung/x.md", f"---\ntitle: X\nfunder: Y\napplicants: {applicants}\n---\nText.\n")
    house.publish()
    assert reasons(found(house, applicant=who)["X"])["applicant"][0] is fits


def test_of_two_versions_of_a_sheet_only_the_newer_is_listed(funds: House) -> None:
    older = FUND.replace("title: Bürgerfonds", "title: Bürgerfonds 2024\nyear: 2024")
    funds.write("foerderung/fonds-2024.md", older)
    funds.write("foerderung/fonds-2026.md", older.replace("2024", "2026"))
    funds.publish()
    listed = found(funds)
    assert "Bürgerfonds 2026" in listed
    assert "Bürgerfonds 2024" not in listed


def test_expired_sheets_stay_away_by_default(funds: House) -> None:
    assert "Altes Blatt" not in found(funds)
    assert found(funds, include_expired=True)["Altes Blatt"]["document"]["expired"]


def test_without_conditions_every_sheet_is_listed(funds: House) -> None:
    listed = found(funds)
    assert {each["fits"] for each in listed.values()} == {"yes"}
    assert set(listed) == {"Bürgerfonds", "Fonds der Städte", "Stiftung"}


def test_each_reason_is_told_in_values_too(funds: House) -> None:
    listed = found(funds, applicant="verein", country="FR", purpose="jugend", amount=800, advance=True)
    values = [each["reason"] for each in listed["Bürgerfonds"]["criteria"]]
    assert [{name: value for name, value in each.items() if value} for each in values] == [
        {"rule": "applicant_named", "applicant": "verein", "named": ["Vereine"]},
        {"rule": "country_named", "country": "fr"},
        {"rule": "purpose_other", "purpose": "jugend"},
        {"rule": "amount_within", "amount": 5000},
        {"rule": "advance_partly"},
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_foreign_guide_gives_no_reason_in_german(funds: House, language: str) -> None:
    plan = {"applicant": "verein", "country": "fr", "purpose": "begegnung", "people": "20"}
    plan |= {"amount": "800", "advance": "true"}
    german = [sentence for each in found(funds, **plan).values() for _, sentence in reasons(each).values()]
    page = seen(funds.client.get("/foerderlotse", params={**plan, "lang": language}).text)
    told = [each.text_content() for each in page.xpath("//ul[@class='gruende']/li")]
    assert len(told) == len(german) == 18
    assert [line for line in told for sentence in german if sentence in line] == []
    quoted = page.xpath("//ul[@class='gruende']//*[@lang]/text()")
    assert {*quoted} == {"Vereine", "Kommunalverwaltungen"}


def test_how_many_come_alone_does_not_make_a_programme_fit(funds: House) -> None:
    listed = found(funds, people=30)
    assert {each["fits"] for each in listed.values()} == {"unsure"}
    assert found(funds, people=30, country="fr")["Bürgerfonds"]["fits"] == "yes"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"applicant": "firma"}, "»applicant« muss eines von verein, kommune, schule, informell sein."),
        ({"amount": "-5"}, "»amount« muss ein Betrag in Euro, größer als 0 sein."),
        ({"country": "Frankreich"}, "»country« muss ein Land mit zwei Buchstaben wie fr sein."),
        ({"kind": "faq"}, "»kind« gibt es nicht, möglich sind applicant, country, purpose, people"),
    ],
)
def test_a_wrong_condition_is_one_clear_sentence(funds: House, wrong: dict[str, str], told: str) -> None:
    answer = funds.client.get("/programmes", params=wrong)
    assert detail_of(answer, 422).startswith(told)
