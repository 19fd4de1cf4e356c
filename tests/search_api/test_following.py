"""The thread that follows what is published: by itself, in the background, until the app ends."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from index.embedded.collection import EmbeddedCollection, EmbeddedGeneration
from index.errors import NothingPublishedError
from search_api.publication import Publication, following
from tests.search_api.states import publish_state, texts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.search_api.house import House

PATIENCE_S = 60  # far more than it takes; a test that fails ends all the same
OFTEN_S = 0.01


class _Watched(Publication):
    """A publication that tells after each look."""

    def __init__(self, house: House, store: EmbeddedCollection | None = None) -> None:
        super().__init__(store or EmbeddedCollection(house.index), house.encoder.stamp)
        self._looked = threading.Semaphore(0)

    def follow(self) -> None:
        super().follow()
        self._looked.release()

    def wait_for_a_whole_look(self) -> None:
        """Return when a look has ended that began after this call."""
        while self._looked.acquire(blocking=False):
            pass
        for _ in range(2):  # the first may have begun before
            assert self._looked.acquire(timeout=PATIENCE_S)


class _SlowStore(EmbeddedCollection):
    """A store that opens the second generation and later ones only when it may."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.opening = threading.Event()
        self.may_open = threading.Event()

    def open(self, generation: str | None = None) -> EmbeddedGeneration:
        if self.published() != "g000001":
            self.opening.set()
            assert self.may_open.wait(PATIENCE_S)
        return super().open(generation)


def followers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "follower"]


def test_what_is_published_first_and_later_and_again_serves_without_a_request(house: House) -> None:
    publication = _Watched(house)
    with following(publication, OFTEN_S):
        with pytest.raises(NothingPublishedError):
            publication.current()
        for state in (1, 2):
            publish_state(house, state, unnoticed=True)
            publication.wait_for_a_whole_look()
            assert publication.current().generation.id == f"g00000{state}"
        EmbeddedCollection(house.index).publish("g000001")
        publication.wait_for_a_whole_look()
        assert publication.current().generation.id == "g000001"


def test_the_app_follows_for_as_long_as_it_runs(house: House) -> None:
    publish_state(house, 1)
    assert followers() == []
    with house.client:
        (thread,) = followers()
        assert thread.daemon
        publish_state(house, 2, unnoticed=True)
        deadline_s = time.monotonic() + PATIENCE_S
        while texts(house) == ["Text Stand 1."] and time.monotonic() < deadline_s:
            pass
        assert texts(house) == ["Text Stand 2."]
    assert followers() == []


def test_requests_are_answered_from_the_former_generation_while_the_next_one_opens(house: House) -> None:
    publish_state(house, 1)
    store = _SlowStore(house.index)
    house.client = house.restarted(store)
    assert texts(house) == ["Text Stand 1."]
    publish_state(house, 2, unnoticed=True)
    with house.client:
        try:
            assert store.opening.wait(PATIENCE_S)
            for _ in range(3):
                assert texts(house) == ["Text Stand 1."]
            assert house.client.get("/health/ready").json()["generation"] == "g000001"
        finally:
            store.may_open.set()
        house.publication.follow()  # waits until the thread is through
        assert texts(house) == ["Text Stand 2."]


def test_a_request_that_finds_nothing_serving_waits_for_the_opening_that_is_under_way(house: House) -> None:
    for state in (1, 2):
        publish_state(house, state)
    store = _SlowStore(house.index)
    house.client = house.restarted(store)
    answers: list[list[str]] = []
    visitor = threading.Thread(target=lambda: answers.append(texts(house)))
    with following(house.publication, OFTEN_S):
        assert store.opening.wait(PATIENCE_S)
        visitor.start()
        store.may_open.set()
        visitor.join(PATIENCE_S)
    assert answers == [["Text Stand 2."]]


def test_the_thread_outlives_a_store_that_is_away(house: House) -> None:
    publish_state(house, 1)
    publication = _Watched(house)
    with following(publication, OFTEN_S):
        publication.wait_for_a_whole_look()
        current = house.index / "current"
        current.unlink()
        current.mkdir()
        publication.wait_for_a_whole_look()
        assert publication.current().generation.id == "g000001"
        current.rmdir()
        publish_state(house, 2, unnoticed=True)
        publication.wait_for_a_whole_look()
        assert publication.current().generation.id == "g000002"
