"""Whatever ends a publication, and wherever: the state before serves or the one after, whole."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.conftest import ROOT


def struck(*options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.faults", *options]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode in {0, 1}, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def nothing_lost(found: dict[str, Any]) -> bool:
    return (found["lost"], found["unmended"], found["changed"]) == ([], [], [])


def test_a_kill_at_any_step_leaves_a_complete_generation() -> None:
    found = struck("--points", "200", "--every", "3")
    assert nothing_lost(found), found
    assert found["killed"] >= 200
    assert found["killed_in_store"] >= 20
    assert found["before"] > 0 < found["after"]


def test_a_kill_leaves_files_that_generations_share_as_they_were() -> None:
    found = struck("--linked")
    assert nothing_lost(found), found
    assert found["links"] >= 5, "nothing was shared: this shows nothing"
    assert found["killed"] == found["points"]
    assert found["before"] > 0 < found["after"]


def test_a_disk_that_is_full_from_any_step_on_leaves_a_complete_generation() -> None:
    found = struck("--full", "--every", "40")
    assert nothing_lost(found), found
    assert found["before"] > 0
