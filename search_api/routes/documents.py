"""The documents of the published generation, their passages and their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse

from search_api.file_parts import FileInParts
from search_api.problems import DocumentNotFoundError, described
from search_api.resources import ResourcesOf
from search_api.schemas import WITHOUT_FILE, DocumentDetail, DocumentList
from search_api.wire import to_catalogue_entry, to_passage, to_present_document

if TYPE_CHECKING:
    from index.passage import SourceEntry
    from search_api.served import Served

router = APIRouter(prefix="/documents", tags=["Quellen"])

DocumentId = Annotated[UUID, PathParameter(description="Kennung der Quelle")]


@router.get("", summary="Alle Quellen", responses=described(503))
def documents(resources: ResourcesOf) -> DocumentList:
    """Return all documents of the published generation, sorted by path."""
    served = resources.publication.current()
    present = resources.present()
    found = [to_catalogue_entry(entry, present) for entry in served.sources.values()]
    return DocumentList(generation=served.generation.id, documents=found)


@router.get("/{document_id}", summary="Eine Quelle mit ihrem Text", responses=described(404, 422, 503))
def document(document_id: DocumentId, resources: ResourcesOf) -> DocumentDetail:
    """Return a document with all its passages in reading order."""
    served = resources.publication.current()
    entry = entry_of(document_id, served)
    passages = served.generation.passages(entry.source)
    return DocumentDetail(
        document=to_present_document(entry.source, entry.metadata, resources.present()),
        passages=[to_passage(passage) for passage in passages],
    )


@router.get(
    "/{document_id}/file",
    summary="Die Datei selbst",
    responses={206: {"description": "Ein Teil der Datei"}, **described(400, 404, 416, 422, 503)},
)
def original(document_id: DocumentId, resources: ResourcesOf) -> FileResponse:
    """Return the original file, to be shown in the browser; it can't run or load anything there."""
    source = entry_of(document_id, resources.publication.current()).source
    path = file_of(resources.corpus, source)
    if path.suffix.lower() in WITHOUT_FILE:
        message = "Von E-Mails wird nur der Text gezeigt: In der Datei stehen Namen und Adressen."
        raise DocumentNotFoundError(message)
    return FileInParts(path)


def entry_of(document_id: UUID, served: Served) -> SourceEntry:
    """Return the source that has this id.

    Raises:
        DocumentNotFoundError: none has it.
    """
    for entry in served.sources.values():
        if entry.id == str(document_id):
            return entry
    message = "Diese Quelle gibt es im Bestand nicht (mehr). Alle Quellen stehen unter GET /documents."
    raise DocumentNotFoundError(message)


def file_of(corpus: Path, source: str) -> Path:
    """Return the file of a source; nothing outside the corpus is ever served.

    Raises:
        DocumentNotFoundError: it is gone.
    """
    root = corpus.resolve()
    try:
        path = (root / source).resolve(strict=True)
    except (OSError, RuntimeError):  # gone, or a link that leads to itself
        path = root
    if not path.is_relative_to(root) or not path.is_file():
        message = f"Die Datei »{source}« liegt nicht mehr im Ordner der Materialien."
        raise DocumentNotFoundError(message)
    return path
