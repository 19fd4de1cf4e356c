"""Errors as problem documents (RFC 9457): one sentence that says what is wrong and what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from index.errors import (
    KnowledgeBaseError,
    NothingPublishedError,
    StampMismatchError,
    StoreUnavailableError,
)
from index.passage import Kind
from search_api.question import MAX_CHARACTERS, QuestionRefusedError
from search_api.schemas import MAX_HITS, Problem, SearchQuery

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

_LOG = logging.getLogger(__name__)


class DocumentNotFoundError(KnowledgeBaseError):
    """No document of the published generation has this id, or its file is gone."""


_STATUS: dict[type[KnowledgeBaseError], HTTPStatus] = {
    QuestionRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    DocumentNotFoundError: HTTPStatus.NOT_FOUND,
    NothingPublishedError: HTTPStatus.SERVICE_UNAVAILABLE,
    StampMismatchError: HTTPStatus.SERVICE_UNAVAILABLE,
    StoreUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}
_ALLOWED = {
    "q": f"eine Frage von 1 bis {MAX_CHARACTERS} Zeichen",
    "limit": f"eine ganze Zahl von 1 bis {MAX_HITS}",
    "kind": f"eines von {', '.join(Kind)}",
    "year": "eine Jahreszahl wie 2026",
    "include_expired": "true oder false",
    "document_id": "eine Kennung aus GET /documents",
}
_TITLES = {
    HTTPStatus.UNPROCESSABLE_ENTITY: "Die Anfrage ist so nicht möglich",
    HTTPStatus.NOT_FOUND: "Nicht gefunden",
    HTTPStatus.METHOD_NOT_ALLOWED: "Hier nicht möglich",
    HTTPStatus.SERVICE_UNAVAILABLE: "Zurzeit nicht möglich",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Fehler in der Suche",
}


def problem(status: HTTPStatus, detail: str) -> JSONResponse:
    """Return a problem document."""
    body = Problem(title=_TITLES.get(status, status.phrase), status=status, detail=detail)
    return JSONResponse(body.model_dump(), status_code=status, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document."""

    @app.exception_handler(KnowledgeBaseError)
    def known(_: Request, error: KnowledgeBaseError) -> JSONResponse:
        return problem(_STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR), str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        names = dict.fromkeys(str(each["loc"][1]) for each in error.errors() if len(each["loc"]) > 1)
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(_wanted(name) for name in names) + ".")

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        detail = "Diese Adresse gibt es nicht. Alle Adressen stehen unter /docs."
        return problem(HTTPStatus(error.status_code), detail)

    @app.exception_handler(Exception)
    def unknown(_: Request, error: Exception) -> JSONResponse:
        _LOG.error("request failed", exc_info=error)  # without its address: questions are personal
        detail = "In der Suche ist ein Fehler aufgetreten. Er steht im Protokoll des Dienstes."
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)


def _wanted(parameter: str) -> str:
    if parameter in _ALLOWED:
        return f"»{parameter}« muss {_ALLOWED[parameter]} sein"
    return f"»{parameter}« gibt es nicht, möglich sind {', '.join(SearchQuery.model_fields)}"
