"""The launcher's own words: the .env file, ports, addresses."""

from __future__ import annotations

import importlib.util
import signal
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from index.errors import KnowledgeBaseError
from index.listening import address_of, require_free
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def launcher(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("launcher", ROOT / ".make" / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "launcher", module)
    spec.loader.exec_module(module)
    return module


def test_the_env_file_is_read_as_it_is_written(launcher: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text(
        "# Kommentar\nKB_PORT=8001\nKB_QDRANT_API_KEY='ab$cd#ef'\n\nKB_MODEL=\n", encoding="utf-8"
    )
    assert launcher.read_env_file(path) == {
        "KB_PORT": "8001",
        "KB_QDRANT_API_KEY": "ab$cd#ef",
        "KB_MODEL": "",
    }
    assert launcher.read_env_file(tmp_path / "none") == {}


def test_the_example_file_changes_nothing(launcher: ModuleType) -> None:
    assert set(launcher.read_env_file(ROOT / ".env.example")) >= {"KB_CORPUS", "KB_PORT"}


def test_a_closed_window_ends_the_house_as_ctrl_c_does(launcher: ModuleType) -> None:
    assert {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} <= set(launcher._ENDINGS)


def test_a_port_that_is_no_number_is_named(launcher: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    before = {number: signal.getsignal(number) for number in launcher._ENDINGS}
    try:
        assert launcher.main({"STREAMLIT_SERVER_PORT": "abc"}) == 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert "STREAMLIT_SERVER_PORT muss eine Zahl sein" in capsys.readouterr().out


def test_a_taken_port_is_named_with_the_setting() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(KnowledgeBaseError, match=r"belegt.*KB_PORT="):
            require_free("127.0.0.1", taken.getsockname()[1], "KB_PORT")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("::", "http://[::1]:8000"),
        ("lotse.lan", "http://lotse.lan:8000"),
    ],
)
def test_a_service_is_reached_from_this_machine(host: str, address: str) -> None:
    assert address_of(host, 8000) == address
