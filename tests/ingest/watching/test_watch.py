"""The corpus is watched: real files, a clock of ours, and real children where it is about them."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from ingest.watching.snapshot import changes, snapshot
from ingest.watching.watch import FIRST_WAIT_S, LONGEST_WAIT_S, LOOK_S, SETTLED_S, UNREST_S, watch
from ingest.watching.watched_run import EXIT_LATER, WatchedRun
from tests.conftest import ROOT
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Meanwhile = dict[float, Callable[[], object]]


class Story:
    """What happens at which second; the watching ends at the last one."""

    def __init__(self, meanwhile: Meanwhile, end_s: float, codes: list[int] | None = None) -> None:
        self._due = dict(sorted(meanwhile.items()))
        self._end_s = end_s
        self._codes = iter(codes or [])
        self.now_s = 0.0
        self.runs: list[float] = []
        self.said: list[str] = []
        self.during: Callable[[], object] = list

    def pause(self, seconds: float) -> bool:
        self.now_s += seconds
        for at_s in [at_s for at_s in self._due if at_s <= self.now_s]:
            self._due.pop(at_s)()
        return self.now_s >= self._end_s

    def ingest(self) -> int:
        self.runs.append(self.now_s)
        during, self.during = self.during, list
        during()
        return next(self._codes, 0)

    def told(self, corpus: Path) -> Story:
        watch(corpus, self.ingest, self.pause, self.said.append)
        return self


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, {"faq/a.md": "Text.", "b.md": "Mehr Text."})
    return folder


def test_it_ingests_once_at_the_start_and_not_again_without_a_change(corpus: Path) -> None:
    story = Story({}, end_s=60).told(corpus)
    assert story.runs == [0]
    assert story.said == ["Fertig. Die nächste Änderung wird abgewartet."]


@pytest.mark.parametrize(
    "change",
    [
        lambda corpus: write(corpus, {"faq/neu.md": "Neu."}),
        lambda corpus: write(corpus, {"faq/_defaults.yaml": "year: 2026\n"}),
        lambda corpus: (corpus / "b.md").unlink(),
        lambda corpus: (corpus / "b.md").rename(corpus / "c.md"),
        lambda corpus: os.utime(corpus / "b.md", (1, 1)),
    ],
)
def test_a_change_is_ingested_when_it_has_settled(corpus: Path, change: Callable[[Path], object]) -> None:
    story = Story({5: lambda: change(corpus)}, end_s=60).told(corpus)
    assert story.runs == [0, 6 + SETTLED_S]  # the look after second 5 is that of second 6
    assert "geändert, es geht los in 3 s." in story.said[1]


def test_a_file_that_is_still_being_copied_delays_it(corpus: Path) -> None:
    def copy(piece: int) -> Callable[[], object]:
        return lambda: write(corpus, {"gross.md": "x" * piece})

    story = Story({5.0 + 2 * piece: copy(piece) for piece in range(1, 10)}, end_s=60).told(corpus)
    assert len(story.runs) == 2
    assert 23 + SETTLED_S <= story.runs[1] <= 23 + 2 * SETTLED_S + LOOK_S
    assert len([line for line in story.said if "es geht los" in line]) == 1


def test_a_file_that_never_rests_does_not_hold_up_the_others(corpus: Path) -> None:
    log: Meanwhile = {float(at_s): lambda: grow(corpus / "protokoll.md") for at_s in range(5, 1_000)}
    story = Story(log, end_s=700).told(corpus)
    waits = [later - earlier for earlier, later in zip(story.runs, story.runs[1:], strict=False)]
    assert len(waits) == 2
    assert all(UNREST_S <= wait <= UNREST_S + SETTLED_S + 4 * LOOK_S for wait in waits)
    assert f"{corpus / 'protokoll.md'} ändert sich seit 5 min, es geht trotzdem los." in story.said


def test_other_contents_of_the_same_length_and_time_are_a_change(corpus: Path) -> None:
    before, status = snapshot(corpus), (corpus / "b.md").stat()
    other = corpus / "b.md.neu"
    other.write_text("Wenig Text", encoding="utf-8")
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert other.stat().st_size == status.st_size
    other.replace(corpus / "b.md")
    assert changes(before, snapshot(corpus)) == 1


def grow(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("Zeile\n")


def test_what_changes_while_it_ingests_is_ingested_afterwards(corpus: Path) -> None:
    story = Story({}, end_s=60)
    story.during = lambda: write(corpus, {"neu.md": "Neu."})
    assert len(story.told(corpus).runs) == 2


def test_the_number_of_changed_files_is_named(corpus: Path) -> None:
    story = Story({5: lambda: (corpus / "b.md").rename(corpus / "c.md")}, end_s=20).told(corpus)
    assert story.said[1] == "2 Dateien geändert, es geht los in 3 s."
    story = Story({5: lambda: write(corpus, {"d.md": "Text."})}, end_s=20).told(corpus)
    assert story.said[1] == "1 Datei geändert, es geht los in 3 s."


@pytest.mark.parametrize("code", [EXIT_LATER, -signal.SIGKILL])
def test_what_may_go_well_later_is_tried_again_ever_more_rarely(corpus: Path, code: int) -> None:
    story = Story({}, end_s=1_500, codes=[code] * 7).told(corpus)
    waits = [later - earlier for earlier, later in zip(story.runs, story.runs[1:], strict=False)]
    assert waits == [FIRST_WAIT_S * factor for factor in (1, 2, 4, 8, 16)] + [LONGEST_WAIT_S] * 2
    assert "nächster Versuch in 10 s." in story.said[0]
    assert story.said[-1].startswith("Fertig")


def test_a_change_does_not_wait_for_the_next_try(corpus: Path) -> None:
    change: Meanwhile = {41: lambda: write(corpus, {"neu.md": "Neu."})}
    story = Story(change, end_s=200, codes=[EXIT_LATER] * 3).told(corpus)
    assert story.runs == [0, 10, 30, 42 + SETTLED_S]


@pytest.mark.parametrize("code", [1, 2, 3, 4])
def test_what_only_a_change_can_mend_waits_for_one(corpus: Path, code: int) -> None:
    change: Meanwhile = {401: lambda: write(corpus, {"neu.md": "Neu."})}
    assert Story(change, end_s=500, codes=[code]).told(corpus).runs == [0, 402 + SETTLED_S]


def test_a_share_that_is_away_for_a_while_is_named_once_and_ingested_when_it_is_back(corpus: Path) -> None:
    elsewhere = corpus.with_name("weg")
    story = Story({5: lambda: corpus.rename(elsewhere), 25: lambda: elsewhere.rename(corpus)}, end_s=60)
    story.told(corpus)
    assert story.runs == [0, 26]
    assert [line.split(" (")[0] for line in story.said[1:]] == [
        f"Der Ordner {corpus} ist nicht zu lesen",
        f"Der Ordner {corpus} ist wieder da.",
        "Fertig. Die nächste Änderung wird abgewartet.",
    ]


def test_the_empty_place_of_a_share_is_no_emptied_corpus(corpus: Path) -> None:
    def unmount() -> None:
        corpus.rename(corpus.with_name("weg"))
        corpus.mkdir()

    story = Story({5: unmount}, end_s=60).told(corpus)
    assert story.runs == [0]
    assert "er ist leer" in story.said[1]
    assert len(story.said) == 2


def test_a_corpus_that_is_away_at_the_start_is_ingested_when_it_comes(corpus: Path) -> None:
    elsewhere = corpus.rename(corpus.with_name("weg"))
    assert Story({7: lambda: elsewhere.rename(corpus)}, end_s=60).told(corpus).runs == [8]


def test_a_folder_that_cannot_be_read_now_does_not_look_emptied(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def lost(path: str) -> object:
        if str(path).endswith("faq"):
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), path)
        return scandir(path)

    story = Story({5: lambda: monkeypatch.setattr(os, "scandir", lost)}, end_s=60).told(corpus)
    assert story.runs == [0]
    assert str(corpus / "faq") in story.said[1]


def test_links_out_of_the_corpus_are_not_followed(corpus: Path, tmp_path: Path) -> None:
    outside = tmp_path / "draussen"
    write(outside, {"geheim.md": "Text."})
    (corpus / "ordner").symlink_to(outside)
    (corpus / "datei.md").symlink_to(outside / "geheim.md")
    before = snapshot(corpus)
    write(outside, {"geheim.md": "Ganz anderer Text.", "neu.md": "Neu."})
    assert changes(before, snapshot(corpus)) == 0
    (corpus / "datei.md").unlink()
    assert changes(before, snapshot(corpus)) == 1


def test_opening_a_document_is_no_change(corpus: Path) -> None:
    before = snapshot(corpus)
    write(corpus, {"~$a.docx": "x", ".~lock.a.odt#": "x", ".git/index": "x", "faq/.DS_Store": "x"})
    assert changes(before, snapshot(corpus)) == 0


def test_it_ends_while_something_settles_and_while_it_ingests(corpus: Path) -> None:
    assert Story({5: lambda: write(corpus, {"neu.md": "Neu."})}, end_s=8).told(corpus).runs == [0]
    story = Story({}, end_s=0).told(corpus)
    assert (story.runs, story.said) == ([0], [])


def child(script: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", script, *arguments]


def never(_seconds: float) -> bool:
    return False


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("raise SystemExit(3)", 3),
        ("""print('{"error": "kaputt"}'); raise SystemExit(1)""", 1),
        ("""print('{"error": "läuft schon", "try_again": true}'); raise SystemExit(1)""", EXIT_LATER),
        ("print('[1]'); raise SystemExit(1)", 1),
        ("import os; os.kill(os.getpid(), 9)", -9),
    ],
)
def test_a_child_tells_by_its_code_and_its_report(script: str, code: int) -> None:
    assert WatchedRun(child(script), never, print)() == code


def test_a_command_that_does_not_start_is_tried_later(tmp_path: Path) -> None:
    said: list[str] = []
    assert WatchedRun([str(tmp_path / "fehlt")], never, said.append)() == EXIT_LATER
    assert "nicht starten" in said[0]


READY = "import pathlib, sys, time; ready = pathlib.Path(sys.argv[1])\n"
# Not one long sleep: the signal may come just before it begins. Jobs in the background ignore SIGINT.
TIDY = f"""{READY}
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    ready.touch()
    while True:
        signal.sigtimedwait([], 0.1)
except KeyboardInterrupt:
    ready.write_text("aufgeräumt"); raise SystemExit(1)
"""
STUBBORN = f"""{READY}
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN); ready.touch(); time.sleep(600)
"""
TOLD = '{"event": "progress", "sources_done": 3, "sources": 20, "passages": 41, "remaining_s": 150}'
TALKING = f"""{READY}
print({TOLD!r}, flush=True)
ready.touch(); time.sleep(600)
"""


@pytest.mark.parametrize(("script", "code", "left"), [(TIDY, 1, "aufgeräumt"), (STUBBORN, -9, "")])
def test_a_child_is_ended_with_time_to_clean_up_or_without(
    tmp_path: Path, script: str, code: int, left: str
) -> None:
    ready = tmp_path / "bereit"
    ends_s = 60 if code == 1 else 0.1
    run = WatchedRun(child(script, str(ready)), lambda _seconds: ready.exists(), print, ends_s)
    assert run() == code
    assert ready.read_text(encoding="utf-8") == left


def test_a_long_ingestion_tells_how_far_it_is(tmp_path: Path) -> None:
    ready = tmp_path / "bereit"
    polls = 0

    def pause(_seconds: float) -> bool:
        nonlocal polls
        polls += ready.exists()
        return polls > 100

    said: list[str] = []
    WatchedRun(child(TALKING, str(ready)), pause, said.append)()
    assert "3 von 20 Quellen, 41 Textstellen, noch etwa 2 min." in said


WATCHING = (
    "import sys; from pathlib import Path; from ingest.watching.watch import watch_corpus; "
    "sys.executable = sys.argv[2]; sys.exit(watch_corpus(Path(sys.argv[1]), [sys.argv[1], '--dry-run']))"
)


@contextmanager
def watched(corpus: Path, tmp_path: Path, python: str = sys.executable) -> Iterator[subprocess.Popen[str]]:
    """Start the real thing, which only looks: a dry run needs no model."""
    environ = {**os.environ, "KB_DATA": str(tmp_path / "data")}
    command = child(WATCHING, str(corpus), python)
    process = subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        yield process
        process.kill()


def test_the_watching_ingests_what_is_dropped(corpus: Path, tmp_path: Path) -> None:
    with watched(corpus, tmp_path) as process:
        assert process.stdout is not None
        lines = iter(process.stdout)
        assert "wird beobachtet" in next(lines)
        assert "Fertig" in next(lines)
        write(corpus, {"neu.md": "Neu."})
        assert "1 Datei geändert" in next(lines)
        assert "Fertig" in next(lines)
        process.send_signal(signal.SIGTERM)
        assert "Beendet" in next(lines)
        assert process.wait(60) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_watching_ends_with_0_while_a_child_is_running(
    corpus: Path, tmp_path: Path, number: signal.Signals
) -> None:
    busy = tmp_path / "busy"
    busy.write_text(
        f"#!{sys.executable}\nimport sys, time\n"
        "try:\n    print('bereit', file=sys.stderr, flush=True); time.sleep(600)\n"
        "except KeyboardInterrupt:\n    print('aufgeräumt', file=sys.stderr)\n",
        encoding="utf-8",
    )
    busy.chmod(0o755)
    with watched(corpus, tmp_path, str(busy)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert next(process.stderr) == "bereit\n"
        process.send_signal(number)
        assert next(process.stderr) == "aufgeräumt\n"
        assert process.wait(60) == 0
        assert "Beendet." in process.stdout.read()
