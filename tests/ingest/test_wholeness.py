"""`python -m ingest verify` finds a changed letter and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.settings import Settings, read_settings
from ingest.arguments import parsed_upkeep
from ingest.report import EXIT_FINE, EXIT_NOTHING_PUBLISHED
from ingest.wholeness import verify
from tests.index.passages import indexed, passage, published
from tests.ingest.corpora import embedded

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_encoder import WordEncoder

GENERATIONS = ["g000001", "g000002"]


@pytest.fixture
def settings(tmp_path: Path, encoder: WordEncoder) -> Settings:
    """Two generations without links between them: so small that nothing is shared."""
    collection = embedded(tmp_path)
    for text in ("Den Bus zahlt der Verein.", "Den Bus zahlt die Stadt."):
        draft = collection.draft(encoder.stamp)
        draft.put(indexed([passage(text)], encoder))
        assert published(collection, draft) in GENERATIONS
    return read_settings({"KB_DATA": str(tmp_path)})


def flip(settings: Settings, *generations: str) -> None:
    for name in generations:
        (page,) = (settings.data / "index" / "generations" / name).glob(
            "shard/segments/*/payload_storage/page_0.dat"
        )
        with page.open("r+b") as file:
            file.seek(page.read_bytes().rindex(b"zahlt"))
            file.write(b"Z")


def said(settings: Settings, *generation: str) -> tuple[int, list[str]]:
    outcome = verify(settings, parsed_upkeep(["verify", *generation]))
    return outcome.code, outcome.lines


def test_what_is_untouched_is_whole(settings: Settings) -> None:
    assert said(settings) == (EXIT_FINE, [f"{name}: vollständig" for name in GENERATIONS])


def test_from_a_damaged_published_one_the_way_leads_to_a_whole_one(settings: Settings) -> None:
    flip(settings, "g000002")
    code, (first, second, which, advice) = said(settings)
    assert code == EXIT_NOTHING_PUBLISHED
    assert (first, second) == ("g000001: vollständig", "g000002: beschädigt")
    assert "page_0.dat: nicht mehr, was geschrieben wurde" in which
    assert "»python -m ingest rollback g000001«" in advice


def test_where_only_an_earlier_one_is_damaged_nobody_needs_to_go_back(settings: Settings) -> None:
    flip(settings, "g000001")
    code, lines = said(settings)
    assert code == EXIT_NOTHING_PUBLISHED
    assert "Veröffentlicht ist g000002, und der ist vollständig" in lines[-1]
    assert "rollback" not in lines[-1]


def test_where_all_are_damaged_a_backup_helps_or_a_new_beginning(settings: Settings) -> None:
    flip(settings, *GENERATIONS)
    advice = said(settings)[1][-1]
    assert "»python -m ingest restore DATEI --replace«" in advice
    assert "Ordner »index« unter KB_DATA löschen, dann »python -m ingest«" in advice


def test_whoever_asked_for_one_is_told_to_ask_for_the_others(settings: Settings) -> None:
    flip(settings, "g000002")
    assert "»python -m ingest verify«" in said(settings, "g000002")[1][-1]
    assert said(settings, "g000001") == (EXIT_FINE, ["g000001: vollständig"])
