"""A Qdrant server that goes away in the middle, or hangs: what serves goes on, the message says why."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
from qdrant_client import QdrantClient
from qdrant_client.http.exceptions import ResponseHandlingException

from index.errors import KnowledgeBaseError, StoreUnavailableError
from index.server.collection import ServerCollection, connect
from tests.ingest.corpora import ingest, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_encoder import WordEncoder

FILES: dict[str, str | bytes] = {
    "handbuch/reise.md": "# Reise\n\n## Bus\n\nDer Bus kostet Geld.\n\n## Bahn\n\nDie Bahn kostet mehr.",
    "faq/geld.yaml": "- frage: Wer zahlt?\n  antwort: Der Verein zahlt.\n",
}
MOST_CALLS = 500  # of the client in one ingestion: far more than there are


class _Leaving:
    """A client whose server answers so many calls and no more."""

    def __init__(self, client: QdrantClient, answers: int) -> None:
        self._served_by = client
        self.left = answers

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the client has
        found = getattr(self._served_by, name)
        if not callable(found):
            return found

        def call(*arguments: object, **options: object) -> object:
            self.left -= 1
            if self.left < 0:
                raise ResponseHandlingException(OSError("Connection refused"))
            return found(*arguments, **options)

        return call


def texts(client: QdrantClient) -> set[str]:
    serving = ServerCollection(client).open()
    return {each.text for entry in serving.catalogue() for each in serving.passages(entry.source)}


def prepared(corpus: Path, encoder: WordEncoder) -> QdrantClient:
    """Publish a corpus, then change, add and remove something that is not ingested yet."""
    client = QdrantClient(":memory:")
    (corpus / "neu.md").unlink(missing_ok=True)
    write(corpus, FILES)
    ingest(corpus, ServerCollection(client), encoder)
    write(corpus, {"faq/geld.yaml": "- frage: Wer zahlt?\n  antwort: Die Stadt.\n", "neu.md": "Neu."})
    return client


def test_a_server_that_leaves_at_any_call_costs_nothing_that_serves(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    corpus = tmp_path / "corpus"
    before = texts(prepared(corpus, encoder))
    after = before - {"Wer zahlt?\nDer Verein zahlt."} | {"Wer zahlt?\nDie Stadt.", "Neu."}
    seen = []
    for answers in range(MOST_CALLS):
        client = prepared(corpus, encoder)
        leaving = _Leaving(client, answers)
        try:
            ingest(corpus, ServerCollection(leaving), encoder)  # type: ignore[arg-type] # it has what a client has
        except KnowledgeBaseError as error:
            assert "KB_QDRANT_URL" in str(error)  # noqa: PT017 - either outcome is fine
        seen.append(texts(client))
        if leaving.left > 0:
            break
    assert all(state in (before, after) for state in seen)
    assert (seen[0], seen[-1]) == (before, after)
    assert len(seen) > 20


def test_the_next_ingestion_mends_what_was_left_behind(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus = tmp_path / "corpus"
    client = prepared(corpus, encoder)
    with pytest.raises(KnowledgeBaseError):
        ingest(corpus, ServerCollection(_Leaving(client, 12)), encoder)  # type: ignore[arg-type] # as above
    ingest(corpus, ServerCollection(client), encoder)
    assert "Neu." in texts(client)
    names = {each.name for each in client.get_collections().collections}
    assert names == {f"partnerschaftslotse-{each.id}" for each in ServerCollection(client).generations()}


def test_a_server_that_never_answers_is_given_up_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        collection = connect(f"http://127.0.0.1:{silent.getsockname()[1]}", None, timeout_s=1)
        with pytest.raises(StoreUnavailableError, match="KB_QDRANT_URL"):
            collection.published()
