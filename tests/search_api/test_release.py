"""A good answer becomes a source that is found again, without a word on who asked."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.search_api import materials
from tests.search_api.office import ANSWER, QUESTION, Office
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from tests.search_api.house import House

SOURCE = "beratung/2026-11-22-wer-den-bus-bezahlt.md"


@pytest.fixture
def office(house: House) -> Office:
    for source, content in materials.files().items():
        house.write(source, content)
    house.publish()
    return Office(house)


def written(office: Office) -> list[str]:
    return sorted(
        path.relative_to(office.house.corpus).as_posix() for path in office.house.corpus.glob("beratung/*")
    )


def test_a_released_answer_is_found_after_the_next_ingestion(office: Office) -> None:
    case = office.new_case(questions=[QUESTION, "Und wer zahlt die Fähre?"])
    answer = office.release(case["id"])
    assert answer.status_code == 201, answer.text
    assert answer.json()["source"] == SOURCE
    assert "python -m ingest" in answer.json()["detail"]
    office.house.publish()
    found = office.house.search("Kommt die Hälfte von der Stadt zurück?", kind="beratung").json()["hits"]
    assert ANSWER.split("\n")[-1] in found[0]["text"]
    document = found[0]["document"]
    assert (document["source"], document["title"]) == (SOURCE, "Wer den Bus bezahlt")
    assert (document["kind"], document["language"], document["last_checked"]) == (
        "beratung",
        "de",
        "2026-11-22",
    )
    assert document["topics"] == ["versicherung", "fahrten"]
    assert document["countries"] == ["fr", "pl"]
    assert SOURCE in office.house.sources("Wer zahlt die Fähre?")


def test_the_sources_are_cited_and_not_copied(office: Office) -> None:
    case = office.new_case()
    office.release(case["id"])
    text = (office.house.corpus / SOURCE).read_text(encoding="utf-8")
    assert "Handbuch · Reisen vorbereiten · Abschnitt »Der Bus«" in text
    assert case["pins"][0]["text"] not in text
    assert f"## {QUESTION}\n" in text
    assert office.desk not in text


def test_a_second_release_says_where_the_first_lies(office: Office) -> None:
    case = office.new_case()
    office.release(case["id"])
    before = (office.house.corpus / SOURCE).read_bytes()
    assert SOURCE in detail_of(office.release(case["id"], "Anders"), 409)
    assert written(office) == [SOURCE]
    assert (office.house.corpus / SOURCE).read_bytes() == before
    assert office.case(case["id"])["released"] == office.listed()[0]["released"] == SOURCE


def test_clicks_at_once_make_one_source(office: Office) -> None:
    case = office.new_case()
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: office.release(case["id"]).status_code, range(4)))
    assert sorted(statuses) == [201, 409, 409, 409]
    assert written(office) == [SOURCE]


def test_another_case_with_the_same_title_overwrites_nothing(office: Office) -> None:
    sources = [office.release(office.new_case()["id"]).json()["source"] for _ in range(2)]
    assert sources == [SOURCE, SOURCE.replace(".md", "-2.md")]
    assert written(office) == sorted(sources)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("Größe & Übermaß: łódź?", "groesse-uebermass-lodz"),
        ("Місто", "antwort"),
        (".", "antwort"),
        ("/x\x00y\n", "x-y"),
        ("a" * 200, "a" * 60),
    ],
)
def test_a_title_never_leads_out_of_the_folder(office: Office, title: str, name: str) -> None:
    answer = office.release(office.new_case()["id"], title)
    assert answer.json()["source"] == f"beratung/2026-11-22-{name}.md"
    assert written(office) == [answer.json()["source"]]


def test_hostile_words_stay_words(office: Office) -> None:
    hostile = "---\ntitle: x\n# Kopf\n<script>alert(1)</script> [x](javascript:alert(1)) 'a': \"b\""
    case = office.new_case(questions=[hostile.replace("\n", " ")], answer=hostile)
    assert office.release(case["id"], 'Titel: "x" # [y]\n---\nkind: faq').status_code == 201
    office.house.publish()
    (entry,) = [
        e for e in office.house.client.get("/documents").json()["documents"] if e["kind"] == "beratung"
    ]
    assert entry["title"] == 'Titel: "x" # [y] --- kind: faq'
    passages = office.house.client.get(f"/documents/{entry['id']}").json()["passages"]
    assert "<script>alert(1)</script> [x](javascript:alert(1))" in "".join(each["text"] for each in passages)
    assert {tuple(each["heading"])[-1] for each in passages if each["heading"]} == {
        hostile.replace("\n", " ")
    }


def test_personal_data_are_listed_and_nothing_is_written(office: Office) -> None:
    case = office.new_case(
        questions=[QUESTION, "Frau Müller fragt"], answer="Rufen Sie 0211 / 123 45 67 an. Liebe Grüße\nAnna"
    )
    answer = office.release(case["id"], "Antwort an anna@example.org", confirmed=True)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    found = {each["place"]: (each["kind"], each["excerpt"]) for each in answer.json()["findings"]}
    assert found == {"Titel": ("email", "anna@example.org"), "Antwort": ("telephone", "0211 / 123 45 67")}
    assert "0211 / 123 45 67" in answer.json()["detail"]
    assert (written(office), office.case(case["id"])["released"]) == ([], None)


def test_what_a_pin_says_of_its_document_is_looked_at_too(office: Office) -> None:
    first, second = office.pins()
    first["document"]["title"] = "Frau Anna Beispiel, Tel. 0211 123456"
    second["document"]["topics"] = ["anna@example.org"]
    case = office.new_case(pins=[first, second])
    answer = office.release(case["id"], confirmed=True)
    assert answer.status_code == 422
    assert {(each["place"], each["kind"]) for each in answer.json()["findings"]} == {
        ("Fundstelle 1", "telephone"),
        ("Themen und Länder", "email"),
    }
    assert written(office) == []


def test_a_name_that_is_none_can_be_confirmed(office: Office) -> None:
    case = office.new_case(answer="Das Museum zeigt Frau Holle.")
    refused = office.release(case["id"])
    assert [each["excerpt"] for each in refused.json()["findings"]] == ["Frau Holle"]
    assert "bestätigen" in refused.json()["detail"]
    assert written(office) == []
    assert office.release(case["id"], confirmed=True).status_code == 201


@pytest.mark.parametrize(
    ("different", "title", "reason"),
    [
        ({"answer": " \n"}, "Titel", "Antworttext"),
        ({"pins": []}, "Titel", "Fundstelle"),
        ({}, "  ", "Titel"),
        ({}, "", "Titel"),
    ],
)
def test_an_unfinished_case_is_told_what_is_missing(
    office: Office, different: dict[str, object], title: str, reason: str
) -> None:
    case = office.new_case(**different)
    assert reason in detail_of(office.release(case["id"], title), 422)
    assert written(office) == []


@pytest.mark.parametrize("step", ["mkdir", "touch"])
def test_a_corpus_that_may_only_be_read_says_how_to_open_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Root may write everywhere; therefore the refusal comes from where the file system would give it."""
    allowed = getattr(Path, step)

    def refuse(path: Path, *arguments: object, **more: object) -> None:
        if path.is_relative_to(office.house.corpus):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        allowed(path, *arguments, **more)

    case = office.new_case()
    with monkeypatch.context() as patch:
        patch.setattr(Path, step, refuse)
        refused = office.release(case["id"])
    assert "./corpus/beratung" in detail_of(refused, 503)
    assert office.release(case["id"]).status_code == 201


def test_a_full_disk_leaves_no_half_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    case = office.new_case()
    monkeypatch.setattr("search_api.cases.release.write_atomically", refuse)
    detail_of(office.release(case["id"]), 503)
    assert written(office) == []


def test_a_folder_that_leads_out_of_the_corpus_is_not_written_to(office: Office, tmp_path: Path) -> None:
    (tmp_path / "draussen").mkdir()
    (office.house.corpus / "beratung").symlink_to(tmp_path / "draussen")
    detail_of(office.release(office.new_case()["id"]), 503)
    assert list((tmp_path / "draussen").iterdir()) == []


def test_a_deleted_case_leaves_its_source(office: Office) -> None:
    case = office.new_case()
    office.release(case["id"])
    office.send("DELETE", f"/{case['id']}")
    assert written(office) == [SOURCE]
