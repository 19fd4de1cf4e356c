"""`prune` names what else takes room and leaves it to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.settings import read_settings
from ingest.arguments import parsed_upkeep
from ingest.upkeep import prune
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

FORMER = "vor-2026-11-26-151200"
LEFT = {
    f"haus/corpus.{FORMER}/a.md": b"x" * 3_000_000,
    f"haus/var/open_questions.sqlite.{FORMER}": b"x" * 100_000,
    f"haus/var/kaputt.db.{FORMER}-wal": b"x" * 50_000,
    "haus/var/restore.neu/index/f": b"x" * 20_000,
    "hier/.sicherung.zip.neu/archive.zip": b"x" * 2_000_000,
}
STAYS_UNNAMED = {
    "haus/corpus/a.md": b"x",
    f"haus/corpus/alt.{FORMER}": b"x",
    f"haus/anderes.{FORMER}": b"x",
    "haus/var/notizen.sqlite": b"x",
    "hier/.fremd.neu/a": b"x",
    "hier/sicherung.zip": b"x",
}


def test_what_restorations_and_killed_backups_left_is_listed_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {**LEFT, **STAYS_UNNAMED})
    monkeypatch.chdir(tmp_path / "hier")
    settings = read_settings(
        {"KB_DATA": str(tmp_path / "haus" / "var"), "KB_CORPUS": str(tmp_path / "haus" / "corpus")}
    )
    first, second, *listed = prune(settings, parsed_upkeep(["prune", "--keep", "1"])).lines
    assert first == "Gelöscht: kein Stand."
    assert "können Sie selbst löschen" in second
    assert [line.split("  ")[1:3] for line in listed] == [
        ["3.0 MB", str(tmp_path / f"haus/corpus.{FORMER}")],
        ["2.0 MB", str(tmp_path / "hier/.sicherung.zip.neu")],
        ["0.1 MB", str(tmp_path / f"haus/var/open_questions.sqlite.{FORMER}")],
        ["0.1 MB", str(tmp_path / f"haus/var/kaputt.db.{FORMER}-wal")],
        ["0.0 MB", str(tmp_path / "haus/var/restore.neu")],
    ]
    assert all((tmp_path / name).exists() for name in (*LEFT, *STAYS_UNNAMED))


def test_where_nothing_was_left_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"corpus/a.md": "x", "var/x": "x", "hier/x": "x"})
    monkeypatch.chdir(tmp_path / "hier")
    settings = read_settings({"KB_DATA": str(tmp_path / "var"), "KB_CORPUS": str(tmp_path / "corpus")})
    assert prune(settings, parsed_upkeep(["prune"])).lines == ["Gelöscht: kein Stand."]
