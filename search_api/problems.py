"""Errors as problem documents (RFC 9457): one sentence that says what is wrong and what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, get_args

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from index.errors import (
    KnowledgeBaseError,
    NothingPublishedError,
    StampMismatchError,
    StoreUnavailableError,
)
from index.open_questions import QuestionsUnavailableError
from index.passage import Kind
from search_api.cases.errors import (
    AlreadyReleasedError,
    CaseNotFoundError,
    CasesUnavailableError,
    ChangedElsewhereError,
    CorpusReadOnlyError,
    DeskFullError,
    ReleaseRefusedError,
    TooManyCasesError,
)
from search_api.cases.refused import refusal
from search_api.page_pictures.drawing import NoPictureError, PicturesBusyError
from search_api.question import MAX_CHARACTERS, QuestionRefusedError
from search_api.question_box import QuestionTooShortError, TooManyQuestionsError
from search_api.same_site import ForeignSiteError
from search_api.schemas import (
    MAX_HITS,
    ApplicantName,
    OpenQuestion,
    PagePictureQuery,
    PersonalDataProblem,
    Problem,
    ProgrammeQuery,
    PurposeName,
    SearchQuery,
    SimilarQuery,
)
from search_api.turns import FoldersBusyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import FastAPI, Request
    from pydantic import BaseModel

    from search_api.schemas import Finding

_LOG = logging.getLogger(__name__)


class DocumentNotFoundError(KnowledgeBaseError):
    """No document of the published generation has this id, or its file is gone."""


MEDIA_TYPE = "application/problem+json"
_STATUS: dict[type[KnowledgeBaseError], HTTPStatus] = {
    QuestionRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    DocumentNotFoundError: HTTPStatus.NOT_FOUND,
    NoPictureError: HTTPStatus.NOT_FOUND,
    PicturesBusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    QuestionTooShortError: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooManyQuestionsError: HTTPStatus.TOO_MANY_REQUESTS,
    QuestionsUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    ForeignSiteError: HTTPStatus.FORBIDDEN,
    NothingPublishedError: HTTPStatus.SERVICE_UNAVAILABLE,
    StampMismatchError: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    CaseNotFoundError: HTTPStatus.NOT_FOUND,
    ChangedElsewhereError: HTTPStatus.CONFLICT,
    AlreadyReleasedError: HTTPStatus.CONFLICT,
    DeskFullError: HTTPStatus.CONFLICT,
    CasesUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    CorpusReadOnlyError: HTTPStatus.SERVICE_UNAVAILABLE,
    TooManyCasesError: HTTPStatus.TOO_MANY_REQUESTS,
    FoldersBusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    ReleaseRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
}
_ALLOWED = {
    "q": f"eine Frage von 1 bis {MAX_CHARACTERS} Zeichen",
    "limit": f"eine ganze Zahl von 1 bis {MAX_HITS}",
    "kind": f"eines von {', '.join(Kind)}",
    "year": "eine Jahreszahl wie 2026",
    "include_expired": "true oder false",
    "explain": "true oder false",
    "per_document": f"eine ganze Zahl von 0 bis {MAX_HITS}",
    "country": "ein Land mit zwei Buchstaben wie fr",
    "passage_id": "die Kennung einer Textstelle",
    "same_document": "true oder false",
    "duplicates": "true oder false",
    "document_id": "eine Kennung aus GET /documents",
    "applicant": f"eines von {', '.join(get_args(ApplicantName))}",
    "purpose": f"eines von {', '.join(get_args(PurposeName))}",
    "people": "eine ganze Zahl ab 1",
    "amount": "ein Betrag in Euro, größer als 0",
    "advance": "true oder false",
    "as_written": "true oder false",
    "page": "eine Seitenzahl ab 1",
    "passage": "die Kennung einer Textstelle",
    "width": "eine Breite von 300 bis 2000",
    "start": "eine ganze Zahl ab 0",
    "end": "eine ganze Zahl ab 0",
    "question": f"eine Frage von 3 bis {MAX_CHARACTERS} Zeichen",
    "verdict": "eines von answered, partial, none",
}
_TAKEN: dict[str, type[BaseModel]] = {  # by route; else what /search takes
    "/programmes": ProgrammeQuery,
    "/documents/{document_id}/pages/{page}.png": PagePictureQuery,
    "/open-questions": OpenQuestion,
    "/passages/{passage_id}/similar": SimilarQuery,
}
_CASES = "/cases"  # what is sent there has words of its own for what is wrong
_UNKNOWN = "extra_forbidden"  # pydantic's name for a parameter that there is not
_NO_JSON = "Die Anfrage muss JSON sein, wie es unter /openapi.json beschrieben ist."
_REASONS = {
    HTTPStatus.NOT_FOUND: "Diese Adresse gibt es nicht.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Das geht an dieser Adresse nicht.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Das ist zu viel auf einmal: höchstens 2 MB.",
}
_TITLES = {
    HTTPStatus.UNPROCESSABLE_ENTITY: "Die Anfrage ist so nicht möglich",
    HTTPStatus.BAD_REQUEST: "Die Anfrage ist nicht lesbar",
    HTTPStatus.NOT_FOUND: "Nicht gefunden",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "Diesen Teil gibt es nicht",
    HTTPStatus.METHOD_NOT_ALLOWED: "Hier nicht möglich",
    HTTPStatus.CONFLICT: "Das geht so nicht (mehr)",
    HTTPStatus.FORBIDDEN: "Nicht erlaubt",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Zu groß",
    HTTPStatus.TOO_MANY_REQUESTS: "Zu viele Anfragen",
    HTTPStatus.SERVICE_UNAVAILABLE: "Zurzeit nicht möglich",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Fehler in der Suche",
}


def problem_of(error: KnowledgeBaseError) -> HTTPStatus:
    """Return the status that says what kind of problem an error is."""
    return _STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)


def problem(status: HTTPStatus, detail: str, findings: Sequence[Finding] = ()) -> JSONResponse:
    """Return a problem document; with `findings`, if there are any, as an extension (RFC 9457, 3.2)."""
    body = Problem(title=_TITLES.get(status, status.phrase), status=status, detail=detail)
    extended = PersonalDataProblem(**body.model_dump(), findings=list(findings)) if findings else body
    return JSONResponse(extended.model_dump(), status_code=status, media_type=MEDIA_TYPE)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return how OpenAPI describes these problems."""
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {MEDIA_TYPE: {"schema": schema}}
    return {
        status: {
            "description": _TITLES.get(HTTPStatus(status), HTTPStatus(status).phrase),
            "content": content,
        }
        for status in statuses
    }


def _reasons(error: RequestValidationError, taken: type[BaseModel]) -> str:
    """Return one sentence on everything that was not as it has to be."""
    kinds = {str(each["loc"][1]): each["type"] for each in error.errors() if len(each["loc"]) > 1}
    if not kinds or any(kind != _UNKNOWN and name not in _ALLOWED for name, kind in kinds.items()):
        return _NO_JSON
    unknown = f"gibt es nicht, möglich sind {', '.join(taken.model_fields)}"
    reasons = [
        f"»{name}« {unknown if kind == _UNKNOWN else f'muss {_ALLOWED[name]} sein'}"
        for name, kind in kinds.items()
    ]
    return f"{'; '.join(reasons)}."


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document, and its schema part of the description."""
    generated = app.openapi

    def openapi() -> dict[str, Any]:
        schema = generated()
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        return schema

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI's documented way to extend it

    @app.exception_handler(KnowledgeBaseError)
    def known(_: Request, error: KnowledgeBaseError) -> JSONResponse:
        findings = error.findings if isinstance(error, ReleaseRefusedError) else ()
        return problem(problem_of(error), str(error), findings)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        path = request.scope["route"].path
        ours = refusal(error.errors()) if path.startswith(_CASES) else ""
        return problem(
            HTTPStatus.UNPROCESSABLE_ENTITY, ours or _reasons(error, _TAKEN.get(path, SearchQuery))
        )

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        status = HTTPStatus(error.status_code)
        reason = _REASONS.get(status, "Die Anfrage ist so nicht möglich.")
        answer = problem(status, f"{reason} Alle Adressen stehen unter /openapi.json.")
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def unknown(_: Request, error: Exception) -> JSONResponse:
        _LOG.error("request failed", exc_info=error)  # without its address: questions are personal
        detail = "In der Suche ist ein Fehler aufgetreten. Er steht im Protokoll des Dienstes."
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)
