"""A restoration ended from outside: a closed window takes it back, after a power cut it is told."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from index.settings import read_settings
from index.store import connect_store
from ingest.__main__ import main
from ingest.backups.places import undisturbed
from ingest.watching.watch import watch
from tests.conftest import ROOT
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from pathlib import Path

# The restored materials are in place; then the script waits for the window to be closed.
RESTORING = """
import fcntl, signal, sys, termios
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # also where the tests themselves run under nohup
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from ingest.__main__ import main
from ingest.backups import restore
replace_corpus = restore.replace_corpus
def held(places, undo):
    kept = replace_corpus(places, undo)
    sys.__stdout__.write("bereit\\n"); sys.__stdout__.flush()
    while True:  # not signal.pause(): the signal may come just before it waits
        signal.sigtimedwait([], 0.1)
restore.replace_corpus = held
code = main(sys.argv[1:])
open("ende", "w").write(str(code))
sys.exit(code)
"""
# As `nohup` starts it; the signal comes while the materials are replaced.
NOHUP = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
from ingest.__main__ import main
from ingest.backups import restore
replace_corpus = restore.replace_corpus
def hung_up(places, undo):
    kept = replace_corpus(places, undo)
    os.kill(os.getpid(), signal.SIGHUP)
    return kept
restore.replace_corpus = hung_up
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a backup `s.zip`, and materials that were changed since."""
    monkeypatch.setenv("KB_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("KB_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    write(tmp_path / "corpus", {"a.md": "In der Sicherung."})
    assert main(["backup", str(tmp_path / "s.zip")]) == 0
    write(tmp_path / "corpus", {"a.md": "Seither."})
    return tmp_path


def text(home: Path) -> str:
    return (home / "corpus" / "a.md").read_text("utf-8")


def test_a_closed_window_takes_a_restoration_back(home: Path) -> None:
    window, theirs = pty.openpty()
    command = [sys.executable, "-c", RESTORING, "restore", str(home / "s.zip"), "--replace"]
    with subprocess.Popen(
        command, cwd=home, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        assert process.stdout is not None
        assert process.stdout.readline() == b"bereit\n"
        assert text(home) == "In der Sicherung."
        os.close(window)
        try:
            process.wait(60)
        finally:
            process.kill()
    assert text(home) == "Seither."
    assert (home / "ende").read_text("utf-8") == "1"
    assert [path.name for path in home.iterdir() if ".vor-" in path.name or ".neu" in path.name] == []


def test_where_a_closed_window_is_to_be_ignored_it_is(home: Path) -> None:
    command = [sys.executable, "-c", NOHUP, "restore", str(home / "s.zip"), "--replace"]
    done = subprocess.run(command, cwd=home, check=False, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert text(home) == "In der Sicherung."


def test_a_closed_window_does_not_stop_the_way_back() -> None:
    former = signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        with undisturbed():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGHUP, former)


@pytest.mark.parametrize("command", [[], ["--dry-run"], ["corpus"], ["backup", "t.zip"]])
def test_materials_that_a_restoration_left_aside_are_named_with_the_way_to_get_them(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(home)
    (home / "corpus").rename(home / "corpus.vor-2026-11-26-151200")
    assert main(command) in {1, 2}
    said = capsys.readouterr().err
    assert "Eine Wiederherstellung brach ab" in said
    assert "»corpus.vor-2026-11-26-151200«" in said
    assert "restore DATEI --replace" in said
    assert main(["restore", str(home / "s.zip"), "--replace"]) == 0
    assert text(home) == "In der Sicherung."


def test_the_watching_says_so_too(home: Path) -> None:
    (home / "corpus").rename(home / "corpus.vor-2026-11-26-151200")
    said: list[str] = []
    watch(home / "corpus", lambda: 0, lambda _seconds: True, said.append)
    assert "Eine Wiederherstellung brach ab" in said[0]


def test_a_folder_that_is_missing_for_another_reason_is_no_restoration(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "corpus").rename(home / "woanders")
    (home / "korpus.vor-2026-11-26-151200").mkdir()
    assert main([]) == 1
    assert "Wiederherstellung" not in capsys.readouterr().err
    assert connect_store(read_settings({"KB_DATA": str(home / "var")})).published() is None
