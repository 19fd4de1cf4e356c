"""How the page talks to the API about cases: typed, and an error for each thing the page can explain."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from search_api.schemas import Case, CaseChange, CaseList, PersonalDataProblem, Release, Released
from ui.client import TIME_LIMITS, ApiAwayError, ServiceError, neighbour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_api.schemas import CaseContent, CaseSummary, Finding, FormatName

_DESK: Final = "X-Desk"  # never in an address: those end up in logs
_Answer = TypeVar("_Answer", bound=BaseModel)


class CaseRefusedError(ServiceError):
    """The API does not do what was asked; `detail` is its own sentence, or empty."""

    def __init__(self, detail: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.findings = tuple(findings)  # what looks like personal data


class CaseGoneError(CaseRefusedError):
    """The desk has no such case."""


class CaseChangedError(CaseRefusedError):
    """Somebody else has changed the case since it was read; nothing was overwritten."""


class CasesClient:
    """The cases at the search API at `base_url`. Raises nothing but `ServiceError`."""

    def __init__(self, base_url: str, limits: httpx.Timeout = TIME_LIMITS) -> None:
        self._http = neighbour(base_url, limits)

    def summaries(self, desk: str) -> list[CaseSummary]:
        """The desk's cases, the one changed last first."""
        return _typed(CaseList, self._ask(desk, "GET", "")).cases

    def case(self, desk: str, case_id: str) -> Case:
        """A case; `CaseGoneError` if the desk has no such case."""
        return _typed(Case, self._ask(desk, "GET", _path(case_id)))

    def create(self, desk: str, content: CaseContent) -> Case:
        """A new case with this content; `CaseRefusedError` if the desk is full."""
        return _typed(Case, self._ask(desk, "POST", "", content))

    def change(self, desk: str, case: Case, content: CaseContent) -> Case:
        """The case with this content instead; `CaseChangedError` if it is no longer as `case` has it."""
        change = CaseChange(**dict(content), revision=case.revision)
        response = self._send(desk, "PUT", _path(case.id), change)
        if response.status_code == HTTPStatus.CONFLICT:
            raise CaseChangedError(_problem(response).detail)
        return _typed(Case, _accepted(response))

    def delete(self, desk: str, case_id: str) -> None:
        """Deletes a case for good."""
        self._ask(desk, "DELETE", _path(case_id))

    def folder(self, desk: str, case_id: str, format_name: FormatName) -> bytes:
        """The case's folder as a file of this format."""
        return self._ask(desk, "GET", f"{_path(case_id)}/folder.{format_name}").content

    def release(self, desk: str, case_id: str, release: Release) -> Released:
        """Makes a source of the case; `CaseRefusedError` lists what looks like personal data."""
        return _typed(Released, self._ask(desk, "POST", f"{_path(case_id)}/release", release))

    def _ask(self, desk: str, method: str, path: str, sent: BaseModel | None = None) -> httpx.Response:
        return _accepted(self._send(desk, method, path, sent))

    def _send(self, desk: str, method: str, path: str, sent: BaseModel | None) -> httpx.Response:
        headers = {_DESK: desk, "Content-Type": "application/json"}
        body = sent.model_dump_json() if sent else None
        try:
            return self._http.request(method, f"/cases{path}", headers=headers, content=body)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ApiAwayError(f"{method} /cases: {error!r}") from error


def _path(case_id: str) -> str:
    return f"/{quote(case_id, safe='')}"


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.is_success:
        return response
    told = _problem(response)
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise CaseGoneError(told.detail)
    if response.is_client_error or response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        raise CaseRefusedError(told.detail, told.findings)
    raise ApiAwayError(f"cases: status {response.status_code}")


def _typed(model: type[_Answer], response: httpx.Response) -> _Answer:
    try:
        return model.model_validate_json(response.content)
    except ValidationError as error:
        raise ApiAwayError(f"cases: not the agreed {model.__name__}") from error


def _problem(response: httpx.Response) -> PersonalDataProblem:
    try:
        return PersonalDataProblem.model_validate_json(response.content)
    except ValidationError:
        return PersonalDataProblem(title="", status=response.status_code, detail="")
