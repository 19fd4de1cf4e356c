"""Filters: each facet, several values, and what has expired."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.search_api.house import House

QUESTION = "Bus Haftung Protokoll Zuschuss Jumelage Partnerschaften Grüße"
REISEN, JUMELAGE, GRUESSE = "handbuch/reisen.md", "handbuch/jumelage.md", "handbuch/Grüße & Öffnung.txt"
HAFTUNG, SPRECHSTUNDE = "faq/haftung.yaml", "transkripte/sprechstunde.vtt"
STIFTUNG, BUND, WIRKUNG = "foerderung/stiftung.html", "foerderung/bund.md", "studien/wirkung.pdf"
VALID = {REISEN, JUMELAGE, GRUESSE, HAFTUNG, SPRECHSTUNDE, BUND, WIRKUNG}


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        ({}, VALID),
        ({"kind": "faq"}, {HAFTUNG}),
        ({"kind": ["faq", "studien"]}, {HAFTUNG, WIRKUNG}),
        ({"kind": ["handbuch", "foerderung", "faq", "studien", "transkripte", "beratung"]}, VALID),
        ({"topic": "haftung"}, {HAFTUNG}),
        ({"topic": ["haftung", "fahrten"]}, {HAFTUNG, REISEN}),
        ({"country": "fr"}, {REISEN, JUMELAGE}),
        ({"country": ["pl", "fr"]}, {REISEN, JUMELAGE}),
        ({"audience": "gastfamilie"}, {HAFTUNG}),
        ({"audience": "verein"}, {HAFTUNG, REISEN}),
        ({"language": "fr"}, {JUMELAGE}),
        ({"language": ["de", "fr"]}, VALID),
        ({"year": 2026}, {REISEN}),
        ({"year": [2025, 2026]}, {REISEN, HAFTUNG}),
        ({"kind": "handbuch", "country": "fr", "language": "de"}, {REISEN}),
        ({"kind": "faq", "year": 2026}, set()),
        ({"topic": ["haftung", "gibt es nicht"]}, {HAFTUNG}),
        ({"include_expired": True}, VALID | {STIFTUNG}),
        ({"include_expired": "true", "kind": "foerderung"}, {BUND, STIFTUNG}),
        ({"include_expired": False, "kind": "foerderung"}, {BUND}),
    ],
)
def test_hits_fulfil_one_value_of_every_filter(
    library: House, filters: dict[str, object], sources: set[str]
) -> None:
    assert set(library.sources(QUESTION, limit=100, **filters)) == sources


@pytest.mark.parametrize(
    "filters",
    [
        {"topic": "gibt es nicht"},
        {"country": "atlantis"},
        {"audience": "außerirdische"},
        {"language": "xx"},
        {"year": 1789},
        {"topic": ""},
        {"topic": "x" * 5_000},
        {"audience": "\u0000\u202e💥"},
    ],
)
def test_an_unknown_value_of_an_open_filter_finds_nothing_and_says_so(
    library: House, filters: dict[str, object]
) -> None:
    answer = library.search(QUESTION, **filters)
    assert answer.status_code == 200
    assert answer.json()["hits"] == []
    assert answer.json()["verdict"] == "none"


def test_facets_count_passages_and_show_what_another_choice_would_give(library: House) -> None:
    facets = library.search(QUESTION, kind="faq").json()["facets"]
    assert facets["kind"] == {"faq": 2, "foerderung": 1, "handbuch": 4, "studien": 2, "transkripte": 1}
    assert facets["topic"] == {"haftung": 2}
    assert facets["audience"] == {"gastfamilie": 2, "verein": 2}
    assert facets["language"] == {"de": 2}
    assert facets["year"] == {"2025": 2}
    assert facets["country"] == {}


def test_facets_count_what_has_expired_only_when_it_is_wanted(library: House) -> None:
    def funding_sheets(**parameters: object) -> int:
        return int(library.search(QUESTION, **parameters).json()["facets"]["kind"]["foerderung"])

    assert funding_sheets() == 1
    assert funding_sheets(include_expired=True) == 2


def test_facets_do_not_depend_on_the_question(library: House) -> None:
    assert library.search("Kuchen", limit=1).json()["facets"] == library.search(QUESTION).json()["facets"]


def test_the_last_day_of_validity_still_counts(library: House) -> None:
    sources = library.sources("Zuschuss für Jubiläen", include_expired=True)
    assert set(sources[:2]) == {BUND, STIFTUNG}
    hits = library.search("Zuschuss für Jubiläen", include_expired=True).json()["hits"]
    expired = {hit["document"]["source"]: hit["document"]["expired"] for hit in hits}
    assert expired[STIFTUNG] is True  # valid until yesterday
    assert expired[BUND] is False  # valid until today
    assert STIFTUNG not in library.sources("Zuschuss für Jubiläen")
