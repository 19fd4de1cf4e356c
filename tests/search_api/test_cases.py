"""A consultant at work: cases are kept, changed, lost by nobody and seen by nobody else."""

from __future__ import annotations

import json
import logging
import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from search_api.body_limit import MAX_BODY
from search_api.cases.store import MOST_CASES
from tests.search_api import materials
from tests.search_api.office import ANSWER, QUESTION, Office, changed
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.search_api.house import House


@pytest.fixture
def desk(library: House) -> Office:
    """A new desk in a house that all tests share."""
    return Office(library)


def test_a_case_is_kept_as_it_was_sent(desk: Office) -> None:
    pins = desk.pins()
    pins[0]["note"] = "Gilt auch für die Fähre."
    made = desk.new_case(pins=pins, questions=[QUESTION, "Und die Fähre?"])
    kept = desk.case(made["id"])
    assert kept == made
    assert (kept["title"], kept["answer"], kept["revision"]) == (QUESTION, ANSWER, 1)
    assert kept["questions"] == [QUESTION, "Und die Fähre?"]
    assert [pin["passage_id"] for pin in kept["pins"]] == [pin["passage_id"] for pin in pins]
    assert kept["pins"][0]["note"] == "Gilt auch für die Fähre."
    for name in ("text", "heading", "location", "highlight", "document"):
        assert kept["pins"][0][name] == pins[0][name]


def test_a_new_case_may_be_empty(desk: Office) -> None:
    made = desk.new_case(questions=[], answer="", pins=[])
    assert (made["title"], made["pins"], made["released"]) == ("Neuer Fall", [], None)


def test_pins_are_reordered_and_a_follow_up_question_keeps_them(desk: Office) -> None:
    made = desk.new_case(pins=desk.pins(most=3))
    turned = made["pins"][::-1]
    sent = changed(made, pins=turned, questions=[*made["questions"], "Und wer versichert ihn?"])
    answer = desk.send("PUT", f"/{made['id']}", json=sent)
    assert answer.status_code == 200
    assert answer.json() == desk.case(made["id"])
    assert answer.json()["pins"] == turned
    assert answer.json()["revision"] == 2
    assert answer.json()["questions"] == [QUESTION, "Und wer versichert ihn?"]


def test_the_list_shows_several_open_cases_the_last_changed_first(desk: Office) -> None:
    first, second = desk.new_case(), desk.new_case(questions=["Wort " * 40], pins=[])
    desk.send("PUT", f"/{first['id']}", json=changed(first, answer="Neu."))
    listed = desk.listed()
    assert [each["id"] for each in listed] == [first["id"], second["id"]]
    assert [(each["questions"], each["pins"], each["revision"]) for each in listed] == [(1, 2, 2), (1, 0, 1)]
    assert listed[1]["title"].endswith("Wort …")
    assert len(listed[1]["title"]) <= 80


def test_nobody_reaches_a_case_from_another_desk(desk: Office, library: House) -> None:
    made, other = desk.new_case(), Office(library)
    path = f"/{made['id']}"
    assert other.listed() == []
    for method, place, body in (
        ("GET", path, None),
        ("GET", f"{path}/folder.pdf", None),
        ("PUT", path, changed(made, answer="Fremd.")),
        ("DELETE", path, None),
        ("POST", f"{path}/release", {"title": "Fremd"}),
    ):
        assert "auf Ihrem Tisch nicht" in detail_of(other.send(method, place, json=body), 404)
    assert desk.case(made["id"]) == made


@pytest.mark.parametrize(
    "desk_id", ["", "1", "alle", str(uuid.UUID(int=0)), "8f52cd1c-e9b6-11f1-ba8e-02fc00000001"]
)
def test_without_an_unguessable_desk_there_is_nothing(library: House, desk_id: str) -> None:
    answer = library.client.get("/cases", headers={"X-Desk": desk_id})
    assert "X-Desk" in detail_of(answer, 422)
    assert "X-Desk" in detail_of(library.client.get("/cases"), 422)


def test_the_second_of_two_windows_overwrites_nothing(desk: Office) -> None:
    made = desk.new_case()
    path = f"/{made['id']}"
    assert desk.send("PUT", path, json=changed(made, answer="Eins.")).status_code == 200
    late = desk.send("PUT", path, json=changed(made, answer="Zwei."))
    assert "in einem anderen Fenster geändert" in detail_of(late, 409)
    assert desk.case(made["id"])["answer"] == "Eins."


def test_of_many_changes_at_once_exactly_one_wins(desk: Office) -> None:
    made = desk.new_case()
    answers = [f"Fassung {number}." for number in range(8)]

    def put(answer: str) -> int:
        return desk.send("PUT", f"/{made['id']}", json=changed(made, answer=answer)).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(put, answers))
    assert sorted(statuses) == [200] + [409] * 7
    assert desk.case(made["id"])["answer"] == answers[statuses.index(200)]
    assert desk.case(made["id"])["revision"] == 2


def test_a_deleted_case_is_gone(desk: Office) -> None:
    made, kept = desk.new_case(), desk.new_case()
    answer = desk.send("DELETE", f"/{made['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    detail_of(desk.send("GET", f"/{made['id']}"), 404)
    detail_of(desk.send("DELETE", f"/{made['id']}"), 404)
    assert [each["id"] for each in desk.listed()] == [kept["id"]]


def test_a_restart_keeps_the_cases(house: House) -> None:
    for source, content in materials.files().items():
        house.write(source, content)
    house.publish()
    desk = Office(house)
    made = desk.new_case()
    house.client = house.restarted()
    assert desk.case(made["id"]) == made


@pytest.mark.parametrize(
    ("different", "reason"),
    [
        ({"answer": "x" * 20_001}, "Antworttext: zu lang, höchstens 20000 Zeichen."),
        ({"questions": ["Was?"] * 101}, "Fragen: zu viele, höchstens 100."),
        ({"questions": ["x" * 1_001]}, "Frage 1: zu lang, höchstens 1000 Zeichen."),
        ({"name": "Anna"}, "»name«: gibt es hier nicht."),
        ({"answer": None}, "Antworttext: fehlt oder hat einen unmöglichen Wert."),
    ],
)
def test_what_a_case_cannot_hold_is_named_without_repeating_it(
    desk: Office, different: dict[str, object], reason: str
) -> None:
    answer = desk.send("POST", json={"questions": [], "answer": "", "pins": [], **different})
    assert detail_of(answer, 422) == reason


def test_too_many_pins_and_too_long_notes_are_named(desk: Office) -> None:
    (pin,) = desk.pins(most=1)
    many = desk.send("POST", json=desk.content(pins=[pin] * 51))
    assert detail_of(many, 422) == "Fundstellen: zu viele, höchstens 50."
    long = desk.send("POST", json=desk.content(pins=[pin, {**pin, "note": "x" * 2_001}]))
    assert detail_of(long, 422) == "Fundstelle 2, Notiz: zu lang, höchstens 2000 Zeichen."


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b'{"answer": "\\ud83d"}', b"[" * 100_000]
)
def test_what_is_no_json_or_no_case_is_refused(desk: Office, body: bytes) -> None:
    headers = {"X-Desk": desk.desk, "Content-Type": "application/json"}
    answer = desk.house.client.post("/cases", content=body, headers=headers)
    assert detail_of(answer, 400 if body.startswith(b"[[") else 422)


def test_a_body_beyond_the_limit_is_refused_whatever_it_says_of_its_length(desk: Office) -> None:
    headers = {"X-Desk": desk.desk, "Content-Type": "application/json"}

    def pieces() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 100_000 + 1):
            yield b" " * 100_000

    for content in (b" " * (MAX_BODY + 1), pieces()):
        answer = desk.house.client.post("/cases", content=content, headers=headers)
        assert "höchstens 2 MB" in detail_of(answer, 413)


def test_a_case_at_all_its_limits_is_taken(desk: Office) -> None:
    (pin,) = desk.pins(most=1)
    full = {**pin, "text": pin["text"] + "ä" * (15_000 - len(pin["text"])), "note": "ö" * 2_000}
    made = desk.new_case(pins=[full] * 50, questions=["ü" * 1_000] * 100, answer="ß" * 20_000)
    assert len(desk.case(made["id"])["pins"]) == 50


def test_a_full_desk_says_what_to_do(desk: Office) -> None:
    for _ in range(MOST_CASES):
        desk.new_case(pins=[], answer="")
    answer = desk.send("POST", json=desk.content())
    assert "löschen Sie einen" in detail_of(answer, 409)


@pytest.mark.parametrize(("path", "status"), [("/x", 422), ("/5036f1eb-6444-44f8-89bb-16879b676b45", 404)])
def test_an_impossible_or_unknown_case_is_told_so(desk: Office, path: str, status: int) -> None:
    detail_of(desk.send("GET", path), status)


def test_an_unknown_format_names_those_that_there_are(desk: Office) -> None:
    made = desk.new_case()
    assert "docx, pdf, md, txt" in detail_of(desk.send("GET", f"/{made['id']}/folder.exe"), 422)


def test_answers_fit_their_description_and_stay_in_no_cache(desk: Office, library: House) -> None:
    described = library.client.get("/openapi.json").json()
    made = desk.new_case()
    for path, schema in (("", "CaseList"), (f"/{made['id']}", "Case")):
        answer = desk.send("GET", path)
        whole = {"$ref": f"#/components/schemas/{schema}", "components": described["components"]}
        Draft202012Validator(whole).validate(answer.json())
        assert answer.headers["cache-control"] == "no-store"


def test_no_word_of_a_case_reaches_the_log(
    house: House, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Office(house)
    with caplog.at_level(logging.DEBUG):
        desk.send("POST", json={"questions": ["Geheimfrage?"], "answer": "x" * 30_000, "pins": []})
        made = desk.send(
            "POST", json={"questions": ["Geheimfrage?"], "answer": "Geheimnis", "pins": []}
        ).json()
        monkeypatch.setattr("search_api.routes.cases.folder_of", _broken)
        assert desk.send("GET", f"/{made['id']}/folder.pdf").status_code == 500
    assert "Geheim" not in caplog.text
    assert desk.desk not in caplog.text


def _broken(*_: object) -> None:
    raise RuntimeError("broken")


def test_a_database_that_is_broken_says_so_and_the_search_goes_on(house: House, tmp_path: Path) -> None:
    house.write("handbuch/reisen.md", materials.HANDBOOK)
    house.publish()
    (tmp_path / "cases.sqlite").write_bytes(b"Schrott" * 1_000)
    detail = detail_of(Office(house).send("GET"), 503)
    assert "lassen sich gerade nicht lesen oder speichern" in detail
    assert house.search(QUESTION).status_code == 200


def test_a_pin_that_no_source_has_is_refused_with_its_place(desk: Office) -> None:
    (pin,) = desk.pins(most=1)
    document, time = pin["document"], {"type": "time", "start": 1.0, "end": 2.0, "url": None}
    headers = {"X-Desk": desk.desk, "Content-Type": "application/json"}
    for different, reason in (
        ({"document": {**document, "title": "x" * 501}}, "zu lang, höchstens 500 Zeichen"),
        ({"document": {**document, "topics": ["x"] * 51}}, "zu viele, höchstens 50"),
        ({"heading": ["x"] * 21}, "zu viele, höchstens 20"),
        ({"heading": ["x\ud83d"]}, "unmöglichen Wert"),
        ({"note": "x\ud83d"}, "unmöglichen Wert"),
        ({"location": {**time, "start": float("nan")}}, "unmöglichen Wert"),
        ({"location": {**time, "end": float("inf")}}, "unmöglichen Wert"),
    ):
        body = json.dumps(desk.content(pins=[{**pin, **different}]))
        answer = desk.house.client.post("/cases", content=body, headers=headers)
        assert reason in detail_of(answer, 422)
        assert "Fundstelle 1" in detail_of(answer, 422)


def test_a_revision_beyond_all_numbers_is_refused(desk: Office) -> None:
    made = desk.new_case()
    detail_of(desk.send("PUT", f"/{made['id']}", json=changed(made, revision=2**70)), 422)


def test_a_kept_pin_that_is_none_any_more_hides_nothing_else(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for source, content in materials.files().items():
        house.write(source, content)
    house.publish()
    desk = Office(house)
    made = desk.new_case()
    with closing(sqlite3.connect(tmp_path / "cases.sqlite")) as connection, connection:
        connection.execute("UPDATE pins SET pin = ? WHERE position = 0", ('{"text": "Geheimnis"}',))
    assert desk.case(made["id"])["pins"] == made["pins"][1:]
    assert "left out" in caplog.text
    assert "Geheim" not in caplog.text


def test_when_too_many_folders_are_wanted_the_next_is_told_to_wait(desk: Office) -> None:
    made = desk.new_case()
    folders = desk.house.client.app.state.resources.folders  # type: ignore[attr-defined] # Starlette says ASGIApp
    with ThreadPoolExecutor(4) as pool, folders.turn():
        wanted = [pool.submit(desk.send, "GET", f"/{made['id']}/folder.md") for _ in range(4)]
        refused = next(as_completed(wanted)).result()
        assert "in einer Minute noch einmal" in detail_of(refused, 503)
    assert sorted(each.result().status_code for each in wanted) == [200, 200, 200, 503]
