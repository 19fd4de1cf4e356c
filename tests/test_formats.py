"""The staff's page on formats names what the readers read, no more and no less."""

from __future__ import annotations

import re

from ingest.readers import READERS
from tests.conftest import ROOT

PAGE = (ROOT / "docs/formats.md").read_text(encoding="utf-8")


def test_the_table_of_formats_is_that_of_the_readers() -> None:
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `.")]
    assert {suffix for row in rows for suffix in re.findall(r"`(\.\w+)`", row)} == set(READERS)


def test_every_row_says_where_a_hit_will_lie() -> None:
    rows = [line.split("|") for line in PAGE.splitlines() if line.startswith("| `.")]
    assert all(len(row) == 5 and row[2].strip() and row[3].strip() for row in rows)
