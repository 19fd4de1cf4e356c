"""Ctrl-C and `docker stop` in the middle of an ingestion: nothing is left behind, nothing goes on."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from tests.conftest import ROOT
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from collections.abc import Iterator


SECTIONS = 600  # passages that keep the encoder busy for a minute or two
IN_THE_MIDDLE = "1 von 2 Quellen"  # one is read, so the reading child has started


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    long = "\n\n".join(
        f"## Abschnitt {number}\n\nDer Bus Nummer {number} fährt." for number in range(SECTIONS)
    )
    write(tmp_path / "corpus", {"a.md": "# Anfang\n\nDer Verein zahlt.\n", "b.md": f"# Busse\n\n{long}\n"})
    return tmp_path / "corpus"


def written(terminal: int) -> Iterator[str]:
    """Yield all that was written to a pseudo terminal so far, after each piece."""
    text = b""
    while True:
        try:
            text += os.read(terminal, 65_536)
        except OSError:  # Linux's way to say that nobody has it open any more
            return
        yield re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text.decode("utf-8", "replace"))


def children_of(process: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has just ended
            continue
        if int(status.rpartition(")")[2].split()[1]) == process:
            found.append(int(folder.name))
    return found


@pytest.mark.model
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.skipif(signal.getsignal(signal.SIGINT) == signal.SIG_IGN, reason="who starts us ignores Ctrl-C")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_its_child_and_without_a_draft(
    corpus: Path, data: Path, number: signal.Signals
) -> None:
    ours, theirs = pty.openpty()
    environ = {**os.environ, "KB_DATA": str(data), "TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-m", "ingest", str(corpus)]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        pieces = written(ours)
        shown = next(text for text in pieces if IN_THE_MIDDLE in text)
        children = children_of(process.pid)
        process.send_signal(number)
        for shown in pieces:  # noqa: B007 - the last one is looked at
            pass
        code = process.wait(60)
    os.close(ours)
    assert (code, "Abgebrochen" in shown, "Traceback" in shown) == (1, True, False), shown[-2_000:]
    assert len(children) >= 1
    assert [child for child in children if Path(f"/proc/{child}").exists()] == []
    assert not (data / "index" / "current").exists()
    assert list((data / "index").glob("generations/*")) == []
    with FileLock(data / "ingest.lock", timeout=0):
        pass
