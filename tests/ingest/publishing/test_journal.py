"""The journal says who published what, and loses nothing but what a crash cut off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.publishing.journal import FILE_NAME, Journal, JournalEntry, Step

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

AT = datetime(2026, 11, 26, 15, 2, tzinfo=UTC)
FIRST = JournalEntry(AT, Step.PUBLISHED, "g000001")
FORCED = JournalEntry(AT, Step.FORCED, "g000002", "g000001", "jürgen", "Zeile 1\nZeile 2 »so«")


def test_entries_come_back_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    assert journal.entries() == []
    journal.add(FIRST)
    journal.add(FORCED)
    assert Journal(tmp_path).entries() == [FIRST, FORCED]


def test_a_line_that_a_crash_cut_is_passed_over_and_hides_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = Journal(tmp_path)
    journal.add(FIRST)
    with (tmp_path / FILE_NAME).open("ab") as file:
        file.write(b'{"at": "2026-11-26T15:0')
    journal.add(FORCED)
    assert journal.entries() == [FIRST, FORCED]
    assert "unreadable" in caplog.text
