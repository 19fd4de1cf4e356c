"""`python -m ingest questions --clear`: nothing is deleted that nobody can have read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from index import open_questions
from index.open_questions import FILE_NAME, OpenQuestions
from ingest.__main__ import main
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 23)


@pytest.fixture
def kept(tmp_path: Path) -> OpenQuestions:
    made = OpenQuestions(tmp_path / FILE_NAME)
    made.note("Wer haftet?", "none", DAY)
    return made


@pytest.mark.parametrize("options", ["", "--json"])
@pytest.mark.parametrize("output", [">&-", ">/dev/full", "| true"])
def test_without_a_reader_the_questions_stay(
    kept: OpenQuestions, tmp_path: Path, output: str, options: str
) -> None:
    for number in range(1_500 if output == "| true" else 0):  # more than a pipe holds unread
        kept.note(f"Frage {number} {'x' * 80}?", "none", DAY)
    before = kept.all()
    command = f"set -o pipefail; {sys.executable} -m ingest questions --clear {options} {output}"
    environ = {**os.environ, "KB_DATA": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environ, check=False, capture_output=True, timeout=60
    )
    assert done.returncode != 0
    assert kept.all() == before


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_what_was_printed_is_deleted(
    kept: OpenQuestions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
) -> None:
    monkeypatch.setenv("KB_DATA", str(tmp_path))
    assert main(["questions", "--clear", *options]) == 0
    printed = capsys.readouterr()
    told = printed.err if options else printed.out
    assert "Wer haftet?" in told
    assert told.endswith("Gelöscht: 1.\n")
    assert kept.all() == []
    if options:
        assert json.loads(printed.out)["questions"][0]["question"] == "Wer haftet?"


def test_remains_in_the_file_are_a_warning(
    kept: OpenQuestions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KB_DATA", str(tmp_path))
    monkeypatch.setattr(open_questions, "_WIPE", f"VACUUM INTO '{tmp_path / 'fehlt' / 'x'}'")
    assert main(["questions", "--clear"]) == 0
    assert "Gelöscht: 1.\nAchtung: " in capsys.readouterr().out
    assert kept.all() == []
