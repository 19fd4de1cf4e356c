"""Versions of a sheet are recognised by name and date, and chapters are no versions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from index.passage import Kind, Metadata, SourceEntry
from search_api.versions import newer_versions


def entry(source: str, title: str, **metadata: Any) -> SourceEntry:  # noqa: ANN401 - any key of Metadata
    declared = Metadata(title=title, kind=Kind.FOERDERUNG, **metadata)
    return SourceEntry(source, "c", "r", declared, 1, 10, 10.0)


OLD: dict[str, Any] = {"year": 2021, "valid_until": date(2021, 8, 26)}
NEW: dict[str, Any] = {"year": 2026}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (("foerderung/cerv-2021.md", "CERV: Aufruf 2021 (abgelaufen)"), ("foerderung/cerv.md", "CERV")),
        (("a/blatt-2024.md", "Etwas"), ("a/blatt-2026.md", "Anderes")),
        (("a/eins.md", "Merkblatt Fonds, Stand: Mai 2024"), ("b/zwei.md", "Merkblatt Fonds (Fassung 2026)")),
        (("a/richtlinie-alt.pdf", "Alt"), ("a/richtlinie-neu.pdf", "Neu")),
    ],
)
def test_versions_are_found_by_title_or_by_name(older: tuple[str, str], newer: tuple[str, str]) -> None:
    entries = [entry(*older, **OLD), entry(*newer, **NEW)]
    assert newer_versions(entries) == {older[0]: newer[0]}
    assert newer_versions(reversed(entries)) == {older[0]: newer[0]}


def test_of_three_versions_all_older_ones_name_the_newest() -> None:
    entries = [entry(f"a/blatt-{year}.md", f"Blatt {year}", year=year) for year in (2022, 2024, 2026)]
    assert newer_versions(entries) == dict.fromkeys(["a/blatt-2022.md", "a/blatt-2024.md"], "a/blatt-2026.md")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entry("a/kapitel-1.md", "Kapitel 1", year=2020), entry("a/kapitel-2.md", "Kapitel 2", year=2026)),
        (entry("a/blatt.md", "Blatt"), entry("b/blatt.md", "Anderes Blatt", year=2020)),
        (entry("a/x.md", "Blatt"), entry("a/y.md", "Blatt")),
        (entry("a/2021.md", "2021", **OLD), entry("b/2026.md", "2026", **NEW)),
        (entry("a/x.md", "Blatt", language="fr", year=2020), entry("a/x-2026.md", "Blatt", year=2026)),
    ],
)
def test_other_sheets_are_no_versions(one: SourceEntry, other: SourceEntry) -> None:
    assert newer_versions([one, other]) == {}
