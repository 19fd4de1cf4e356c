"""The second door: pages that the API draws itself, for any browser and without a script."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from index.errors import KnowledgeBaseError
from search_api.problems import problem_of
from search_api.question import QuestionRefusedError
from search_api.resources import ResourcesOf
from search_api.routes.documents import document, documents
from search_api.routes.programmes import programmes
from search_api.routes.search import examples, search
from search_api.routes.similar import similar
from search_api.schemas import ExampleTopic, ProgrammeQuery, SearchQuery, SimilarQuery
from search_api.view import site
from search_api.view.address import (
    FIRST_HITS,
    LANGUAGE,
    MANY_HITS,
    Address,
    read_address,
    read_language,
)
from search_api.view.languages import texts_in
from search_api.view.paper import Paper
from search_api.view.plan import GUIDE, read_plan, wanted
from search_api.view.texts import Texts

if TYPE_CHECKING:
    from search_api.resources import Resources
    from search_api.view.plan import Plan

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {ancestors}"
)
_LOOK_KEPT_S = 3_600  # an hour: a new version of the look is seen the same day


class FilterRefusedError(Exception):
    """A filter of the address has a value that it cannot have."""


def _parameters(request: Request) -> dict[str, list[str]]:
    return {name: request.query_params.getlist(name) for name in request.query_params}


def _asked(request: Request) -> Address:
    return read_address(_parameters(request))


def _spoken(request: Request) -> Texts:
    return texts_in(read_language(_parameters(request)))


@router.get("/suche")
def page(address: Annotated[Address, Depends(_asked)], resources: ResourcesOf) -> HTMLResponse:
    """Return the view that the address asks for: start, answers or a document."""
    texts = texts_in(address.language)
    try:
        html, status = _view(address, resources), HTTPStatus.OK
    except FilterRefusedError:
        html = site.refusal_page(address, advice=texts.refused_filter)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    except QuestionRefusedError as error:
        html, status = site.refusal_page(address, told=str(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    except KnowledgeBaseError as error:
        html, status = _trouble(address, error), problem_of(error)
    return HTMLResponse(html, status, page_headers(resources.embed_origins if address.embedded else ()))


def _trouble(address: Address, error: KnowledgeBaseError) -> str:
    texts, told = texts_in(address.language), str(error)
    if problem_of(error) == HTTPStatus.NOT_FOUND:
        return site.notice_page(address, texts.unknown_document, texts.unknown_document_advice, told)
    return site.notice_page(address, texts.not_ready, texts.not_ready_advice, told)


@router.get(f"/{GUIDE}")
def guide(
    request: Request, texts: Annotated[Texts, Depends(_spoken)], resources: ResourcesOf
) -> HTMLResponse:
    """Return the funding guide; an impossible answer brings the form again with a sentence."""
    parameters = _parameters(request)
    plan, pressed = read_plan(parameters), not parameters.keys() <= {LANGUAGE}
    try:
        html, status = _guide(texts, plan, resources, pressed=pressed), HTTPStatus.OK
    except ValidationError:
        html = site.guide_page(texts, plan, [], texts.guide_refused)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    except KnowledgeBaseError as error:
        html, status = _trouble(Address(language=texts.language), error), problem_of(error)
    return HTMLResponse(html, status, page_headers())


def _guide(texts: Texts, plan: Plan, resources: Resources, *, pressed: bool) -> str:
    if not plan.asked:
        return site.guide_page(texts, plan, [], texts.guide_nothing_said if pressed else "")
    found = programmes(ProgrammeQuery.model_validate(wanted(plan)), resources).programmes
    return site.guide_page(texts, plan, found)


@router.get("/suche/stil.css")
def look() -> Response:
    """Return the stylesheet of all pages."""
    kept = {"Cache-Control": f"max-age={_LOOK_KEPT_S}"}
    return Response(site.stylesheet(), media_type="text/css", headers=kept)


@router.get("/barrierefreiheit")
def accessibility(texts: Annotated[Texts, Depends(_spoken)], resources: ResourcesOf) -> HTMLResponse:
    """Return the accessibility statement."""
    return HTMLResponse(
        site.standing_page(texts, "barrierefreiheit", resources.contact), headers=page_headers()
    )


@router.get("/leichte-sprache")
def plain_language(texts: Annotated[Texts, Depends(_spoken)], resources: ResourcesOf) -> HTMLResponse:
    """Return what this site is, in plain language."""
    return HTMLResponse(
        site.standing_page(texts, "leichte-sprache", resources.contact), headers=page_headers()
    )


def _view(address: Address, resources: Resources) -> str:
    paper = Paper(resources.today(), resources.page_url)
    if address.document is not None:
        return site.document_page(address, document(_known_id(address.document), resources), paper)
    if address.similar is not None:
        found = similar(
            _known_id(address.similar), SimilarQuery.model_validate({"limit": FIRST_HITS}), resources
        )
        return site.similar_page(address, found.hits)
    if address.question:
        return site.answer_page(address, search(_query(address), resources), resources.contact, paper)
    return site.start_page(address, documents(resources).documents, _examples(resources))


def _examples(resources: Resources) -> list[ExampleTopic]:
    """Return questions to try; they are a courtesy, and a slip in their file is no reason to show nothing."""
    try:
        return examples(resources).topics
    except KnowledgeBaseError:
        return []


def _known_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)  # of nothing


def _query(address: Address) -> SearchQuery:
    """Return what the search takes.

    Raises:
        FilterRefusedError: a filter has a value that it cannot have.
    """
    asked = {
        "q": address.question,
        "include_expired": address.include_expired,
        "as_written": address.as_written,
        "limit": MANY_HITS if address.many else FIRST_HITS,
        **address.filters,
    }
    try:
        return SearchQuery.model_validate(asked)
    except ValidationError:
        raise FilterRefusedError from None


def page_headers(ancestors: tuple[str, ...] = ()) -> dict[str, str]:
    """Return what keeps a page from loading, running or telling anything; questions are not stored."""
    return {
        "Content-Security-Policy": _POLICY.format(ancestors=" ".join(ancestors) or "'none'"),
        "Referrer-Policy": "same-origin",  # with none, browsers hide where our own form comes from
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
