"""`GET /programmes`: the funding guide."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from search_api.problems import described
from search_api.programmes import criteria, fit_of
from search_api.resources import ResourcesOf
from search_api.schemas import Programme, ProgrammeQuery, Programmes
from search_api.wire import to_document

router = APIRouter(tags=["Förderung"])
_ORDER = {"yes": 0, "unsure": 1, "no": 2}


@router.get("/programmes", summary="Welche Förderprogramme passen", responses=described(422, 503))
def programmes(wanted: Annotated[ProgrammeQuery, Query()], resources: ResourcesOf) -> Programmes:
    """Return every funding sheet with whether it fits the plan and why, those that fit first.

    A sheet that has a newer version is left out.
    """
    served, today = resources.publication.current(), resources.today()
    found = []
    for entry in served.sources.values():
        funding, is_old = entry.metadata.funding, entry.source in served.versions
        if funding is None or is_old or (entry.metadata.expired(today) and not wanted.include_expired):
            continue
        checked = criteria(entry.metadata, funding, wanted)
        document = to_document(entry.source, entry.metadata, today)
        found.append(Programme(document=document, fits=fit_of(checked), criteria=checked))
    return Programmes(programmes=sorted(found, key=_place))


def _place(programme: Programme) -> tuple[int, int, str]:
    """Return what orders programmes: how they fit, then how many conditions are not fulfilled or open."""
    unmet = sum(each.fits is not True for each in programme.criteria)
    return _ORDER[programme.fits], unmet, programme.document.title
