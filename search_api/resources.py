"""What the routes are handed: opened once by the app, reached through `Depends`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from search_api.cases.store import CaseStore
from search_api.page_pictures.drawing import PagePictures
from search_api.publication import Publication
from search_api.question_box import QuestionBox
from search_api.recordings import Recordings
from search_api.turns import Turns
from search_api.wire import Present

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.last_run import LastRun
    from search_api.tools import Tools


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything that a request may need; `today` and `last_run` are asked at each request."""

    corpus: Path
    tools: Tools
    publication: Publication
    today: Callable[[], date]
    last_run: Callable[[], LastRun | None]
    cases: CaseStore
    question_box: QuestionBox
    embed_origins: tuple[str, ...] = ()  # sites that may show the pages in a frame
    contact: str = ""  # whom to ask where the search has nothing
    page_url: str = ""  # public address of the pages, for links that leave the house
    pictures: PagePictures = field(default_factory=PagePictures)
    folders: Turns = field(default_factory=Turns)

    @property
    def recordings(self) -> Recordings:
        """Those that lie in the corpus."""
        return Recordings(self.corpus)

    def present(self) -> Present:
        """Return what is true of the sources at the moment."""
        return Present(self.today(), self.recordings)


def _of(request: Request) -> Resources:
    resources: Resources = request.app.state.resources
    return resources


ResourcesOf = Annotated[Resources, Depends(_of)]
