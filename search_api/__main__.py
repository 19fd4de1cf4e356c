"""`python -m search_api`: serve the search API on KB_HOST:KB_PORT."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from index.collection import Filters
from index.encoder import encoder_name
from index.errors import KnowledgeBaseError, NothingPublishedError, StoreUnavailableError
from index.language_means import load_language_means
from index.last_run import read_last_run
from index.listening import require_free
from index.open_questions import FILE_NAME as OPEN_QUESTIONS
from index.open_questions import OpenQuestions
from index.question_encoder import load_question_encoder
from index.settings import Settings, read_settings
from index.store import connect_store
from search_api.app import create_app
from search_api.cases.database import case_database
from search_api.cases.errors import CasesUnavailableError
from search_api.cases.store import CaseStore
from search_api.publication import Publication
from search_api.question_box import QuestionBox
from search_api.resources import Resources
from search_api.search import Wish, ask
from search_api.tools import ThesaurusOf, Tools
from search_api.verdict import read_calibration

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from search_api.served import Served

_LOG = logging.getLogger(__name__)
_WARM_UP = "Welche Versicherung brauchen wir?"  # the first question to a generation takes longest


def main() -> int:
    """Serve until stopped; return 1 with one sentence if that is impossible."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = read_settings(os.environ)
        require_free(settings.host, settings.port, "KB_PORT")
        resources = _open(settings, case_database(settings))
    except (KnowledgeBaseError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    # No access log: a request's address holds the question, and the caller's IP would be beside it.
    uvicorn.run(
        create_app(resources), host=settings.host, port=settings.port, access_log=False, log_config=None
    )
    return 0


def _open(settings: Settings, cases: Path) -> Resources:
    encoder = load_question_encoder(settings.model, settings.data / "models")
    language_means = load_language_means(encoder, settings.data / "models")
    calibration = read_calibration(encoder_name(encoder))
    if calibration is None:
        _LOG.warning("no verdict is calibrated for this model: every answer will be called partial")
    tools = Tools(encoder, language_means, ThesaurusOf(settings.corpus), calibration)
    publication = Publication(connect_store(settings), encoder.stamp, partial(_warm_up, tools, date.today))
    try:
        publication.current()
    except (NothingPublishedError, StoreUnavailableError) as error:
        _LOG.warning("not ready yet: %s", error)
    return Resources(
        settings.corpus,
        tools,
        publication,
        date.today,
        partial(read_last_run, settings.data),
        open_cases(cases),
        QuestionBox(OpenQuestions(settings.data / OPEN_QUESTIONS), date.today),
        embed_origins=tuple((settings.embed_origins or "").split()),
        contact=settings.contact or "",
        page_url=settings.page_url or "",
    )


def open_cases(path: Path) -> CaseStore:
    """Open the cases; those that nobody has touched for long are gone after it.

    If the file cannot be read, only the log says so: the search needs no cases, and /cases tells it itself.
    """
    store = CaseStore(path)
    try:
        store.forget_old()
    except CasesUnavailableError as error:
        _LOG.warning("the search starts without cases: %s", error)
    return store


def _warm_up(tools: Tools, today: Callable[[], date], served: Served) -> None:
    """Ask as a visitor will: it also counts for the filters what most of them need."""
    ask(Wish(_WARM_UP, Filters(valid_on=today()), limit=1), served, tools)
    _give_memory_back()


def _give_memory_back() -> None:
    """Return what loading has freed to the system; glibc keeps 280 MB of it else (malloc_trim(3))."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


if __name__ == "__main__":
    sys.exit(main())
