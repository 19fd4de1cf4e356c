"""`POST /open-questions`: a question is left for the staff. `POST /suche/frage` does it without a script."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, get_args
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from index.errors import KnowledgeBaseError
from search_api.problems import described, problem_of
from search_api.resources import ResourcesOf
from search_api.routes.pages import page_headers
from search_api.same_site import require_own_page
from search_api.schemas import NotedQuestion, OpenQuestion, Verdict
from search_api.view import site
from search_api.view.address import Address, read_address, write_address
from search_api.view.languages import texts_in
from search_api.view.languages.german import GERMAN
from search_api.view.question_form import FORM_ACTION, NOTED_PAGE, VERDICT
from search_api.view.texts import Texts

router = APIRouter(tags=["Offene Fragen"], dependencies=[Depends(require_own_page)])
pages = APIRouter(include_in_schema=False)

_REFUSED = (
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)  # why a question may not be noted


@router.post(
    "/open-questions",
    summary="Eine Frage dalassen",
    status_code=HTTPStatus.CREATED,
    responses=described(403, 413, 422, 429, 503),
)
def leave(left: OpenQuestion, resources: ResourcesOf) -> NotedQuestion:
    """Keep the question with its verdict and the day for the staff; nothing tells who asked."""
    removed = resources.question_box.leave(left.question, left.verdict)
    sentence = GERMAN.question_noted_removed if removed else GERMAN.question_noted
    return NotedQuestion(removed=removed, sentence=sentence)


async def _fields(request: Request) -> dict[str, list[str]]:
    """Return the fields of a sent form with their values; none of a form that is not ours."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return parse_qs(body, max_num_fields=20)
    except ValueError:  # more fields
        return {}


@pages.post(f"/{FORM_ACTION}", dependencies=[Depends(require_own_page)])
def leave_by_form(
    fields: Annotated[dict[str, list[str]], Depends(_fields)], resources: ResourcesOf
) -> RedirectResponse:
    """Keep the question of a form and go on to a page that says so, which can be loaded again."""
    sent, said = read_address(fields), fields.get(VERDICT, ["none"])[0]
    verdict: Verdict = next((each for each in get_args(Verdict) if each == said), "none")
    try:
        removed = resources.question_box.leave(sent.question, verdict)
        told = {"entfernt": ["1"]} if removed else {}
    except KnowledgeBaseError as error:
        told = {"fehler": [str(int(problem_of(error)))]}
    told |= write_address(Address(embedded=sent.embedded, language=sent.language))
    query = urlencode(told, doseq=True)
    where = f"../{NOTED_PAGE}{'?' if told else ''}{query}"  # the address beside that of the form
    return RedirectResponse(where, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})


@pages.get(f"/{NOTED_PAGE}")
def noted(
    resources: ResourcesOf, lang: str = "", embed: str = "", fehler: str = "", entfernt: str = ""
) -> HTMLResponse:
    """Return what became of a question that was left, for the frame that it was left in."""
    texts = texts_in(lang)
    address = Address(embedded=embed == "1", language=texts.language)
    headers = page_headers(resources.embed_origins if address.embedded else ())
    if not fehler:
        advice = texts.question_noted_removed if entfernt == "1" else texts.question_noted_advice
        return HTMLResponse(site.done_page(address, texts.question_noted, advice), headers=headers)
    status = next((each for each in _REFUSED if fehler == str(int(each))), HTTPStatus.SERVICE_UNAVAILABLE)
    html = site.notice_page(address, texts.question_not_noted, _why(texts, status), "")
    return HTMLResponse(html, status, headers)


def _why(texts: Texts, status: HTTPStatus) -> str:
    why = {
        HTTPStatus.UNPROCESSABLE_ENTITY: texts.question_refused,
        HTTPStatus.TOO_MANY_REQUESTS: texts.question_too_many,
    }
    return why.get(status, texts.question_not_kept)
