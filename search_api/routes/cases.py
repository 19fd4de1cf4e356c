"""The office hour: cases of a desk, their Antwortmappe, their release; nobody logs in or is named."""

from __future__ import annotations

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Response
from pydantic import UUID4

from search_api.cases.release import PUBLISHED_LATER, release, take_back
from search_api.folder.formats import FORMATS
from search_api.folder.making import folder_of
from search_api.problems import described
from search_api.resources import ResourcesOf
from search_api.schemas import (
    Case,
    CaseChange,
    CaseContent,
    CaseList,
    FormatName,
    PersonalDataProblem,
    Release,
    Released,
)

_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def _unstored(response: Response) -> None:
    """Keep cases out of all caches: addresses alone do not tell whose they are."""
    response.headers.update(_PRIVATE)


router = APIRouter(prefix="/cases", tags=["Sprechstunde"], dependencies=[Depends(_unstored)])

# In a header: addresses end up in the logs of proxies and in histories.
_Desk = Annotated[
    UUID4,
    Header(alias="X-Desk", description="der Tisch: eine zufällige Kennung, die nur kennt, wer daran sitzt"),
]
_Id = Annotated[UUID, Path(description="Kennung des Falls")]
_Format = Annotated[FormatName, Path(description="Format; txt ist der Text einer Mail")]


@router.get("", summary="Die Fälle eines Tisches", responses=described(422, 503))
def cases(desk: _Desk, resources: ResourcesOf) -> CaseList:
    """Return the desk's cases, the one changed last first; a desk that nobody has used has none."""
    return CaseList(cases=resources.cases.summaries(desk))


@router.post("", summary="Einen Fall anlegen", status_code=201, responses=described(409, 413, 422, 429, 503))
def new_case(desk: _Desk, content: CaseContent, resources: ResourcesOf) -> Case:
    """Keep a new case on the desk; 409 if the desk is full."""
    return resources.cases.create(desk, content)


@router.get("/{case_id}", summary="Ein Fall", responses=described(404, 422, 503))
def case(desk: _Desk, case_id: _Id, resources: ResourcesOf) -> Case:
    """Return a case with all that was written and pinned."""
    return resources.cases.get(desk, case_id)


@router.put("/{case_id}", summary="Einen Fall ändern", responses=described(404, 409, 413, 422, 503))
def changed_case(desk: _Desk, case_id: _Id, change: CaseChange, resources: ResourcesOf) -> Case:
    """Replace what is in the case; 409 if it was changed since the revision that the change was made from."""
    return resources.cases.change(desk, case_id, change)


@router.delete(
    "/{case_id}", summary="Einen Fall löschen", status_code=204, responses=described(404, 422, 503)
)
def no_case(desk: _Desk, case_id: _Id, resources: ResourcesOf) -> None:
    """Delete a case with all that belongs to it, from the disk too; a released source stays."""
    resources.cases.delete(desk, case_id)


@router.get(
    "/{case_id}/folder.{format_name}",
    summary="Die Antwortmappe eines Falls",
    response_class=Response,
    responses={
        200: {"content": {each.media_type: {} for each in FORMATS.values()}, "description": "Die Mappe"},
        **described(404, 422, 503),
    },
)
def folder(desk: _Desk, case_id: _Id, format_name: _Format, resources: ResourcesOf) -> Response:
    """Return what goes to whoever asked: questions, answer, and each passage with source, place and links."""
    today = resources.today()
    written = FORMATS[format_name]
    kept = resources.cases.get(desk, case_id)
    with resources.folders.turn():
        content = written.write(folder_of(kept, today, resources.page_url))
    name = f'attachment; filename="antwortmappe-{today}.{format_name}"'
    headers = {**_PRIVATE, "Content-Disposition": name}
    return Response(content, media_type=written.media_type, headers=headers)


@router.post(
    "/{case_id}/release",
    summary="Die Antwort als Quelle freigeben",
    status_code=201,
    responses={
        **described(404, 409, 413, 429, 503),
        422: {"model": PersonalDataProblem, "description": "Unvollständig, oder mit Angaben zu Personen"},
    },
)
def released(desk: _Desk, case_id: _Id, wanted: Release, resources: ResourcesOf) -> Released:
    """Write question and answer as a source of kind `beratung`; it is found after the next ingestion.

    Once for each case. Nothing is written while something looks like personal data.
    """
    write = partial(release, wanted=wanted, corpus=resources.corpus, today=resources.today())
    return Released(
        source=resources.cases.release(desk, case_id, write, partial(take_back, corpus=resources.corpus)),
        detail=PUBLISHED_LATER,
    )
