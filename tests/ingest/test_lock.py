"""The lock of those who write: whoever finds it taken is told by what, and what to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from index.errors import IngestionRunningError
from ingest.__main__ import main
from ingest.lock import Task, locked
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "ingest.lock.json"


def refusal(data: Path) -> str:
    with pytest.raises(IngestionRunningError) as refused, locked(data, Task.INGESTION):
        pass
    return str(refused.value)


@pytest.mark.parametrize(
    ("task", "named"),
    [
        (Task.INGESTION, "Es läuft schon eine Aufnahme"),
        (Task.BACKUP, "gesichert"),
        (Task.RESTORATION, "Sicherung zurückgeholt"),
        (Task.PRUNING, "aufgeräumt"),
    ],
)
def test_who_finds_it_taken_is_told_by_what_since_when(tmp_path: Path, task: Task, named: str) -> None:
    with locked(tmp_path, task):
        held = json.loads((tmp_path / NOTE).read_text("utf-8"))
        said = refusal(tmp_path)
    assert named in said
    assert f"Prozess {held['pid']}" in said
    assert ("Strg-C" in said) is (task is Task.INGESTION)
    assert ("brechen Sie es nicht ab" in said) is (task is Task.RESTORATION)
    assert not (tmp_path / NOTE).exists()


@pytest.mark.parametrize("note", [None, b"", b"{", b'{"task": "x", "since": 5, "pid": 1}', b"\xff", b"[]"])
def test_without_a_note_that_can_be_read_nobody_is_told_to_abort(tmp_path: Path, note: bytes | None) -> None:
    with FileLock(tmp_path / "ingest.lock"):
        if note is not None:
            (tmp_path / NOTE).write_bytes(note)
        said = refusal(tmp_path)
    assert "läuft schon" in said
    assert "Strg-C" not in said


def test_a_note_that_a_killed_process_left_locks_nobody_out(tmp_path: Path) -> None:
    with locked(tmp_path, Task.RESTORATION):
        left = (tmp_path / NOTE).read_bytes()
    (tmp_path / NOTE).write_bytes(left)
    with locked(tmp_path, Task.BACKUP):
        assert "gesichert" in refusal(tmp_path)


def test_a_note_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / NOTE).mkdir()
    with locked(tmp_path, Task.BACKUP):
        assert "läuft schon ein anderer Befehl" in refusal(tmp_path)


def test_a_dry_run_looks_on_while_another_command_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "corpus", {"a.md": "Text."})
    data = tmp_path / "var"
    monkeypatch.setenv("KB_DATA", str(data))
    with locked(data, Task.INGESTION):
        before = {path.name for path in data.iterdir()}
        assert main([str(tmp_path / "corpus"), "--dry-run"]) == 0
        assert {path.name for path in data.iterdir()} - before == {"log"}
    assert "neu         a.md" in capsys.readouterr().out
