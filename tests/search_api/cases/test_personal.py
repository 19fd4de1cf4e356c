"""What looks like personal data is found, also disguised; what a good answer says is not."""

from __future__ import annotations

import time

import pytest

from search_api.cases.personal import personal_data

FOUND = {
    "email": [
        "anna.schmidt@example.org",
        "anna (at) example (punkt) org",
        "anna＠example．org",
        "a@b\u200b.de",
    ],
    "telephone": [
        *("0211 / 123 45 67", "(0211) 123456", "0176-12345678", "0211.1234567", "+49 (211) 1234567"),
        *(
            "0033 1 23 45 67 89",
            "+380 44 123 45 67",
            "Tel. 12 34 56",
            "Tel.0211 123456",
            "0211‑123456",
            "Durchwahl: 345",
            "０２１１ １２３４５６７",
        ),
    ],
    "iban": [
        "DE89 3704 0044 0532 0130 00",
        "DE 89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "PL61109010140000071219812874",
    ],
    "birth_date": ["geboren am 3. Mai 1950", "geb. 03.05.1950", "Geburtsdatum: 3.5.50"],
    "street": ["Berliner Straße 12", "Hauptstr. 5a", "Rathausplatz 1", "12 rue de la Paix", "ul. Długa 5"],
    "postal_code": ["50667 Köln", "D-50667 Köln", "00-950 Warszawa", "59000 Lille"],
    "salutation": [
        *("Herr Müller", "Herrn Müller", "Frau Dr. Schmidt", "Frau Holle", "Familie Çelik", "Madame Dupont"),
        *("Liebe Anna", "Sehr geehrter Herr Prof. Dr. Meier", "ich heiße Anna"),
    ],
    "signature": ["Viele Grüße\nAnna Schmidt", "Mit freundlichen Grüßen,\nHans", "LG Anna"],
}
HARMLESS = [
    "Der Antrag endet am 01.02.2027 um 12 Uhr, der nächste am 1. Oktober 2027.",
    "Die Stadt gibt 12500 Euro, höchstens 50.745 Euro, also 0,16 €/km.",
    "Nach § 30a BZRG und Artikel 6 Abs. 1 DSGVO, EU 2021/1230, KA210-YOU",
    "In den Jahren 2026-2027 kamen 15000 Besucher aus 27 Ländern.",
    "Sehr geehrte Damen und Herren, liebe Mitglieder, liebe Freunde",
    "Der Weihnachtsmarkt 2026 beginnt am Markt 12. Dezember.",
    "Fahren Sie mit 10 000 Menschen von 10 bis 12.30 Uhr.",
    "Eine Frau und ein Herr leiten das Komitee. Grüße übermittelt die Stadt.",
    "Das Deutsch-Polnische Jugendwerk gibt bis zu 80 % der Kosten dazu.",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts])
def test_it_is_found_with_its_place_and_its_words(kind: str, text: str) -> None:
    found = personal_data({"Titel": "Der Bus", "Antwort": f"Dazu gilt: {text}, sagt man."})
    assert kind in {each.kind for each in found}
    assert {each.place for each in found} == {"Antwort"}
    assert all(each.excerpt for each in found)


def test_a_number_with_its_label_is_told_once() -> None:
    assert [each.excerpt for each in personal_data({"Antwort": "Tel. 0211 123456"})] == ["0211 123456"]


def test_only_names_and_places_may_be_confirmed() -> None:
    confirmable = {
        kind: {each.confirmable for text in texts for each in personal_data({"x": text}) if each.kind == kind}
        for kind, texts in FOUND.items()
    }
    strict = {kind for kind, answers in confirmable.items() if answers == {False}}
    assert strict == {"email", "telephone", "iban", "birth_date"}
    assert all(answers == {True} for kind, answers in confirmable.items() if kind not in strict)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_good_answer_is_none(text: str) -> None:
    assert personal_data({"Antwort": text}) == []


@pytest.mark.parametrize(
    "piece",
    [
        "0211 ",
        "a",
        "Dr. ",
        "1",
        "Frau Dr",
        "+4",
        "a.-",
        "Grüße\n",
        "DE12 ",
        "@",
        "hof ",
        "* 1",
        "a-",
        "hof1",
        "weg-",
    ],
)
def test_the_longest_text_is_looked_through_in_a_moment(piece: str) -> None:
    began = time.process_time()
    personal_data({"Antwort": (piece * 60_000)[:60_000]})
    assert time.process_time() - began < 2  # seconds; a pattern that backtracks takes hours
