"""Is the process alive, and can it answer?"""

from __future__ import annotations

from fastapi import APIRouter, Response

from index.errors import KnowledgeBaseError
from search_api.resources import ResourcesOf
from search_api.schemas import Health

router = APIRouter(prefix="/health", tags=["Betrieb"])


@router.get("/live", summary="Läuft der Dienst?")
def live() -> Health:
    """Return at once: the process answers."""
    return Health(status="alive")


@router.get("/ready", summary="Kann der Dienst antworten?", responses={503: {"model": Health}})
def ready(resources: ResourcesOf, response: Response) -> Health:
    """Return whether questions can be answered; 503 names what is missing."""
    try:
        served = resources.publication.current()
        served.generation.passages("")  # none, but the store has to answer: what is open may have lost it
    except KnowledgeBaseError as error:
        response.status_code = 503
        return Health(status="unready", missing=[str(error)])
    return Health(status="ready", generation=served.generation.id)
