from datetime import date

import pytest

from search_api.schemas import Funding, Heading, Location, Page
from search_api.view.languages import texts_in
from search_api.view.languages.german import GERMAN
from search_api.view.lines import document_line, source_line
from search_api.view.locales import country_name, date_words, euros
from search_api.view.names import countries, value_name
from search_api.view.words import clock, expired_words, funding_facts, place_phrase
from tests.search_api.view import samples


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (Page(page=4, label=None), "S. 4"),
        (Page(page=4, label="4"), "S. 4"),
        (Page(page=4, label="iv"), "S. iv (Seite 4 der Datei)"),
        (samples.TIME, "ab 12:34"),
        (samples.HEADING, "Abschnitt »Fahrten«"),
        (samples.QUESTION, "Frage »Wer haftet?«"),
    ],
)
def test_a_place_in_words(location: Location, words: str) -> None:
    found = place_phrase(GERMAN, location, ["Versicherungen", "Fahrten"], "handbuch/a.pdf")
    assert str(found) == words


def test_a_part_without_a_heading_has_no_place_in_words() -> None:
    assert str(place_phrase(GERMAN, Heading(anchor="s1"), [], "handbuch/a.docx")) == ""


@pytest.mark.parametrize("source", ["handbuch/a.pptx", "handbuch/A.ODP"])
def test_the_pages_of_a_presentation_are_slides(source: str) -> None:
    assert str(place_phrase(GERMAN, Page(page=4, label=None), [], source)) == "Folie 4"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0:00"), (59.99, "0:59"), (60, "1:00"), (754.6, "12:34"), (3599, "59:59"), (3723, "1:02:03")],
)
def test_a_time_is_cut_to_whole_seconds(seconds: float, words: str) -> None:
    assert clock(seconds) == words


def test_the_source_line_names_kind_title_place_and_date() -> None:
    assert source_line(GERMAN, samples.hit()) == (
        "Handbuch · Versicherung bei Fahrten · S. 4 · geprüft am 22.11.2026"
    )


def test_without_a_check_the_year_stands_for_it_and_without_both_nothing() -> None:
    unchecked = samples.DOCUMENT.model_copy(update={"last_checked": None})
    assert source_line(GERMAN, samples.hit(unchecked)).endswith("S. 4 · Stand 2026")
    undated = unchecked.model_copy(update={"year": None})
    assert source_line(GERMAN, samples.hit(undated)).endswith("S. 4")


def test_a_transcript_made_by_a_machine_is_called_so() -> None:
    heard = samples.RECORDING.model_copy(update={"automatic": True})
    assert source_line(GERMAN, samples.hit(heard)).endswith(
        "geprüft am 22.11.2026 · automatisches Transkript"
    )
    assert document_line(GERMAN, heard).endswith("automatisches Transkript · Lizenz: CC BY 4.0")
    assert "automatisches" not in source_line(GERMAN, samples.hit(samples.RECORDING))


def test_a_document_line_names_recording_day_and_licence() -> None:
    assert document_line(GERMAN, samples.RECORDING) == (
        "Mitschrift · aufgezeichnet am 03.05.2026 · geprüft am 22.11.2026 · Lizenz: CC BY 4.0"
    )


def test_expired_says_since_when() -> None:
    assert expired_words(GERMAN, samples.EXPIRED) == "abgelaufen seit 31.12.2025"
    assert expired_words(GERMAN, samples.EXPIRED.model_copy(update={"valid_until": None})) == "abgelaufen"
    assert expired_words(GERMAN, samples.DOCUMENT.model_copy(update={"valid_until": date(2030, 1, 1)})) == ""


def test_funding_in_words() -> None:
    assert samples.GRANT.funding is not None
    assert facts(samples.GRANT.funding) == {
        "Fördergeber": "Stiftung Brücke",
        "Wer kann beantragen": "Vereine, Kommunen",
        "Betrag": "500 bis 50.745 Euro",
        "Anteil": "bis zu 80 % der Kosten",
        "Kommt Geld vorher?": "ja",
        "Antragsfrist": "01.02.2027",
    }


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, 5000, "bis zu 5.000 Euro"),
        (750.5, None, "ab 750,50 Euro"),
        (300, 300, "300 Euro"),
        (0, 9, "0 bis 9 Euro"),
    ],
)
def test_amounts_with_one_end_or_two(low: float | None, high: float | None, words: str) -> None:
    assert facts(_funding(low, high))["Betrag"] == words


def test_what_is_unknown_about_a_funding_is_not_shown() -> None:
    assert facts(_funding(None, None)) == {}


def test_a_deadline_in_words_stays_as_it_is() -> None:
    funding = _funding(None, None).model_copy(update={"deadline": "laufend", "prefinancing": False})
    assert facts(funding) == {"Kommt Geld vorher?": "nein", "Antragsfrist": "laufend"}


@pytest.mark.parametrize(
    ("language", "label", "answer"),
    [
        ("de", "Kommt Geld vorher?", "ja"),
        ("en", "Is some of the money paid in advance?", "yes"),
        ("fr", "Une partie de l’argent est-elle versée à l’avance\N{NO-BREAK SPACE}?", "oui"),
    ],
)
def test_money_that_comes_in_advance_is_not_money_to_lay_out(language: str, label: str, answer: str) -> None:
    funding = _funding(None, None).model_copy(update={"prefinancing": True})
    assert [(fact.name, fact.value) for fact in funding_facts(texts_in(language), funding)] == [
        (label, answer)
    ]


def facts(funding: Funding) -> dict[str, str]:
    return {fact.name: fact.value for fact in funding_facts(GERMAN, funding)}


def _funding(low: float | None, high: float | None) -> Funding:
    return Funding(
        funder=None,
        applicants=[],
        amount_min=low,
        amount_max=high,
        funding_rate=None,
        prefinancing=None,
        deadline=None,
    )


def test_large_amounts_have_points() -> None:
    assert euros("de", 1234567) == "1.234.567 Euro"


@pytest.mark.parametrize(
    ("facet", "value", "name"),
    [
        ("kind", "foerderung", "Förderung"),
        ("topic", "kommune und verein", "Kommune und verein"),
        ("country", "ua", "Ukraine"),
        ("country", "qq", "QQ"),
        ("audience", "verein", "Vereine"),
        ("language", "fr", "Französisch"),
        ("language", "xx", "xx"),
        ("year", "2026", "2026"),
    ],
)
def test_filter_values_have_german_names(facet: str, value: str, name: str) -> None:
    assert value_name(GERMAN, facet, value) == name


@pytest.mark.parametrize(
    ("code", "day", "money", "country"),
    [
        ("de", "02.11.2026", "50.745,50 Euro", "Vereinigte Staaten"),
        ("en", "2 November 2026", "50,745.50 euros", "United States"),
        ("fr", "2 novembre 2026", "50\N{NARROW NO-BREAK SPACE}745,50 euros", "États-Unis"),
    ],
)
def test_each_language_writes_days_amounts_and_countries_its_own_way(
    code: str, day: str, money: str, country: str
) -> None:
    language = texts_in(code).language
    assert date_words(language, date(2026, 11, 2)) == day
    assert euros(language, 50745.5) == money
    assert country_name(language, "us") == country


def test_countries_are_in_the_order_of_their_names_without_marks() -> None:
    assert [*countries(GERMAN)].index("at") < [*countries(GERMAN)].index("pl")
    assert [*countries(texts_in("fr"))].index("us") < [*countries(texts_in("fr"))].index("fr")
    assert "de" not in countries(GERMAN)
