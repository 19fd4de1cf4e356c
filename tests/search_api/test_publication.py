"""A new generation is followed at once, each answer comes from one, and a strange one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.embedded import EmbeddedCollection
from tests.fake_encoder import WordEncoder
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.encoder import Vectors
    from tests.search_api.house import House

SOURCE = "handbuch/a.md"


def publish_state(house: House, state: int, encoder: WordEncoder | None = None) -> None:
    """Publish one document that says in title and text which state it is."""
    house.write(SOURCE, f"---\ntitle: Titel Stand {state}\n---\n# Kopf\n\nText Stand {state}.\n")
    house.publish(encoder)


def texts(house: House) -> list[str]:
    return [hit["text"] for hit in house.search("Text Stand").json()["hits"]]


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


class _BusyStore(EmbeddedCollection):
    """A store where somebody publishes right before it is looked at for the `due`-th time from now."""

    def __init__(self, folder: Path, publish: Callable[[], None]) -> None:
        super().__init__(folder)
        self._publish = publish
        self.due = 0

    def published(self) -> str | None:
        self.due -= 1
        if self.due == 0:
            self._publish()
        return super().published()


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


@pytest.mark.parametrize("due", [1, 2])
def test_title_and_text_of_a_document_come_from_one_generation(house: House, due: int) -> None:
    publish_state(house, 1)
    store = _BusyStore(house.index, lambda: publish_state(house, 2))
    house.client = house.restarted(store)
    identifier = house.id_of(SOURCE)
    store.due = due
    found = house.client.get(f"/documents/{identifier}").json()
    state = found["document"]["title"].removeprefix("Titel ")
    assert [passage["text"] for passage in found["passages"]] == [f"Text {state}."]


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
    (record,) = [each for each in caplog.records if each.name == "search_api.publication"]
    assert "anderes Modell" in record.getMessage()
    assert "python -m ingest" in record.getMessage()


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
