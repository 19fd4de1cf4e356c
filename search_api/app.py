"""The application: resources in, routes out."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from search_api import problems
from search_api.body_limit import BodyLimit
from search_api.publication import following
from search_api.routes import (
    cases,
    documents,
    health,
    open_questions,
    page_pictures,
    pages,
    programmes,
    recordings,
    search,
    similar,
    sources,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from search_api.resources import Resources

_DESCRIPTION = (
    "Findet in den Materialien zu Städtepartnerschaften die Stelle, die eine Frage beantwortet, "
    "oder sagt ehrlich, dass es keine gibt. Fehler kommen als Problemdokumente (RFC 9457)."
)
_ROUTERS = (
    search.router,
    similar.router,
    documents.router,
    page_pictures.router,
    recordings.router,
    programmes.router,
    sources.router,
    open_questions.router,
    cases.router,
    health.router,
    pages.router,
    open_questions.pages,
)


def create_app(resources: Resources) -> FastAPI:
    """Return the API over opened resources; whoever opened them closes them.

    Endpoints are plain functions: they run in threads, so encoding never blocks the event loop. While
    the app runs, a thread of its own follows what is published.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        with following(resources.publication):
            yield

    app = FastAPI(
        title="Partnerschaftslotse",
        version="0.1.0",
        description=_DESCRIPTION,
        docs_url=None,  # no Swagger page: it would load its scripts from the net
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.resources = resources
    problems.install(app)
    for router in _ROUTERS:
        app.include_router(router)
    app.add_middleware(BodyLimit)
    return app
