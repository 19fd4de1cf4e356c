"""Passages that say something like another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from httpx2 import Response  # what Starlette's test client returns

    from tests.search_api.house import House

UNKNOWN = "00000000-0000-4000-8000-000000000000"
BUS = "Den Bus nach Lille bezahlt der Verein vorab aus seiner Kasse."


@pytest.fixture
def furnished(house: House) -> House:
    house.write(
        "handbuch/bus.md", f"# Der Bus\n\n## Geld\n\n{BUS}\n\n## Fahrer\n\nDen Bus fährt ein Fahrer.\n"
    )
    house.write("handbuch/kopie.md", f"# Der Bus\n\n## Geld\n\n{BUS}\n")
    house.write("handbuch/bahn.md", "# Die Bahn\n\nDie Bahn nach Lille bezahlt der Verein. Wer fährt mit?\n")
    house.write(
        "foerderung/alt.md", "---\nvalid_until: 2026-11-21\n---\n# Bus\n\nDen Bus bezahlt die Stadt.\n"
    )
    house.write("faq/fotos.yaml", "- frage: Dürfen Fotos ins Netz?\n  antwort: Nur mit Einwilligung.\n")
    house.publish()
    return house


def passage_of(house: House, source: str = "handbuch/bus.md", position: int = 0) -> str:
    found = house.client.get(f"/documents/{house.id_of(source)}").json()
    return str(found["passages"][position]["passage_id"])


def similar(house: House, passage: str, **parameters: str) -> Response:
    return house.client.get(f"/passages/{passage}/similar", params=parameters)


def sources(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [hit["document"]["source"] for hit in answer.json()["hits"]]


def test_others_come_by_meaning_without_itself_its_document_and_its_copies(furnished: House) -> None:
    answer = similar(furnished, passage_of(furnished))
    assert sources(answer) == ["handbuch/bahn.md", "faq/fotos.yaml"]
    first, second = answer.json()["hits"]
    assert (first["rank"], second["rank"]) == (1, 2)
    assert 1 > first["score"] > second["score"]
    start, end = first["highlight"]["start"], first["highlight"]["end"]
    assert first["text"][start:end] == "Die Bahn nach Lille bezahlt der Verein."
    found = furnished.search("Bahn nach Lille").json()["hits"][0]
    assert set(first) == set(found)


def test_what_is_left_out_can_be_asked_for(furnished: House) -> None:
    passage = passage_of(furnished)
    assert sources(similar(furnished, passage, duplicates="true"))[0] == "handbuch/kopie.md"
    assert "handbuch/bus.md" in sources(similar(furnished, passage, same_document="true"))
    assert "foerderung/alt.md" in sources(similar(furnished, passage, include_expired="true"))


def test_filters_and_limit_are_those_of_the_search(furnished: House) -> None:
    passage = passage_of(furnished)
    assert sources(similar(furnished, passage, kind="faq")) == ["faq/fotos.yaml"]
    assert sources(similar(furnished, passage, limit="1")) == ["handbuch/bahn.md"]
    assert sources(similar(furnished, passage, country="pl")) == []


def test_copies_of_each_other_are_one_hit(furnished: House) -> None:
    (first, *_) = similar(furnished, passage_of(furnished, "handbuch/bahn.md")).json()["hits"]
    assert first["text"] == BUS
    assert len(first["also_in"]) == 1


@pytest.mark.parametrize(
    ("passage", "parameters", "status", "told"),
    [
        (UNKNOWN, {}, 404, "Diese Textstelle gibt es im Bestand nicht"),
        ("x", {}, 422, "»passage_id« muss die Kennung einer Textstelle sein"),
        (UNKNOWN, {"limit": "0"}, 422, "»limit« muss"),
        (UNKNOWN, {"q": "Bus"}, 422, "möglich sind limit, kind"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(
    furnished: House, passage: str, parameters: dict[str, str], status: int, told: str
) -> None:
    assert told in detail_of(similar(furnished, passage, **parameters), status)
