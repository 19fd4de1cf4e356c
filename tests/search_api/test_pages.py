"""The second door: the same answers as server-drawn pages, for any browser, with nothing active in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import html

from search_api.view.links import WANTED

if TYPE_CHECKING:
    from httpx2 import Response
    from lxml.html import HtmlElement

    from tests.search_api.house import House

QUESTION = "Wer bezahlt den Bus?"
EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)"> [x](javascript:alert(3))'
BUS = """---
title: "Der Bus"
topics: [geld]
countries: [fr]
year: 2026
last_checked: 2026-11-22
---
# Der Bus

Den Bus bezahlt der Verein. Die Stadt gibt die Hälfte dazu.

## Der Fahrer

Der Fahrer schläft im Hotel.
"""


@pytest.fixture
def furnished(house: House) -> House:
    house.write("handbuch/bus.md", BUS)
    house.write(
        "handbuch/autocar.md", "---\ntitle: Le car\nlanguage: fr\n---\nL'association paie le car, le Bus.\n"
    )
    house.write("faq/bus.yaml", "- frage: Wer bezahlt das Essen?\n  antwort: Das Essen bezahlen die Gäste.\n")
    house.publish()
    return house


def seen(answer: Response) -> HtmlElement:
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return html.fromstring(answer.text)


def opened(house: House, **parameters: str | list[str]) -> HtmlElement:
    answer = house.client.get("/suche", params=parameters)
    assert answer.status_code == 200
    return seen(answer)


def words(page: HtmlElement) -> str:
    return " ".join(page.text_content().split())


def test_the_start_offers_a_question_box_and_all_documents(furnished: House) -> None:
    page = opened(furnished)
    (form,) = page.forms
    assert (form.method, form.action) == ("GET", "suche")
    (box,) = page.xpath("//input[@name='q']")
    assert page.xpath(f"//label[@for='{box.get('id')}']/text()") == ["Ihre Frage"]
    assert "Alle Dokumente ansehen (3 Dokumente)" in words(page)


def test_the_answers_are_those_of_the_search(furnished: House) -> None:
    page = opened(furnished, q=QUESTION)
    wanted = furnished.client.get("/search", params={"q": QUESTION}).json()
    assert page.xpath("//input[@name='q']/@value") == [QUESTION]
    assert [int(rank) for rank in page.xpath("//article/@data-rank")] == [h["rank"] for h in wanted["hits"]]
    assert page.xpath("//mark/text()")[0] == "Den Bus bezahlt der Verein."
    assert "Das beantwortet Ihre Frage." in words(page)
    assert "Handbuch · Der Bus · geprüft am 22.11.2026" in words(page)


def test_a_hit_leads_to_its_place_in_the_document(furnished: House) -> None:
    way = opened(furnished, q="Wo schläft der Fahrer?").xpath(
        "//article//a[text()='Im Dokument lesen']/@href"
    )[0]
    assert way.startswith("?")
    assert way.endswith(f"#{WANTED}")
    page = seen(furnished.client.get(f"/suche{way}"))
    (place,) = page.xpath(f"//*[@id='{WANTED}']")
    assert "Der Fahrer schläft im Hotel." in place.text_content()
    assert page.xpath("//h1/text()") == ["Der Bus"]
    back = page.xpath("//a[contains(., 'Zurück zu den Antworten')]/@href")[0]
    assert "dokument=" not in back
    assert "q=Wo" in back


def test_the_original_file_opens_from_the_page(furnished: House) -> None:
    (way, *_) = opened(furnished, q=QUESTION).xpath("//article//a[text()='Original-Datei öffnen']/@href")
    assert furnished.client.get(f"/{way.removeprefix('./')}").content == BUS.encode()


def test_filters_work_without_a_script(furnished: House) -> None:
    page = opened(furnished, q=QUESTION, kind="faq")
    kinds = {line.split(" · ")[0] for line in page.xpath("//article//p[@class='quelle']/text()")}
    assert {kind for kind in kinds if kind.strip()} == {"Häufige Fragen"}
    assert page.xpath("//input[@name='kind'][@checked]/@value") == ["faq"]
    assert "Antworten eingrenzen (1 gewählt)" in words(page)
    (reset,) = page.xpath("//a[text()='Filter zurücksetzen']/@href")
    assert "kind" not in reset
    assert page.xpath("//legend/text()")[0] == "Art der Quelle"


def test_nothing_found_says_so_and_whom_to_ask(furnished: House) -> None:
    furnished.contact = "Frau <b>Muster</b>, Rathaus"
    furnished.client = furnished.restarted()
    page = opened(furnished, q="Zitronenfalter Quantenmechanik")
    assert "Dazu haben wir nichts." in words(page)
    assert "Fragen Sie hier nach: Frau <b>Muster</b>, Rathaus" in words(page)
    assert not page.xpath("//main/article")


def test_foreign_passages_name_their_language_and_ours_stay_german(furnished: House) -> None:
    page = opened(furnished, q="Bus car association")
    (french,) = page.xpath("//article[.//*[contains(text(), 'paie le car')]]")
    assert page.xpath("/html/@lang") == ["de"]
    assert (
        french.xpath(".//*[contains(text(), 'paie le car')]/ancestor-or-self::*[@lang][1]/@lang")[0] == "fr"
    )
    (ours,) = french.xpath(".//p[@class='quelle']")
    assert ours.xpath("./ancestor-or-self::*[@lang][1]/@lang") == ["de"]


@pytest.mark.parametrize(
    ("parameters", "status", "told"),
    [
        ({"q": "x" * 1001}, 422, "Die Frage ist zu lang"),
        ({"q": "???"}, 422, "in Worten"),
        ({"q": QUESTION, "year": "bald"}, 422, "Ein Filter hat einen unmöglichen Wert"),
        ({"q": QUESTION, "kind": "<b>"}, 422, "Ein Filter hat einen unmöglichen Wert"),
        ({"dokument": "nirgends"}, 404, "Diese Quelle gibt es im Bestand nicht"),
        ({"dokument": "00000000-0000-0000-0000-000000000000"}, 404, "Diese Quelle gibt es im Bestand nicht"),
    ],
)
def test_what_goes_wrong_is_one_clear_sentence_on_a_page(
    furnished: House, parameters: dict[str, str], status: int, told: str
) -> None:
    answer = furnished.client.get("/suche", params=parameters)
    assert answer.status_code == status
    page = seen(answer)
    assert told in words(page)
    assert all(page.xpath(f"//*[@id='{name}']") for name in page.xpath("//@aria-describedby"))


def test_a_slip_in_the_judged_questions_costs_the_examples_only(furnished: House) -> None:
    furnished.write("fragen.yaml", "- question: Wer zahlt?\n  class: frage\n  example: true\n")
    assert opened(furnished).xpath("//ul[@class='beispiele']//a/text()") == ["Wer zahlt?"]
    furnished.write("fragen.yaml", "- frage: [")
    assert opened(furnished).xpath("//ul[@class='beispiele']") == []


def test_before_anything_is_published_the_page_says_what_to_do(house: House) -> None:
    answer = house.client.get("/suche", params={"q": QUESTION})
    assert answer.status_code == 503
    assert "python -m ingest" in words(seen(answer))


@pytest.mark.parametrize(
    "parameters", [{}, {"q": EVIL}, {"q": "script alert"}, {"q": QUESTION, "topic": EVIL}]
)
def test_nothing_of_a_source_or_a_question_is_active(house: House, parameters: dict[str, str]) -> None:
    house.write("handbuch/boese.md", f"---\ntitle: '{EVIL}'\n---\n# {EVIL}\n\nscript alert {EVIL}\n")
    house.write("faq/boese.yaml", f"- frage: 'script alert {EVIL}?'\n  antwort: '{EVIL}'\n")
    house.publish()
    page = seen(house.client.get("/suche", params=parameters))
    assert page.xpath("//script | //img | //iframe | //object | //style") == []
    assert [name for each in page.iter() for name in each.attrib if name.startswith("on")] == []
    ways = page.xpath("//@href") + page.xpath("//@action")
    assert [way for way in ways if re.match(r"\s*(javascript|data):", way)] == []


def test_a_page_loads_nothing_and_is_not_kept(furnished: House) -> None:
    answer = furnished.client.get("/suche", params={"q": QUESTION})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = seen(answer)
    assert page.xpath("//link/@href") == ["suche/stil.css"]
    assert page.xpath("//@src") == []
    look = furnished.client.get("/suche/stil.css")
    assert look.headers["content-type"] == "text/css; charset=utf-8"
    assert "url(" not in look.text
    assert "@import" not in look.text


def test_only_named_sites_may_frame_the_embedded_page(furnished: House) -> None:
    furnished.embed_origins = ("https://www.stadt.example", "https://verein.example:8443")
    furnished.client = furnished.restarted()
    framed = furnished.client.get("/suche", params={"embed": "1", "q": QUESTION})
    allowed = "frame-ancestors https://www.stadt.example https://verein.example:8443"
    assert framed.headers["content-security-policy"].endswith(allowed)
    page = seen(framed)
    assert page.xpath("//footer") == []
    assert page.xpath("//input[@name='embed']/@value") == ["1"]
    inside = [way for way in page.xpath("//a/@href") if way.startswith("?")]
    assert inside
    assert all("embed=1" in way for way in inside)
    alone = furnished.client.get("/suche", params={"q": QUESTION})
    assert alone.headers["content-security-policy"].endswith("frame-ancestors 'none'")


@pytest.mark.parametrize(
    ("address", "said"),
    [("/barrierefreiheit", "Erklärung zur Barrierefreiheit"), ("/leichte-sprache", "Such-Maschine")],
)
def test_pages_about_this_site(furnished: House, address: str, said: str) -> None:
    furnished.contact = "Rathaus, Zimmer 3"
    furnished.client = furnished.restarted()
    page = seen(furnished.client.get(address))
    assert said in words(page)
    assert "Rathaus, Zimmer 3" in words(page)
    assert address.lstrip("/") in opened(furnished).xpath("//footer//a/@href")


GRANT = """---
title: Bürgerfonds <b>
topics: [bürgerbegegnung]
countries: [fr]
funder: Fonds
applicants: [Vereine]
amount_max: 5000
deadline: laufend
---
Geld für Treffen.
"""


def test_the_funding_guide_works_without_a_script(furnished: House) -> None:
    furnished.write("foerderung/fonds.md", GRANT)
    furnished.publish()
    asked = seen(furnished.client.get("/foerderlotse"))
    assert not asked.xpath("//article")
    assert [label.text_content() for label in asked.xpath("//label[@for]")][:3] == [
        "1. Wer sind Sie?",
        "2. Mit welchem Land?",
        "3. Was haben Sie vor?",
    ]
    plan = {"applicant": "verein", "country": "FR", "purpose": "", "amount": "4.500 €", "people": ""}
    answered = seen(furnished.client.get("/foerderlotse", params=plan))
    assert answered.xpath("//select[@name='country']/option[@selected]/text()") == ["Frankreich"]
    assert "Passt (1)" in words(answered)
    assert "Ja: Bis zu 5.000 Euro sind möglich." in words(answered)
    (sheet,) = answered.xpath("//article//a")
    assert sheet.text == "Bürgerfonds <b>"
    assert "Geld für Treffen." in words(seen(furnished.client.get(f"/{sheet.get('href')}")))


def test_an_impossible_plan_brings_the_questions_again(furnished: House) -> None:
    answer = furnished.client.get("/foerderlotse", params={"amount": "viel", "applicant": "verein"})
    assert answer.status_code == 422
    page = seen(answer)
    assert "Eine Angabe ist so nicht möglich" in words(page)
    assert page.xpath("//option[@selected]/@value") == ["verein"]


def test_a_plan_without_any_answer_is_asked_for(house: House) -> None:
    assert "mindestens eine" not in words(seen(house.client.get("/foerderlotse")))
    pressed = house.client.get("/foerderlotse", params={"applicant": "", "amount": ""})
    assert "Bitte beantworten Sie mindestens eine der Fragen." in words(seen(pressed))


@pytest.mark.parametrize(
    ("language", "verdict", "kind"),
    [
        ("en", "This answers your question.", "Handbook"),
        ("fr", "Voici la réponse à votre question.", "Guide pratique"),
    ],
)
def test_the_answers_come_in_the_language_of_the_page(
    furnished: House, language: str, verdict: str, kind: str
) -> None:
    page = opened(furnished, q=QUESTION, lang=language)
    assert page.xpath("/html/@lang") == [language]
    assert verdict in words(page)
    assert page.xpath("//mark/ancestor::*[@lang][1]/@lang")[0] == "de"
    (sources, *_) = page.xpath("//article//p[@class='quelle']/text()")
    assert sources.startswith(f"{kind} · ")


def test_the_language_is_kept_from_the_question_to_the_document_and_back(furnished: House) -> None:
    page = opened(furnished, q=QUESTION, lang="en", kind="handbuch")
    way = page.xpath("//article//a[text()='Read in the document']/@href")[0]
    document = seen(furnished.client.get(f"/suche{way}"))
    back = document.xpath("//a[contains(., 'Back to the answers')]/@href")[0]
    assert "This answers your question." in words(seen(furnished.client.get(f"/suche{back}")))
    german = document.xpath("//a[@hreflang='de'][text()='Deutsch']/@href")[0]
    same = seen(furnished.client.get(f"/suche{german}"))
    assert same.xpath("/html/@lang") == ["de"]
    assert same.xpath("//h1/text()") == document.xpath("//h1/text()") == ["Der Bus"]
    assert same.xpath(f"//*[@id='{WANTED}']")


@pytest.mark.parametrize(
    ("parameters", "status", "ours", "told"),
    [
        ({"q": "???"}, 422, "This question could not be answered.", "in Worten"),
        ({"q": QUESTION, "year": "bald"}, 422, "A filter has a value that is not possible.", ""),
        ({"dokument": "nirgends"}, 404, "This document is not here", "Diese Quelle gibt es im Bestand nicht"),
    ],
)
def test_what_the_api_says_of_a_problem_is_marked_as_german(
    furnished: House, parameters: dict[str, str], status: int, ours: str, told: str
) -> None:
    answer = furnished.client.get("/suche", params={**parameters, "lang": "en"})
    assert answer.status_code == status
    page = seen(answer)
    (notice,) = page.xpath("//*[@role='alert']")
    assert ours in words(page)
    assert told in " ".join(notice.xpath(".//*[@lang='de']/text()"))


def test_the_funding_guide_speaks_english(furnished: House) -> None:
    furnished.write("foerderung/fonds.md", GRANT)
    furnished.publish()
    untouched = seen(furnished.client.get("/foerderlotse", params={"lang": "en"}))
    assert "1. Who are you?" in words(untouched)
    assert not untouched.xpath("//*[@role='alert']")
    pressed = seen(furnished.client.get("/foerderlotse", params={"lang": "en", "applicant": ""}))
    assert "Please answer at least one of the questions." in words(pressed)
    plan = {"lang": "en", "applicant": "verein", "country": "fr", "amount": "4,500"}
    answered = seen(furnished.client.get("/foerderlotse", params=plan))
    assert answered.xpath("//select[@name='country']/option[@selected]/text()") == ["France"]
    assert "Fits (1)" in words(answered)
    assert "Yes: Up to 5,000 euros is possible." in words(answered)
    assert "lang=en" in answered.xpath("//article//a/@href")[0]


@pytest.mark.parametrize("address", ["/barrierefreiheit", "/leichte-sprache"])
def test_pages_that_are_german_only_say_so(furnished: House, address: str) -> None:
    page = seen(furnished.client.get(address, params={"lang": "fr"}))
    assert "Cette page n’existe qu’en allemand." in words(page)
    assert page.xpath("//h1/ancestor::*[@lang][1]/@lang") == ["de"]
    assert "qu’en allemand" not in words(seen(furnished.client.get(address)))
