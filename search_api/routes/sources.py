"""The sources as the staff see them: published or not, well or not."""

from __future__ import annotations

from fastapi import APIRouter

from search_api.problems import described
from search_api.resources import ResourcesOf
from search_api.schemas import SourcesHealth
from search_api.wire import to_sources_health

router = APIRouter(prefix="/sources", tags=["Quellen"])


@router.get("/health", summary="Wie gut die Quellen sind", responses=described(503))
def sources_health(resources: ResourcesOf) -> SourcesHealth:
    """Return every source with its grade and reasons, red before yellow before green.

    Red ones are those that the last ingestion could not take in; without an account of it only the
    published sources are listed, and `note` says so.
    """
    served = resources.publication.current()
    return to_sources_health(served.sources, resources.last_run(), resources.today())
