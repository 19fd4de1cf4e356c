"""`GET /documents/{id}/recording`: the recording that lies in the corpus, to be heard from any second on."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import FileResponse

from search_api.file_parts import FileInParts
from search_api.problems import DocumentNotFoundError, described
from search_api.recordings import is_recording
from search_api.resources import ResourcesOf
from search_api.routes.documents import DocumentId, entry_of, file_of

router = APIRouter(prefix="/documents", tags=["Quellen"])


@router.get(
    "/{document_id}/recording",
    summary="Die Aufnahme zu einer Quelle",
    response_class=FileResponse,
    responses={206: {"description": "Ein Teil der Aufnahme"}, **described(400, 404, 416, 422, 503)},
)
def recording(document_id: DocumentId, resources: ResourcesOf) -> FileResponse:
    """Return the recording, or the range of its bytes that a player asks for."""
    source = entry_of(document_id, resources.publication.current()).source
    found = resources.recordings.of(source)
    path = file_of(resources.corpus, found) if found else None
    if path is None or not is_recording(path):  # a source may be a link to a file of any other kind
        message = "Zu dieser Quelle liegt keine Aufnahme im Ordner der Materialien."
        raise DocumentNotFoundError(message)
    return FileInParts(path)
