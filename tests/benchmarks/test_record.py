"""A file of figures says how they can be measured again."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from benchmarks import record

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_command_is_the_one_that_ran_whatever_the_file_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "_RESULTS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["/srv/benchmarks/speed.py", "--passages", "50000"])
    path = record.write("speed_50000", {"figure": 1})
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["command"] == "python -m benchmarks.speed --passages 50000"
    assert (path.name, written["figure"]) == ("speed_50000.json", 1)
