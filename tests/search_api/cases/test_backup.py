"""A backup holds the cases, and a restoration brings them back to their desks."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.embedded.collection import EmbeddedCollection
from index.settings import read_settings
from ingest.backups import restore
from ingest.backups.backup import back_up
from ingest.backups.restore import Restoration
from search_api.cases.database import case_database
from search_api.cases.store import CaseStore
from search_api.schemas import CaseChange, CaseContent
from tests.ingest.corpora import ingest, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_encoder import WordEncoder

NOW = datetime(2026, 11, 26, 15, 12, tzinfo=UTC)
DESK = uuid.uuid4()


def test_cases_are_backed_up_and_restored(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, data = tmp_path / "corpus", tmp_path / "var"
    write(corpus, {"handbuch/reise.md": "# Reise\n\nDen Bus zahlt der Verein.\n"})
    collection = EmbeddedCollection(data / "index")
    ingest(corpus, collection, encoder)
    settings = read_settings({"KB_DATA": str(data)})
    store = CaseStore(case_database(settings))
    case = store.create(DESK, CaseContent(questions=["Wer zahlt?"], answer="Der Verein."))
    report = back_up(settings, corpus, collection, tmp_path / "s.zip", NOW)
    assert report.databases == ("cases.sqlite",)
    store.change(DESK, uuid.UUID(case.id), CaseChange(answer="Seither anders.", revision=1))
    restore.restore(
        Restoration(tmp_path / "s.zip", corpus, data, True, NOW, by="anna"), collection, encoder.stamp
    )
    assert store.get(DESK, uuid.UUID(case.id)) == case  # the store that was open all the time
