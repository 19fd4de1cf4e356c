"""Whole pages of the second door in English and French: none of our words is German, all ways stay."""

from __future__ import annotations

import re
from dataclasses import replace
from string import Formatter
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from search_api.schemas import (
    Correction,
    FitName,
    Hit,
    NewerVersion,
    Page,
    Place,
    Programme,
    Verdict,
)
from search_api.view import site
from search_api.view.address import Address
from search_api.view.languages import texts_in
from search_api.view.languages.german import GERMAN
from search_api.view.plan import Plan
from tests.search_api.view import samples
from tests.search_api.view.test_languages import strings

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from search_api.view.languages import PageLanguage

FOREIGN: tuple[PageLanguage, ...] = ("en", "fr")
FACETS = {"kind": {"faq": 3}, "topic": {"versicherung": 2}, "country": {"pl": 1}, "language": {"de": 4}}
API_SAYS = "Die Frage enthält kein Wort; bitte fragen Sie mit anderen Worten."
VERDICTS: tuple[Verdict, ...] = ("answered", "partial", "none")
FITS: tuple[FitName, ...] = ("yes", "unsure", "no")


def drawn(page: str) -> HtmlElement:
    return html.fromstring(page)


def rich_hits() -> list[Hit]:
    place = Place(
        passage_id="p9", document_id="d9", source="b.md", title="Blatt", heading=[], location=samples.PAGE
    )
    newer = NewerVersion(document_id="d8", source="c.md", title="Blatt von heute")
    first = samples.hit(samples.EXPIRED).model_copy(update={"also_in": [place], "newer_version": newer})
    return [
        first,
        samples.hit(samples.GRANT, samples.HEADING, text="Wort. " * 99 + samples.SENTENCE + " Wort." * 99),
        samples.hit(samples.RECORDING.model_copy(update={"automatic": True}), samples.TIME),
        samples.hit(location=samples.QUESTION),
        samples.hit(samples.DOCUMENT.model_copy(update={"last_checked": None}), Page(page=4, label="iv")),
        samples.hit(rank=6),
    ]


def answers(verdict: Verdict, address: Address) -> str:
    found = samples.answer(*rich_hits(), verdict=verdict, facets=FACETS)
    found = found.model_copy(update={"corrections": [Correction(written="Knte", meant="Knete")]})
    return site.answer_page(address, found, "")


def start(address: Address) -> str:
    entries = samples.catalogue(samples.DOCUMENT, samples.EXPIRED, samples.RECORDING).documents
    return site.start_page(address, entries, samples.examples(Recht=["Wer haftet auf der Fahrt?"]).topics)


def document(address: Address) -> str:
    pages = [samples.passage(n, Page(page=n, label=None)) for n in (1, 2)]
    return site.document_page(
        replace(address, document="7d1f"), samples.detail(*pages, document=samples.GRANT)
    )


def guide(language: PageLanguage, *fits: FitName) -> str:
    found = [Programme(document=samples.GRANT, fits=fit, criteria=[*samples.REASONS]) for fit in fits]
    return site.guide_page(texts_in(language), Plan(applicant="verein", amount="800"), found)


def pages(language: PageLanguage) -> dict[str, str]:
    """Every page of the second door, with all that can stand on it."""
    address = Address("Who?", {"kind": ("faq",), "topic": ("versicherung",)}, language=language)
    texts = texts_in(language)
    return {
        "start": start(replace(address, question="", filters={})),
        **{verdict: answers(verdict, address) for verdict in VERDICTS},
        "document": document(address),
        "guide": guide(language),
        "programmes": guide(language, *FITS),
        "refusal": site.refusal_page(address, told=API_SAYS),
        "refused filter": site.refusal_page(address, advice=texts.refused_filter),
        "notice": site.notice_page(address, texts.not_ready, texts.not_ready_advice, API_SAYS),
        "barrierefreiheit": site.standing_page(texts, "barrierefreiheit", "Rathaus, Zimmer 3"),
        "leichte-sprache": site.standing_page(texts, "leichte-sprache", "Rathaus, Zimmer 3"),
    }


NAMES = [*pages("de")]


def said(page: HtmlElement, language: PageLanguage) -> str:
    """All that a page says in its own language: texts, labels and title."""
    for other in page.xpath(f"//*[@lang and @lang != '{language}']"):
        other.drop_tree()
    attributes = page.xpath("//@aria-label | //@placeholder | //@title")
    return " ".join([*page.itertext(), *attributes])


def german_pieces(language: PageLanguage) -> set[str]:
    """The fixed parts of the German strings that are others in this language, if longer than 3 letters."""
    ours = strings(texts_in(language))
    german = {words for name, words in strings(GERMAN).items() if words != ours[name]}
    pieces = {piece.strip(" ()«»:,") for words in german for piece, *_ in Formatter().parse(words)}
    same = " ".join(ours.values())
    return {piece for piece in pieces if len(piece) > 3 and not occurs(piece, same)}


def occurs(piece: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", words) is not None


def test_the_check_would_find_a_german_word() -> None:
    german = said(drawn(pages("de")["none"]), "de")
    assert {piece for piece in german_pieces("en") if occurs(piece, german)} >= {"Suchen", "geprüft am"}
    guide_words = said(drawn(pages("de")["programmes"]), "de")
    found = {piece for piece in german_pieces("en") if occurs(piece, guide_words)}
    assert found >= {"Gilt für Partner in", "können beantragen", "Gruppen ohne Verein"}


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("name", NAMES)
def test_a_foreign_page_says_nothing_in_german(name: str, language: PageLanguage) -> None:
    page = drawn(pages(language)[name])
    assert page.xpath("/html/@lang") == [language]
    words = said(page, language)
    assert texts_in(language).search_link in words
    assert [piece for piece in german_pieces(language) if occurs(piece, words)] == []


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("name", NAMES)
def test_what_sources_and_the_api_say_is_marked_as_german(name: str, language: PageLanguage) -> None:
    words = said(drawn(pages(language)[name]), language)
    content = (
        *(samples.SENTENCE, "Versicherung bei Fahrten", "Kleiner Fonds", "Stiftung Brücke", "Fahrten"),
        *("Wer haftet", "Absatz Nummer", "ersicherung", "Vereine", "Initiativen", "Blatt", "Knete"),
        *(API_SAYS, "Rathaus", "Satz der API"),
    )
    title = drawn(pages(language)[name]).findtext(".//title") or ""
    assert [each for each in content if each in words.replace(title, "")] == []


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("name", NAMES)
def test_every_way_and_form_keeps_the_language(name: str, language: PageLanguage) -> None:
    page = drawn(pages(language)[name])
    ways = page.xpath("//a[not(ancestor::nav[@class='sprachen'])]/@href")
    inside = [way for way in ways if not way.startswith(("#", "http", "./"))]
    assert inside
    assert [way for way in inside if parse_qs(urlsplit(way).query).get("lang") != [language]] == []
    for form in page.forms:
        assert form.xpath(".//input[@type='hidden'][@name='lang']/@value") == [language]


def test_the_switch_keeps_question_filters_and_place() -> None:
    address = Address("Wer zahlt?", {"kind": ("faq", "studien")}, True, "7d1f", "p2", None, True, "en")
    page = drawn(document(address))
    german, english, french = page.xpath("//header//nav[@aria-label='Language of this page']//a")
    assert [way.text for way in (german, english, french)] == ["Deutsch", "English", "Français"]
    for way, code in ((german, "de"), (english, "en"), (french, "fr")):
        assert (way.get("lang"), way.get("hreflang")) == (code, code)
        view = parse_qs(urlsplit(way.get("href")).query)
        assert view.pop("lang", ["de"]) == [code]
        assert view == {
            "q": ["Wer zahlt?"],
            "kind": ["faq", "studien"],
            "abgelaufene": ["1"],
            "dokument": ["7d1f"],
            "abschnitt": ["p2"],
            "embed": ["1"],
        }
    assert [way.get("aria-current") for way in (german, english, french)] == [None, "true", None]


def test_the_switch_of_the_guide_keeps_the_plan() -> None:
    page = drawn(guide("fr"))
    ways = page.xpath("//nav[@class='sprachen']//a/@href")
    assert ways == [
        "?applicant=verein&amount=800",
        "?applicant=verein&amount=800&lang=en",
        "?applicant=verein&amount=800&lang=fr",
    ]


def test_a_foreign_card_is_written_as_its_language_writes() -> None:
    english = drawn(pages("en")["answered"]).text_content()
    assert "Handbook · Versicherung bei Fahrten · p. 4 · checked on 22 November 2026" in english
    assert "out of date since 31 December 2025" in english
    assert "500 to 50,745 euros" in english
    assert "section “Fahrten”" in english
    french = drawn(pages("fr")["answered"]).text_content()
    assert "vérifié le 22 novembre 2026" in french
    assert "Pologne (1)" in french


def test_the_reasons_of_the_guide_are_written_as_their_language_writes() -> None:
    english, french = (drawn(pages(language)["programmes"]) for language in FOREIGN)
    assert "Yes: For partners in: France." in english.text_content()
    assert "No: Money is given only from 10,000 euros upwards." in english.text_content()
    assert "Oui\N{NO-BREAK SPACE}: Jusqu’à 1\N{NARROW NO-BREAK SPACE}500,50 euros" in french.text_content()
    quoted = english.xpath("//ul[@class='gruende']//*[@lang='de']/text()")
    assert {*quoted} == {"Vereine", "Initiativen"}


def test_a_french_title_on_a_german_page_is_marked_too() -> None:
    french = samples.DOCUMENT.model_copy(update={"language": "fr", "title": "Le car"})
    page = drawn(site.answer_page(Address("Wer?"), samples.answer(samples.hit(french)), ""))
    assert page.xpath("//p[@class='quelle']/span[@lang='fr']/text()") == ["Le car"]
