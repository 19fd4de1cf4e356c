import socket
from collections.abc import Iterator

import httpx
import pytest

from search_api.schemas import CaseContent
from search_api.view.address import Address
from tests.search_api.view import samples
from tests.ui.fake_api import FakeApi
from ui.cases_client import CaseChangedError, CaseGoneError, CaseRefusedError, CasesClient
from ui.client import (
    ApiAwayError,
    NotFoundError,
    NothingPublishedError,
    QuestionRefusedError,
    SearchClient,
)


@pytest.fixture
def client(api: FakeApi) -> SearchClient:
    return SearchClient(api.url)


def test_search_sends_question_and_filters_and_returns_the_typed_answer(
    api: FakeApi, client: SearchClient
) -> None:
    expected = samples.answer(samples.hit())
    api.says("/search", expected)
    address = Address("Öl & Co?", {"kind": ("faq", "studien"), "year": ("2026",)}, include_expired=True)

    assert client.search(address) == expected
    wanted = {"q": ["Öl & Co?"], "kind": ["faq", "studien"], "year": ["2026"], "include_expired": ["true"]}
    assert api.asked == [("/search", wanted)]


def test_search_leaves_unset_filters_out(api: FakeApi, client: SearchClient) -> None:
    api.says("/search", samples.answer())
    client.search(Address("Wer haftet?"))
    assert api.questions() == [{"q": ["Wer haftet?"]}]


def test_document_ids_cannot_leave_their_place_in_the_path(api: FakeApi, client: SearchClient) -> None:
    with pytest.raises(NotFoundError):
        client.document("../search?q=x")
    assert api.asked[0][0] == "/documents/..%2Fsearch%3Fq%3Dx"


def test_document_and_documents_are_typed(api: FakeApi, client: SearchClient) -> None:
    api.says("/documents/7d1f", samples.detail(samples.passage(0)))
    api.says("/documents", samples.catalogue(samples.DOCUMENT))
    assert client.document("7d1f").passages[0].passage_id == "p0"
    assert client.documents().documents[0].title == samples.DOCUMENT.title


def test_an_unknown_document_is_not_found(client: SearchClient) -> None:
    with pytest.raises(NotFoundError):
        client.document("weg")


def test_503_means_nothing_is_published_and_keeps_the_reason(api: FakeApi, client: SearchClient) -> None:
    api.refuses("/search", 503, "Es fehlt der Index.")
    with pytest.raises(NothingPublishedError) as caught:
        client.search(Address("Wer haftet?"))
    assert caught.value.detail == "Es fehlt der Index."


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refused_question_carries_the_sentence_of_the_api(
    api: FakeApi, client: SearchClient, status: int
) -> None:
    api.refuses("/search", status, "Die Frage ist zu lang.")
    with pytest.raises(QuestionRefusedError, match="Die Frage ist zu lang"):
        client.search(Address("x"))


def test_a_refusal_without_a_problem_document_has_an_empty_reason(api: FakeApi, client: SearchClient) -> None:
    api.says("/search", b'{"detail": [{"loc": ["query", "q"]}]}', 422)
    with pytest.raises(QuestionRefusedError) as caught:
        client.search(Address("x"))
    assert caught.value.detail == ""


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"hits": 3}', b"\xff\xfe"])
def test_garbage_is_no_answer(api: FakeApi, client: SearchClient, body: bytes) -> None:
    api.says("/search", body)
    with pytest.raises(ApiAwayError, match="not the agreed answer"):
        client.search(Address("Wer haftet?"))


def test_a_broken_api_is_away(api: FakeApi, client: SearchClient) -> None:
    api.says("/search", b"Internal Server Error", 500)
    with pytest.raises(ApiAwayError, match="status 500"):
        client.search(Address("Wer haftet?"))


@pytest.fixture
def silent_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_an_api_that_never_answers_is_given_up(silent_port: int) -> None:
    client = SearchClient(f"http://127.0.0.1:{silent_port}", httpx.Timeout(0.05))
    with pytest.raises(ApiAwayError, match="ReadTimeout"):
        client.search(Address("Wer haftet?"))


def test_an_api_that_does_not_run_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ApiAwayError, match="ConnectError"):
        SearchClient(f"http://127.0.0.1:{port}").documents()


def test_a_proxy_of_the_environment_does_not_stand_between(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    api.says("/documents", samples.catalogue())
    assert SearchClient(api.url).documents().documents == []


def test_examples_are_served_by_the_api(api: FakeApi, client: SearchClient) -> None:
    api.says("/examples", samples.examples(Recht=["Wer haftet?"], Geld=["Wer zahlt?"]))
    assert [(each.topic, each.questions) for each in client.examples()] == [
        ("Recht", ["Wer haftet?"]),
        ("Geld", ["Wer zahlt?"]),
    ]


@pytest.mark.parametrize("status", [404, 500, 503])
def test_without_examples_there_are_none(api: FakeApi, client: SearchClient, status: int) -> None:
    api.refuses("/examples", status, "nein")
    assert client.examples() == ()


def test_the_desk_goes_into_the_header_only(api: FakeApi) -> None:
    cases = CasesClient(api.url)
    case = cases.create("geheim", CaseContent(questions=["Wer haftet?"], answer="", pins=[]))
    assert cases.case("geheim", case.id) == case
    with pytest.raises(CaseGoneError):
        cases.case("ein-anderer", case.id)
    assert [each.id for each in cases.summaries("geheim")] == [case.id]
    assert cases.folder("geheim", case.id, "txt") == b"Mappe folder.txt: 0 Fundstellen"
    cases.delete("geheim", case.id)
    assert cases.summaries("geheim") == []
    assert "geheim" not in str(api.asked)


def test_a_case_changed_by_somebody_else_is_not_overwritten(api: FakeApi) -> None:
    cases = CasesClient(api.url)
    content = CaseContent(questions=[], answer="eins", pins=[])
    case = cases.create("tisch", content)
    assert cases.change("tisch", case, content).revision == 2
    with pytest.raises(CaseChangedError, match="anderen Fenster"):
        cases.change("tisch", case, content)


def test_a_case_id_cannot_leave_its_place_in_the_path(api: FakeApi) -> None:
    with pytest.raises(CaseGoneError):
        CasesClient(api.url).case("tisch", "../search?q=x")
    assert api.asked[0][0] == "/cases/..%2Fsearch%3Fq%3Dx"


@pytest.mark.parametrize(("status", "body"), [(409, b"{}"), (413, b""), (422, b"[]"), (503, b"<html>")])
def test_a_refusal_of_a_case_without_a_reason_has_an_empty_one(
    api: FakeApi, status: int, body: bytes
) -> None:
    api.says("/cases", body, status)
    with pytest.raises(CaseRefusedError) as caught:
        CasesClient(api.url).summaries("tisch")
    assert (caught.value.detail, caught.value.findings) == ("", ())


@pytest.mark.parametrize(("status", "body"), [(200, b"<html>"), (200, b'{"cases": 3}'), (500, b"")])
def test_garbage_and_breakdowns_are_no_cases(api: FakeApi, status: int, body: bytes) -> None:
    api.says("/cases", body, status)
    with pytest.raises(ApiAwayError):
        CasesClient(api.url).summaries("tisch")
