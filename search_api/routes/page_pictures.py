"""`GET /documents/{id}/pages/{n}.png`: a page of a PDF file as a picture, a passage marked in it."""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi import Path as PathParameter

from search_api.page_pictures.drawing import NoPictureError
from search_api.page_pictures.order import Order
from search_api.problems import DocumentNotFoundError, described
from search_api.resources import ResourcesOf
from search_api.routes.documents import DocumentId, entry_of, file_of
from search_api.schemas import PagePictureQuery

if TYPE_CHECKING:
    from uuid import UUID

    from search_api.served import Served

router = APIRouter(prefix="/documents", tags=["Quellen"])

_PNG = "image/png"


@router.get(
    "/{document_id}/pages/{page}.png",
    summary="Eine Seite einer PDF-Datei als Bild",
    response_class=Response,
    responses={200: {"content": {_PNG: {}}}, **described(404, 422, 503)},
)
def page_picture(
    document_id: DocumentId,
    page: Annotated[int, PathParameter(ge=1, le=100_000, description="Seite der Datei, ab 1")],
    wanted: Annotated[PagePictureQuery, Query()],
    resources: ResourcesOf,
    if_none_match: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Return the page as PNG, the text of the passage marked as far as it stands there.

    A browser may keep it, and asks each time whether it is still the same: that is told by the content of
    the file and of the passage, without drawing anything.
    """
    served = resources.publication.current()
    entry = entry_of(document_id, served)
    if not entry.source.lower().endswith(".pdf"):
        message = "Bilder von Seiten gibt es nur von PDF-Dateien."
        raise NoPictureError(message)
    text = _text_of(wanted.passage, entry.source, served) if wanted.passage else ""
    path = str(file_of(resources.corpus, entry.source))
    order = Order(path, entry.content, page, wanted.width, text, wanted.start, wanted.end)
    headers = {"ETag": _tag(order), "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    if if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(resources.pictures.png(order), media_type=_PNG, headers=headers)


def _text_of(passage_id: UUID, source: str, served: Served) -> str:
    for passage in served.generation.passages(source):
        if passage.id == str(passage_id):
            return passage.text
    message = "Diese Textstelle gibt es in der Quelle nicht (mehr). Bitte suchen Sie noch einmal danach."
    raise DocumentNotFoundError(message)


def _tag(order: Order) -> str:
    told = repr(astuple(order)[1:])  # where the file lies makes no difference
    return f'"{hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]}"'
