"""What `make` says before anything is installed: one line, with the cure."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import tempfile
from collections import namedtuple
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from types import ModuleType

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def install() -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", ROOT / ".make" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def refuse(dir: object) -> NoReturn:  # noqa: A002 - the name of tempfile's parameter
    raise PermissionError(dir)


def test_nothing_stands_in_the_way_here(install: ModuleType) -> None:
    assert install.obstacle() == ""


def test_an_old_python_is_named_with_the_way_out(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    assert "Python 3.9 ist zu alt" in install.obstacle()
    assert "make start PYTHON=" in install.obstacle()


def test_a_folder_without_write_permission_is_named(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    assert f"In {ROOT} fehlt das Schreibrecht" in install.obstacle()


def test_too_little_space_is_named_with_both_numbers(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 1_500_000_000))
    monkeypatch.setattr(install, "DONE", ROOT / "not-installed")
    assert "nötig sind 4 GB" in install.obstacle()
    assert "frei 1.5 GB" in install.obstacle()


def test_every_message_is_one_line(install: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 0))
    monkeypatch.setattr(install, "DONE", ROOT / "not-installed")
    assert install.obstacle()
    assert "\n" not in install.obstacle()


def test_what_is_installed_already_is_not_installed_again(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "_installed", lambda: install._fingerprint("[dev]"))
    monkeypatch.setattr(install, "_install", refuse)
    assert install.main([]) == 0
