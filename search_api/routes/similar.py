"""`GET /passages/{id}/similar`: what else says something like this."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi import Path as PathParameter

from search_api.problems import DocumentNotFoundError, described
from search_api.resources import ResourcesOf
from search_api.schemas import SimilarPassages, SimilarQuery
from search_api.similar import SimilarWish, similar_to
from search_api.wire import to_filters, to_hits

router = APIRouter(prefix="/passages", tags=["Suche"])


@router.get("/{passage_id}/similar", summary="Ähnliche Textstellen", responses=described(404, 422, 503))
def similar(
    passage_id: Annotated[UUID, PathParameter(description="Kennung der Textstelle")],
    asked: Annotated[SimilarQuery, Query()],
    resources: ResourcesOf,
) -> SimilarPassages:
    """Return the passages nearest in meaning, best first; without a question of its own."""
    served, present = resources.publication.current(), resources.present()
    origin = served.generation.meaning(str(passage_id))
    if origin is None:
        message = "Diese Textstelle gibt es im Bestand nicht (mehr). Bitte suchen Sie noch einmal danach."
        raise DocumentNotFoundError(message)
    filters = to_filters(asked, present.today)
    wish = SimilarWish(filters, asked.limit, asked.same_document, asked.duplicates)
    found = similar_to(origin, wish, served)
    return SimilarPassages(
        passage_id=str(passage_id), hits=to_hits(found.hits, found.highlights, served, present)
    )
