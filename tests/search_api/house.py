"""A small knowledge base as it runs: a corpus on the disk, the embedded store, the API over both."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from fastapi.testclient import TestClient

from index.collection import Filters
from index.embedded.collection import EmbeddedCollection
from index.language_means import LanguageMeans
from index.last_run import read_last_run
from index.open_questions import FILE_NAME, OpenQuestions
from search_api.app import create_app
from search_api.cases.store import CaseStore
from search_api.page_pictures.drawing import PagePictures
from search_api.publication import Publication
from search_api.question_box import QuestionBox
from search_api.quota import Quota
from search_api.resources import Resources
from search_api.search import Wish, ask
from search_api.tools import ThesaurusOf, Tools
from search_api.verdict import Calibration
from tests.fake_encoder import WordEncoder
from tests.ingest.corpora import ingest

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import Response  # what Starlette's test client returns

    from index.collection import Collection
    from ingest.report import Report
    from search_api.served import Served

# The fake encoder's cosines: shared words give more than .5, none gives about 0.
CALIBRATION = Calibration("words", -4.0, {"similarity": 10.0}, answered=0.7, partial=0.3)
TODAY = date(2026, 11, 22)


def ask_something(tools: Tools, served: Served) -> None:
    """Ask the question that each generation gets before it serves, as in the product."""
    ask(Wish("Welche Versicherung brauchen wir?", Filters(), limit=1), served, tools)


class House:
    """Files are written into `corpus`, published with `publish` and asked for through `client`."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.corpus = folder / "corpus"
        self.index = folder / "index"
        self.encoder = WordEncoder()
        self.embed_origins: tuple[str, ...] = ()
        self.contact = ""
        self.page_url = ""
        self.pictures = PagePictures()
        self.questions = OpenQuestions(folder / FILE_NAME)
        self.client = self.restarted()

    def restarted(self, collection: Collection | None = None) -> TestClient:
        """Return a client of a newly started API; it answers 500 where a browser would get one."""
        store = collection or EmbeddedCollection(self.index)
        tools = Tools(self.encoder, LanguageMeans({}), ThesaurusOf(self.corpus), CALIBRATION)
        self.publication = Publication(store, self.encoder.stamp, partial(ask_something, tools))
        last_run = partial(read_last_run, self.data)
        resources = Resources(
            self.corpus,
            tools,
            self.publication,
            lambda: TODAY,
            last_run,
            CaseStore(self.data / "cases.sqlite", new=Quota(10_000), releases=Quota(10_000)),
            QuestionBox(self.questions, lambda: TODAY),
            embed_origins=self.embed_origins,
            contact=self.contact,
            page_url=self.page_url,
            pictures=self.pictures,
        )
        return TestClient(create_app(resources), raise_server_exceptions=False)

    def write(self, source: str, content: str | bytes) -> Path:
        """Put a file into the corpus."""
        path = self.corpus / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def publish(self, encoder: WordEncoder | None = None, *, unnoticed: bool = False) -> Report:
        """Ingest the corpus as `python -m ingest` does; then the API looks, unless `unnoticed`."""
        report = ingest(self.corpus, EmbeddedCollection(self.index), encoder or self.encoder)
        assert not report.failed, report.failed
        if not unnoticed:
            self.publication.follow()
        return report

    def search(self, question: str, **parameters: object) -> Response:
        """Return the answer to `GET /search`; a list gives a parameter several times."""
        return self.client.get("/search", params={"q": question, **parameters})  # type: ignore[dict-item]

    def sources(self, question: str, **parameters: object) -> list[str]:
        """Return where the hits of a question come from, best first."""
        answer = self.search(question, **parameters)
        assert answer.status_code == 200, answer.text
        return [hit["document"]["source"] for hit in answer.json()["hits"]]

    def id_of(self, source: str) -> str:
        """Return the document id of a source, found as a visitor finds it."""
        listed = self.client.get("/documents").json()["documents"]
        (found,) = [each["id"] for each in listed if each["source"] == source]
        return str(found)
