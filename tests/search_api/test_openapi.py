"""The machine-readable description of the API is valid, complete and true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator

from search_api.routes import (
    cases,
    documents,
    health,
    open_questions,
    page_pictures,
    programmes,
    recordings,
    search,
    similar,
    sources,
)
from search_api.schemas import ANSWER_EXAMPLE, SearchResponse
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.search_api.house import House

PROBLEM = "#/components/schemas/Problem"


@pytest.fixture
def described(library: House) -> dict[str, Any]:
    answer = library.client.get("/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _references(each)


def test_the_description_is_openapi_3_1_with_valid_schemas(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"] == "Partnerschaftslotse"
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert set(_references(described)) <= known


def test_every_route_is_listed(described: dict[str, Any]) -> None:
    rooms = (
        *(search, similar, documents, page_pictures, recordings, programmes, sources),
        *(open_questions, cases, health),
    )
    routers = [room.router for room in rooms]
    routes = {route.path for router in routers for route in router.routes if isinstance(route, APIRoute)}
    assert routes == set(described["paths"])
    assert set(described["paths"]) == {
        "/search",
        "/passages/{passage_id}/similar",
        "/programmes",
        "/examples",
        "/documents",
        "/documents/{document_id}",
        "/documents/{document_id}/file",
        "/documents/{document_id}/pages/{page}.png",
        "/documents/{document_id}/recording",
        "/sources/health",
        "/cases",
        "/cases/{case_id}",
        "/cases/{case_id}/folder.{format_name}",
        "/cases/{case_id}/release",
        "/open-questions",
        "/health/live",
        "/health/ready",
    }


def test_every_route_says_in_a_few_words_what_it_is_for(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method, route in methods.items():
            assert route["summary"], (path, method)
            assert route["description"], (path, method)
            assert route["tags"], (path, method)


def test_the_parameters_of_a_search_are_described_with_examples_and_limits(
    described: dict[str, Any],
) -> None:
    parameters = {each["name"]: each for each in described["paths"]["/search"]["get"]["parameters"]}
    assert list(parameters) == [
        "q",
        "limit",
        "kind",
        "topic",
        "country",
        "audience",
        "language",
        "year",
        "per_document",
        "explain",
        "include_expired",
        "as_written",
    ]
    assert [name for name, each in parameters.items() if each["required"]] == ["q"]
    assert all(each["description"] for each in parameters.values())
    assert parameters["q"]["schema"]["examples"]
    assert (parameters["limit"]["schema"]["minimum"], parameters["limit"]["schema"]["maximum"]) == (1, 100)
    assert "faq" in parameters["kind"]["schema"]["items"]["enum"]


def test_the_example_question_can_be_asked(library: House, described: dict[str, Any]) -> None:
    (question, *_) = described["paths"]["/search"]["get"]["parameters"]
    for example in question["schema"]["examples"]:
        assert library.search(example).status_code == 200


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/search", {"200", "422", "503"}),
        ("/documents", {"200", "503"}),
        ("/documents/{document_id}", {"200", "404", "422", "503"}),
        ("/documents/{document_id}/file", {"200", "206", "400", "404", "416", "422", "503"}),
        ("/documents/{document_id}/pages/{page}.png", {"200", "404", "422", "503"}),
        ("/documents/{document_id}/recording", {"200", "206", "400", "404", "416", "422", "503"}),
        ("/passages/{passage_id}/similar", {"200", "404", "422", "503"}),
        ("/open-questions", {"201", "403", "413", "422", "429", "503"}),
        ("/sources/health", {"200", "503"}),
        ("/cases", {"200", "422", "503"}),
        ("/cases/{case_id}", {"200", "404", "422", "503"}),
        ("/cases/{case_id}/folder.{format_name}", {"200", "404", "422", "503"}),
        ("/health/ready", {"200", "503"}),
    ],
)
def test_every_way_to_fail_is_listed(described: dict[str, Any], path: str, statuses: set[str]) -> None:
    method = next(iter(described["paths"][path].values()))
    assert set(method["responses"]) == statuses


def test_errors_are_described_as_the_problem_documents_that_they_are(described: dict[str, Any]) -> None:
    errors = {
        f"{method} {path} {status}": response["content"]
        for path, methods in described["paths"].items()
        for method, route in methods.items()
        for status, response in route["responses"].items()
        if int(status) >= 400
        and path != "/health/ready"  # that one tells its state in either case
        and not (path.endswith("/release") and status == "422")  # this one lists what was found
    }
    assert errors == {key: {"application/problem+json": {"schema": {"$ref": PROBLEM}}} for key in errors}


def test_a_problem_that_is_sent_fits_its_description(library: House, described: dict[str, Any]) -> None:
    answer = library.search("Bus", limit=0)
    detail_of(answer, 422)
    Draft202012Validator(described["components"]["schemas"]["Problem"]).validate(answer.json())


def test_answers_fit_their_description(library: House, described: dict[str, Any]) -> None:
    def check(path: str, schema: str) -> None:
        whole = {"$ref": f"#/components/schemas/{schema}", "components": described["components"]}
        Draft202012Validator(whole).validate(library.client.get(path).json())

    check("/search?q=Zuschuss&include_expired=true&limit=100", "SearchResponse")
    check("/documents", "DocumentList")
    check(f"/documents/{library.id_of('studien/wirkung.pdf')}", "DocumentDetail")
    check("/examples", "Examples")
    check("/sources/health", "SourcesHealth")
    check("/health/live", "Health")
    check("/health/ready", "Health")


def test_no_page_that_would_load_scripts_from_the_net(library: House) -> None:
    assert [library.client.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404]


def test_the_example_of_an_answer_is_one(described: dict[str, Any]) -> None:
    assert described["components"]["schemas"]["SearchResponse"]["examples"]
    (hit,) = SearchResponse.model_validate(ANSWER_EXAMPLE).hits
    assert hit.text[hit.highlight.start : hit.highlight.end] == "Den Bus zahlt der Verein vorab."
