"""Alive, ready, or what is missing - and a missing index is never reported as nothing found."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from index.embedded.collection import EmbeddedGeneration
from index.errors import StoreUnavailableError
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.passage import Passage
    from tests.search_api.house import House

QUESTIONS = ["/search?q=Bus", "/documents", "/documents/00000000-0000-4000-8000-000000000000"]


def missing_in(house: House) -> str:
    """Check that the API says it is not ready and return what it names as missing."""
    answer = house.client.get("/health/ready")
    assert answer.status_code == 503
    health = answer.json()
    assert health["status"] == "unready"
    assert health["generation"] is None
    (missing,) = health["missing"]
    return str(missing)


def published(house: House) -> Path:
    """Publish one short document and return the generation's folder."""
    house.write("handbuch/a.md", "# Bus\n\nDen Bus bezahlt der Verein.\n")
    house.publish()
    return house.index / "generations" / "g000001"


def test_a_ready_house_names_the_generation_that_it_serves(library: House) -> None:
    answer = library.client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "missing": [], "generation": "g000001"}


def test_the_process_is_alive_whether_or_not_anything_is_published(library: House, house: House) -> None:
    for each in (library, house):
        answer = each.client.get("/health/live")
        assert answer.status_code == 200
        assert answer.json() == {"status": "alive", "missing": [], "generation": None}


def test_before_the_first_ingestion_the_missing_thing_and_the_command_are_named(house: House) -> None:
    assert missing_in(house) == (
        "Es ist noch kein Bestand veröffentlicht. Erstellen Sie ihn mit »make start« "
        "oder, in .venv, mit »python -m ingest«."
    )


@pytest.mark.parametrize("path", QUESTIONS)
def test_asking_before_the_first_ingestion_is_a_problem_and_not_an_empty_answer(
    house: House, path: str
) -> None:
    assert "python -m ingest" in detail_of(house.client.get(path), 503)


def test_an_impossible_question_is_refused_as_such_even_then(house: House) -> None:
    detail_of(house.search("?"), 422)


def test_the_first_publication_makes_it_ready_without_a_restart(house: House) -> None:
    missing_in(house)
    published(house)
    assert house.client.get("/health/ready").json()["generation"] == "g000001"
    assert house.sources("Bus") == ["handbuch/a.md"]


def _without_the_generation(generation: Path) -> None:
    shutil.rmtree(generation)


def _without_the_shard(generation: Path) -> None:
    shutil.rmtree(generation / "shard")


def _without_segments(generation: Path) -> None:
    shutil.rmtree(generation / "shard" / "segments")


def _with_a_broken_shard(generation: Path) -> None:
    (generation / "shard" / "edge_config.json").write_text("{", encoding="utf-8")


def _without_the_stamp(generation: Path) -> None:
    (generation / "stamp.json").unlink()


def _with_a_broken_stamp(generation: Path) -> None:
    (generation / "stamp.json").write_text('{"model": ', encoding="utf-8")


def _with_another_program_s_stamp(generation: Path) -> None:
    (generation / "stamp.json").write_text('{"modell": "x"}', encoding="utf-8")


def _with_a_folder_as_pointer(generation: Path) -> None:
    current = generation.parent.parent / "current"
    current.unlink()
    current.mkdir()


def _with_rubbish_as_pointer(generation: Path) -> None:
    (generation.parent.parent / "current").write_bytes(b"\xff\xfe\x00\x81")


DAMAGES = [
    _without_the_generation,
    _without_the_shard,
    _without_segments,
    _with_a_broken_shard,
    _without_the_stamp,
    _with_a_broken_stamp,
    _with_another_program_s_stamp,
    _with_a_folder_as_pointer,
    _with_rubbish_as_pointer,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_named_with_the_cure_and_never_looks_empty(
    house: House, damage: Callable[[Path], None]
) -> None:
    damage(published(house))
    house.client = house.restarted()
    assert "python -m ingest" in missing_in(house)
    for path in QUESTIONS:
        assert "python -m ingest" in detail_of(house.client.get(path), 503)


def test_damaged_texts_are_a_problem_of_the_store_and_no_crash(house: House) -> None:
    (page,) = published(house).glob("shard/segments/*/payload_storage/page_0.dat")
    with page.open("r+b") as file:
        file.write(b"\xff" * 4_096)  # beyond the point that was written first and then replaced
    house.client = house.restarted()
    detail_of(house.client.get("/search?q=Bus"), 503)


def test_a_store_that_went_away_is_missing_although_the_generation_is_open(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(house)
    assert house.client.get("/health/ready").status_code == 200

    def gone(_generation: EmbeddedGeneration, _source: str) -> list[Passage]:
        message = "Der Qdrant-Server antwortet nicht."
        raise StoreUnavailableError(message)

    monkeypatch.setattr(EmbeddedGeneration, "passages", gone)
    assert "antwortet nicht" in missing_in(house)


def test_a_damaged_store_is_found_mended_without_a_restart(house: House) -> None:
    _without_the_shard(published(house))
    house.client = house.restarted()
    missing_in(house)
    shutil.rmtree(house.index)
    house.publish()
    assert house.sources("Bus") == ["handbuch/a.md"]
