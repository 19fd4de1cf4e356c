"""A new generation is followed, each answer comes from one, and a strange one is refused.

What the thread adds that looks again and again is in `test_following.py`.
"""

from __future__ import annotations

import gc
import shutil
import weakref
from typing import TYPE_CHECKING

from index.embedded.collection import EmbeddedCollection, EmbeddedGeneration
from index.errors import StoreUnavailableError
from tests.fake_encoder import WordEncoder
from tests.search_api.problem import detail_of
from tests.search_api.states import SOURCE, publish_state, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pytest

    from index.encoder import Vectors
    from index.passage import Passage
    from tests.search_api.house import House


class _Interrupted(WordEncoder):
    """Calls `meanwhile` once while a question is encoded: in the middle of a request."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] | None = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        return super().encode_queries(texts)


class _MoodyStore(EmbeddedCollection):
    """A store that is away, or does not open, as a test wants; it counts how often it is asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked = 0
        self.away = False
        self.failures = 0  # openings that will fail

    def published(self) -> str | None:
        self.asked += 1
        if self.away:
            message = f"Der Server antwortet nicht ({self.asked})."
            raise StoreUnavailableError(message)
        return super().published()

    def open(self, generation: str | None = None) -> EmbeddedGeneration:
        if self.failures:
            self.failures -= 1
            message = "Der Bestand lässt sich nicht lesen."
            raise StoreUnavailableError(message)
        return super().open(generation)


def moody(house: House) -> _MoodyStore:
    """Restart the house over a moody store that serves the first state."""
    publish_state(house, 1)
    store = _MoodyStore(house.index)
    house.client = house.restarted(store)
    assert texts(house) == ["Text Stand 1."]
    return store


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == "search_api.publication"]


def test_a_new_generation_is_followed_without_a_restart(house: House) -> None:
    publish_state(house, 1)
    assert texts(house) == ["Text Stand 1."]
    publish_state(house, 2)
    assert texts(house) == ["Text Stand 2."]
    assert house.client.get("/health/ready").json()["generation"] == "g000002"
    listed = house.client.get("/documents").json()
    assert (listed["generation"], listed["documents"][0]["title"]) == ("g000002", "Titel Stand 2")


def test_a_removed_source_is_gone_with_the_next_generation(house: House) -> None:
    publish_state(house, 1)
    removed = house.write("faq/b.yaml", "- frage: Was bleibt?\n  antwort: Nichts.\n")
    house.publish()
    identifier = house.id_of("faq/b.yaml")
    removed.unlink()
    house.publish()
    detail_of(house.client.get(f"/documents/{identifier}"), 404)
    assert house.sources("Was bleibt?") == [SOURCE]


def test_an_ingestion_without_changes_leaves_the_generation(house: House) -> None:
    publish_state(house, 1)
    assert house.client.get("/health/ready").json()["generation"] == "g000001"
    house.publish()
    assert house.client.get("/health/ready").json()["generation"] == "g000001"


def test_a_request_in_flight_keeps_the_generation_that_it_began_with(house: House) -> None:
    encoder = _Interrupted()
    house.encoder = encoder
    house.client = house.restarted()
    publish_state(house, 1)
    assert texts(house) == ["Text Stand 1."]
    encoder.meanwhile = lambda: publish_state(house, 2)
    (hit,) = house.search("Text Stand").json()["hits"]
    assert (hit["text"], hit["document"]["title"]) == ("Text Stand 1.", "Titel Stand 1")
    assert texts(house) == ["Text Stand 2."]


def test_title_and_text_of_a_document_come_from_one_generation(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_state(house, 1)
    identifier = house.id_of(SOURCE)
    read = EmbeddedGeneration.passages
    meanwhile = [2]

    def interrupted(generation: EmbeddedGeneration, source: str) -> list[Passage]:
        if meanwhile:
            publish_state(house, meanwhile.pop())
        return read(generation, source)

    monkeypatch.setattr(EmbeddedGeneration, "passages", interrupted)
    found = house.client.get(f"/documents/{identifier}").json()
    assert (found["document"]["title"], len(meanwhile)) == ("Titel Stand 1", 0)
    assert [passage["text"] for passage in found["passages"]] == ["Text Stand 1."]
    assert texts(house) == ["Text Stand 2."]


def test_a_search_never_asks_the_store_what_is_published(house: House) -> None:
    store = moody(house)
    asked = store.asked
    for _ in range(3):
        texts(house)
    assert store.asked == asked


def test_an_older_generation_that_is_published_again_is_followed_too(house: House) -> None:
    for state in (1, 2):
        publish_state(house, state)
    assert texts(house) == ["Text Stand 2."]
    EmbeddedCollection(house.index).publish("g000001")
    house.publication.follow()
    assert texts(house) == ["Text Stand 1."]
    EmbeddedCollection(house.index).publish("g000002")
    house.publication.follow()
    assert texts(house) == ["Text Stand 2."]


def test_an_index_made_anew_is_followed_although_its_generation_has_the_same_name(house: House) -> None:
    publish_state(house, 1)
    assert texts(house) == ["Text Stand 1."]
    shutil.rmtree(house.index)
    house.publication.follow()
    assert texts(house) == ["Text Stand 1."]
    publish_state(house, 2)
    assert house.client.get("/health/ready").json()["generation"] == "g000001"
    assert texts(house) == ["Text Stand 2."]


def test_what_is_open_serves_on_while_the_store_is_away_and_the_log_says_so_once(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    store = moody(house)
    for outage in (1, 2):
        store.away = True
        for _ in range(3):
            house.publication.follow()
        assert texts(house) == ["Text Stand 1."]
        assert len(warnings(caplog)) == outage
        store.away = False
        house.publication.follow()
    assert "antwortet nicht" in warnings(caplog)[0]
    publish_state(house, 2)
    assert texts(house) == ["Text Stand 2."]


def test_what_is_open_serves_on_while_the_pointer_is_unreadable(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    publish_state(house, 1)
    (house.index / "current").unlink()
    (house.index / "current").mkdir()
    for _ in range(3):
        house.publication.follow()
    assert texts(house) == ["Text Stand 1."]
    assert len(warnings(caplog)) == 1
    assert house.client.get("/health/ready").status_code == 200  # and that is true


def test_a_generation_that_did_not_open_is_tried_again_without_another_warning(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    store = moody(house)
    store.failures = 3
    publish_state(house, 2)
    assert texts(house) == ["Text Stand 1."]
    left = []
    for _ in range(14):
        house.publication.follow()
        left.append(store.failures)
    assert left == [2] * 1 + [1] * 4 + [0] * 9  # ever more rarely
    assert texts(house) == ["Text Stand 2."]
    assert len(warnings(caplog)) == 1


def test_a_generation_that_cannot_be_asked_is_refused(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    publish_state(house, 1)
    search = EmbeddedGeneration.search

    def broken(generation: EmbeddedGeneration, *arguments: object) -> object:
        if generation.id == "g000002":
            raise KeyError("remarks")
        return search(generation, *arguments)  # type: ignore[arg-type] # handed on as they came

    monkeypatch.setattr(EmbeddedGeneration, "search", broken)
    publish_state(house, 2)
    assert texts(house) == ["Text Stand 1."]
    assert "g000002 is refused" in warnings(caplog)[0]
    publish_state(house, 3)
    assert texts(house) == ["Text Stand 3."]


def test_the_former_generation_is_released_when_its_last_request_lets_go_of_it(house: House) -> None:
    publish_state(house, 1)
    texts(house)
    house.client.get("/sources/health")
    house.client.get("/documents")
    request = house.publication.current()
    former = weakref.ref(request.generation)
    publish_state(house, 2)
    assert texts(house) == ["Text Stand 2."]
    gc.collect()
    assert former() is not None
    del request
    gc.collect()
    assert former() is None


def test_a_later_generation_of_another_model_is_refused_and_the_former_goes_on_serving(
    house: House,
) -> None:
    publish_state(house, 1)
    assert texts(house) == ["Text Stand 1."]
    publish_state(house, 2, WordEncoder("anderes Modell"))
    assert texts(house) == ["Text Stand 1."]
    assert texts(house) == ["Text Stand 1."]
    assert house.client.get("/health/ready").json()["generation"] == "g000001"


def test_after_a_refused_generation_a_fitting_one_is_followed_again(house: House) -> None:
    publish_state(house, 1)
    assert texts(house) == ["Text Stand 1."]
    publish_state(house, 2, WordEncoder("anderes Modell"))
    assert texts(house) == ["Text Stand 1."]
    publish_state(house, 3)
    assert texts(house) == ["Text Stand 3."]


def test_the_former_generation_serves_on_even_when_its_files_are_cleared_away(house: House) -> None:
    publish_state(house, 1)
    assert texts(house) == ["Text Stand 1."]
    other = WordEncoder("anderes Modell")
    for state in (2, 3, 4):
        publish_state(house, state, other)
    assert not (house.index / "generations" / "g000001").exists()
    assert texts(house) == ["Text Stand 1."]


def test_a_refused_generation_is_reported_once_and_not_at_every_request(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    publish_state(house, 1)
    assert texts(house) == ["Text Stand 1."]
    publish_state(house, 2, WordEncoder("anderes Modell"))
    for _ in range(3):
        texts(house)
        house.publication.follow()
    (warning,) = warnings(caplog)
    assert "anderes Modell" in warning
    assert "python -m ingest" in warning


def test_only_a_generation_of_another_model_is_a_problem_with_the_command_that_mends_it(
    house: House,
) -> None:
    publish_state(house, 1, WordEncoder("anderes Modell"))
    detail = detail_of(house.search("Text"), 503)
    assert "Modell »anderes Modell« statt »words«" in detail
    assert "python -m ingest" in detail
    ready = house.client.get("/health/ready")
    assert (ready.status_code, ready.json()["missing"]) == (503, [detail])


def test_the_command_does_mend_it(house: House) -> None:
    publish_state(house, 1, WordEncoder("anderes Modell"))
    detail_of(house.search("Text"), 503)
    house.publish()
    assert texts(house) == ["Text Stand 1."]
