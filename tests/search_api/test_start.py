"""`python -m search_api` that cannot start says why in one line; the model is never loaded for it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING

import pytest

from search_api.__main__ import open_cases
from search_api.cases.errors import CasesUnavailableError
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def refusal(tmp_path: Path, **settings: str) -> str:
    """Start the API with these settings and return the one line that it ends with."""
    environ = {**os.environ, "KB_DATA": str(tmp_path / "var"), "PYTHONPATH": str(ROOT), **settings}
    ended = subprocess.run(
        [sys.executable, "-m", "search_api"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    (line,) = ended.stderr.splitlines()
    assert not (tmp_path / "var").exists(), "nothing is unpacked or written"
    return line


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    line = refusal(tmp_path, KB_PROT="8001", KB_QDRANT_API_KEY="geheim")
    assert "KB_PROT (unbekannter Name)" in line
    assert "KB_PORT" in line  # among those that are known
    assert "geheim" not in line


def test_an_impossible_value_is_named(tmp_path: Path) -> None:
    assert "KB_PORT (unmöglicher Wert)" in refusal(tmp_path, KB_PORT="achttausend")


def test_a_taken_port_is_named_with_the_setting_that_changes_it(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = refusal(tmp_path, KB_PORT=str(port))
    assert f"Der Anschluss {port} auf 127.0.0.1 ist belegt" in line
    assert "KB_PORT" in line


@pytest.mark.parametrize("host", ["192.0.2.1", "::2"])
def test_an_address_that_is_not_this_machine_s_is_named(tmp_path: Path, host: str) -> None:
    assert host in refusal(tmp_path, KB_HOST=host, KB_PORT="8123")


def test_a_damaged_file_of_cases_does_not_stop_the_search(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cases.sqlite").write_bytes(b"Schrott" * 1_000)
    cases = open_cases(tmp_path / "cases.sqlite")
    assert "lassen sich gerade nicht lesen" in caplog.text
    with pytest.raises(CasesUnavailableError):
        cases.summaries(uuid.uuid4())
