"""Leaving a question for the staff: over the API, by a form without a script, and from nowhere else."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from index.open_questions import FILE_NAME
from ingest.backups.databases import find_databases
from search_api.quota import Quota
from search_api.view.address import Address
from search_api.view.languages.french import FRENCH
from search_api.view.question_form import question_form
from tests.search_api.problem import detail_of
from tests.search_api.view.drawn import seen

if TYPE_CHECKING:
    from httpx2 import Response  # what Starlette's test client returns

    from tests.search_api.house import House

QUESTION = "Wer haftet, wenn der Bus brennt?"


def leave(house: House, question: object = QUESTION, verdict: str = "none", **headers: str) -> Response:
    body = {"question": question, "verdict": verdict}
    return house.client.post("/open-questions", json=body, headers=headers)


def send(house: House, question: str = QUESTION, verdict: str = "none", **headers: str) -> Response:
    form = {"q": question, "verdict": verdict, "lang": "fr"}
    return house.client.post("/suche/frage", data=form, headers=headers, follow_redirects=False)


def kept(house: House) -> list[tuple[str, str, str, int]]:
    return [(f"{each.day}", each.verdict, each.question, each.times) for each in house.questions.all()]


def test_a_question_is_kept_with_verdict_and_day(house: House) -> None:
    answer = leave(house)
    assert answer.status_code == 201
    assert answer.json() == {"removed": False, "sentence": "Danke, die Frage ist notiert."}
    assert leave(house, f"  {QUESTION}\u0000\n").status_code == 201
    assert kept(house) == [("2026-11-22", "none", QUESTION, 2)]


def test_that_something_personal_was_removed_is_said(house: House) -> None:
    answer = leave(house, "Bitte an erika@example.org", "partial").json()
    assert answer["removed"] is True
    assert "entfernt" in answer["sentence"]
    assert kept(house) == [("2026-11-22", "partial", "Bitte an [entfernt]", 1)]


@pytest.mark.parametrize(
    ("question", "verdict", "told"),
    [
        ("ab", "none", "in 3 bis 1000 Zeichen"),
        ("", "none", "1 bis 1000 Zeichen"),
        ("x" * 1_001, "none", "höchstens 1000 Zeichen"),
        ("???", "none", "in Worten"),
        (QUESTION, "vielleicht", "»verdict« muss eines von answered, partial, none sein"),
        (7, "none", "»question« muss eine Frage von 3 bis 1000 Zeichen sein"),
    ],
)
def test_what_is_no_question_is_refused_with_a_sentence(
    house: House, question: object, verdict: str, told: str
) -> None:
    assert told in detail_of(leave(house, question, verdict), 422)
    assert kept(house) == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b"\xff", b"{}", b'{"question": "Wer?", "name": "x"}']
)
def test_any_other_body_is_refused_with_a_sentence(house: House, body: bytes) -> None:
    answer = house.client.post("/open-questions", content=body, headers={"Content-Type": "application/json"})
    detail_of(answer, 400 if body == b"\xff" else 422)
    assert kept(house) == []


@pytest.mark.parametrize("path", ["/open-questions", "/suche/frage"])
def test_a_body_without_end_is_not_read(house: House, path: str) -> None:
    answer = house.client.post(path, content=(b"q=" + b"x" * 1_000 for _ in range(3_000)))
    assert "zu viel" in detail_of(answer, 413)


def test_at_most_thirty_a_minute_come_in(house: House) -> None:
    statuses = [leave(house, f"Frage Nummer {number}?").status_code for number in range(31)]
    assert statuses == [201] * 30 + [429]
    assert "in einer Minute" in detail_of(leave(house), 429)
    assert len(kept(house)) == 30


def test_the_minute_passes() -> None:
    now = [0.0]
    quota = Quota(2, lambda: now[0])
    assert [quota.take() for _ in range(3)] == [True, True, False]
    now[0] = 59.9
    assert not quota.take()
    now[0] = 60.0
    assert [quota.take() for _ in range(3)] == [True, True, False]


def test_many_at_once_lose_no_question(house: House) -> None:
    threads = [threading.Thread(target=leave, args=(house,)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(house) == [("2026-11-22", "none", QUESTION, 12)]


def test_when_they_cannot_be_kept_it_is_said(house: House) -> None:
    (house.data / FILE_NAME).write_bytes(b"kein SQLite" * 100)
    assert FILE_NAME in detail_of(leave(house), 503)
    assert send(house).headers["location"] == "../frage-notiert?fehler=503&lang=fr"


def test_a_backup_has_the_questions(house: House) -> None:
    leave(house)
    assert FILE_NAME in [path.name for path in find_databases(house.data)]


def test_the_form_needs_no_script_and_ends_on_a_page_that_says_thanks(house: House) -> None:
    form = seen(question_form(Address(QUESTION, language="fr"), "none"))
    assert (form.get("action"), form.get("method")) == ("suche/frage", "post")
    fields = dict(zip(form.xpath(".//input/@name"), form.xpath(".//input/@value"), strict=True))
    answer = house.client.post("/suche/frage", data=fields, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "../frage-notiert?lang=fr")
    assert kept(house) == [("2026-11-22", "none", QUESTION, 1)]
    page = house.client.get("/frage-notiert?lang=fr")
    assert page.status_code == 200
    assert "Merci, votre question est notée." in page.text
    german = house.client.get("/frage-notiert").text
    assert "Danke, die Frage ist notiert." in german
    assert 'role="status"' in german
    assert 'role="alert"' not in german
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("question", "title"), [(QUESTION, FRENCH.question_noted), ("?", FRENCH.question_not_noted)]
)
def test_a_question_left_in_a_frame_is_answered_in_the_frame(house: House, question: str, title: str) -> None:
    house.embed_origins = ("https://verein.example",)
    house.client = house.restarted()
    form = seen(question_form(Address(question, embedded=True, language="fr"), "none"))
    fields = dict(zip(form.xpath(".//input/@name"), form.xpath(".//input/@value"), strict=True))
    sent = house.client.post("/suche/frage", data=fields, follow_redirects=False)
    answer = house.client.get(sent.headers["location"].removeprefix(".."))
    assert answer.headers["content-security-policy"].endswith("frame-ancestors https://verein.example")
    page = seen(answer.text)
    assert page.xpath("//h1/text()") == [title]
    assert page.xpath("//footer") == []
    assert page.xpath("//main//a/@href") == ["suche?embed=1&lang=fr"]
    alone = house.client.get("/frage-notiert")
    assert alone.headers["content-security-policy"].endswith("frame-ancestors 'none'")


def test_a_form_with_too_many_fields_is_not_noted(house: House) -> None:
    fields = {f"feld{number}": "x" for number in range(21)}
    answer = house.client.post("/suche/frage", data={"q": QUESTION, **fields}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "../frage-notiert?fehler=422")
    assert kept(house) == []


def test_the_page_says_what_was_removed_or_went_wrong(house: House) -> None:
    removed = send(house, "Bitte an erika@example.org").headers["location"]
    assert FRENCH.question_noted_removed in house.client.get(removed.removeprefix("..")).text
    refused = send(house, "?").headers["location"]
    answer = house.client.get(refused.removeprefix(".."))
    assert answer.status_code == 422
    assert FRENCH.question_not_noted in answer.text
    assert house.client.get("/frage-notiert?fehler=<b>").status_code == 503


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://boese.example"},
        {"Origin": "null"},
    ],
)
def test_other_sites_cannot_leave_questions(house: House, headers: dict[str, str]) -> None:
    for act in (leave, send):
        assert "fremden Seite" in detail_of(act(house, **headers), 403)
    assert kept(house) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
    ],
)
def test_our_own_pages_and_programs_can(house: House, headers: dict[str, str]) -> None:
    assert leave(house, **headers).status_code == 201
    assert send(house, **headers).status_code == 303


def test_no_question_is_active_in_the_form() -> None:
    form = seen(question_form(Address('"><script>alert(1)</script>'), "none"))
    assert form.xpath("//script") == []
