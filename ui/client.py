"""How the page talks to the search API: typed answers, and an error for each thing the page can explain."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from search_api.schemas import (
    DocumentDetail,
    DocumentList,
    Examples,
    NotedQuestion,
    Problem,
    Programmes,
    SearchResponse,
    SimilarPassages,
)
from search_api.view.address import FIRST_HITS, asked_of_search
from search_api.view.plan import wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_api.schemas import ExampleTopic, Verdict
    from search_api.view.address import Address
    from search_api.view.plan import Plan

# Connecting is a matter of milliseconds; an answer takes longer only while the API is very busy.
TIME_LIMITS: Final = httpx.Timeout(20.0, connect=3.0)  # seconds

_Answer = TypeVar("_Answer", bound=BaseModel)


class ServiceError(Exception):
    """The API gave no answer that can be shown."""


class ApiAwayError(ServiceError):
    """The API is not running, not reachable, too slow or broken."""


class NothingPublishedError(ServiceError):
    """Nothing is published, or what is cannot be opened; `detail` is the API's reason and cure, or empty."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class QuestionRefusedError(ServiceError):
    """The API does not accept the question or a filter; `detail` is its own sentence, or empty."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class TooManyQuestionsError(QuestionRefusedError):
    """The API takes no more questions for the moment."""


class NotFoundError(QuestionRefusedError):
    """What was asked for does not exist in the published corpus."""


def neighbour(base_url: str, limits: httpx.Timeout) -> httpx.Client:
    """Connections to the API, which is near: a proxy for the world outside must not stand between."""
    return httpx.Client(base_url=base_url, timeout=limits, trust_env=False)


class SearchClient:
    """The search API at `base_url`. Raises nothing but `ServiceError`."""

    def __init__(self, base_url: str, limits: httpx.Timeout = TIME_LIMITS) -> None:
        self._http = neighbour(base_url, limits)

    def search(self, address: Address) -> SearchResponse:
        """The answer to the address's question under its filters."""
        return self._fetch("/search", SearchResponse, asked_of_search(address))

    def similar(self, passage_id: str) -> SimilarPassages:
        """What says something like a passage; `NotFoundError` if there is none of that id."""
        path = f"/passages/{quote(passage_id, safe='')}/similar"
        return self._fetch(path, SimilarPassages, [("limit", str(FIRST_HITS))])

    def programmes(self, plan: Plan) -> Programmes:
        """The funding programmes with how they fit the plan."""
        return self._fetch("/programmes", Programmes, [*wanted(plan).items()])

    def documents(self) -> DocumentList:
        """All documents of the published corpus."""
        return self._fetch("/documents", DocumentList)

    def document(self, document_id: str) -> DocumentDetail:
        """A document with its passages; `NotFoundError` if there is none of that id."""
        return self._fetch(f"/documents/{quote(document_id, safe='')}", DocumentDetail)

    def leave_question(self, question: str, verdict: Verdict) -> NotedQuestion:
        """Leave a question for the staff; `QuestionRefusedError` says why it is not taken.

        `TooManyQuestionsError`: not now; any other `ServiceError`: it is not kept.
        """
        left = {"question": question, "verdict": verdict}
        return self._answered(self._sent("POST", "/open-questions", json=left), NotedQuestion)

    def examples(self) -> tuple[ExampleTopic, ...]:
        """Questions to try, by topic. They are a courtesy: without an answer there are none."""
        try:
            return tuple(self._fetch("/examples", Examples).topics)
        except ServiceError:
            return ()

    def _fetch(self, path: str, model: type[_Answer], wanted: Sequence[tuple[str, str]] = ()) -> _Answer:
        return self._answered(self._sent("GET", path, params=httpx.QueryParams(list(wanted))), model)

    def _sent(self, method: str, path: str, **content: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        try:
            response = self._http.request(method, path, **content)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ApiAwayError(f"{path}: {error!r}") from error
        if not response.is_success:
            raise _explain(response)
        return response

    def _answered(self, response: httpx.Response, model: type[_Answer]) -> _Answer:
        try:
            return model.model_validate_json(response.content)
        except ValidationError as error:
            path = response.url.path
            raise ApiAwayError(f"{path}: not the agreed answer: {error}") from error


def _explain(response: httpx.Response) -> ServiceError:
    detail = _problem_detail(response)
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        return NothingPublishedError(detail)
    if response.status_code == HTTPStatus.NOT_FOUND:
        return NotFoundError(detail)
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return TooManyQuestionsError(detail)
    if response.is_client_error:
        return QuestionRefusedError(detail)
    return ApiAwayError(f"{response.url.path}: status {response.status_code}")


def _problem_detail(response: httpx.Response) -> str:
    try:
        return Problem.model_validate_json(response.content).detail
    except ValidationError:
        return ""
