"""What a person and a program are told while an ingestion runs; the clock is ours."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from ingest.pace import Pace, Stage
from ingest.progress import JsonProgress, RichProgress, in_words
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

ON_A_TERMINAL = """
from ingest.pace import Stage
from ingest.progress import RichProgress
times = iter(range(0, 4_000, 4))
with RichProgress(clock=lambda: float(next(times))) as progress:
    progress.begin(3, {"a.md": 100, "b.md": 200, "c.md": 3_000})
    for source in ("a.md", "b.md"):
        progress.source_done(source, 20)
    progress.encoded(40)
    progress._bar.refresh()
    progress.source_done("c.md", 10)
    progress.stage(Stage.CHECK)
    progress._bar.refresh()
    progress.stage(Stage.PUBLISH)
"""


class Clock:
    """Stands still until it is put on."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    """Twenty files of equal size, of which one is read: ten passages each."""
    pace = Pace(clock)
    pace.begin(20, {f"{number}.md": 1_000 for number in range(20)})
    pace.source_done("0.md", 10)
    return pace


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_nothing_is_said_of_speed_and_time_before_it_can_be_known(pace: Pace, clock: Clock) -> None:
    assert (pace.passages_per_s, pace.remaining_s) == (None, None)
    clock.now_s += 1
    pace.encoded(10)
    assert (pace.passages_per_s, pace.remaining_s) == (None, None)
    clock.now_s += 4
    pace.encoded(10)
    assert pace.passages_per_s == 4.0


def test_the_time_left_is_that_of_the_passages_to_come_and_counts_down(pace: Pace, clock: Clock) -> None:
    clock.now_s += 10
    pace.encoded(10)
    assert pace.remaining_s == pytest.approx(190)  # 20 files of 10 passages, one a second
    clock.now_s += 5
    assert pace.remaining_s == pytest.approx(185)
    clock.now_s += 1_000
    assert pace.remaining_s is None


def test_loading_the_encoder_is_no_slow_passage(clock: Clock) -> None:
    pace = Pace(clock)
    pace.begin(1, {"a.md": 10})
    clock.now_s += 60
    pace.source_done("a.md", 10)
    clock.now_s += 5
    pace.encoded(10)
    assert (pace.passages_per_s, pace.remaining_s) == (2.0, 0.0)


def test_a_source_counts_by_its_bytes_and_what_its_like_gave(clock: Clock) -> None:
    pace = Pace(clock)
    pace.begin(4, {"a.md": 100, "b.md": 900, "c.pdf": 50_000, "vortrag.mp3": 90_000_000})
    pace.source_done("a.md", 10)
    pace.source_done("c.pdf", 30)
    clock.now_s += 10
    pace.encoded(40)  # four a second; to come: 90 of b.md, 20 (as usual) of vortrag.mp3
    assert pace.remaining_s == pytest.approx(110 / 4)


def test_the_speed_is_that_of_late_when_the_first_vectors_were_kept(clock: Clock) -> None:
    pace = Pace(clock)
    pace.begin(1, {"a.md": 10})
    pace.source_done("a.md", 10_000)
    clock.now_s += 1
    pace.encoded(5_000)
    for _ in range(10):
        clock.now_s += 16
        pace.encoded(64)
    assert pace.passages_per_s == 4.0


def test_without_sizes_or_numbers_of_passages_no_time_left_is_made_up(clock: Clock) -> None:
    pace = Pace(clock)
    pace.begin(2, {})
    pace.source_done("a.md", 0)
    clock.now_s += 10
    pace.encoded(64)
    assert (pace.passages_per_s, pace.remaining_s) == (6.4, None)


def test_a_program_gets_a_line_at_both_ends_of_each_stage(clock: Clock) -> None:
    stream = io.StringIO()
    with JsonProgress(stream, clock) as progress:
        progress.begin(2, {"a.md": 10, "b.md": 20})
        clock.now_s += 0.4
        progress.source_done("a.md", 20)  # too soon for a line
        clock.now_s += 5
        progress.encoded(20)
        clock.now_s += 0.1
        progress.source_done("b.md", 5)
        progress.stage(Stage.CHECK)
        progress.stage(Stage.PUBLISH)
    told = lines(stream)
    assert [line["stage"] for line in told] == ["read"] * 3 + ["check"] * 2 + ["publish"] * 2
    assert told[0] == {
        "event": "progress",
        "stage": "read",
        "sources_done": 0,
        "sources": 2,
        "passages": 0,
        "passages_per_s": None,
        "remaining_s": None,
    }
    assert told[1] | {"sources_done": 1, "passages": 20, "passages_per_s": 4.0, "remaining_s": 10} == told[1]
    assert (told[2]["sources_done"], told[2]["remaining_s"]) == (2, 1)
    assert {line["remaining_s"] for line in told[3:]} == {None}


def test_a_program_gets_a_line_each_half_second_at_most(clock: Clock) -> None:
    stream = io.StringIO()
    progress = JsonProgress(stream, clock)
    progress.begin(1_000, {})
    for number in range(100):
        clock.now_s += 0.125
        progress.source_done(f"{number}.md", 1)
    assert len(lines(stream)) == 1 + 100 // 4


def test_an_ingestion_that_failed_has_no_last_line() -> None:
    stream = io.StringIO()

    def fail() -> None:
        with JsonProgress(stream, Clock()) as progress:
            progress.begin(1, {})
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert len(lines(stream)) == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.6, "1 s"), (54, "54 s"), (59, "1 min"), (3_540, "59 min"), (4_860, "1 h 21 min")],
)
def test_a_time_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def read_all(terminal: int) -> Iterator[bytes]:
    """Yield what is written to a pseudo terminal until nobody has it open any more."""
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # Linux's way to say that it ended
            return
        if not piece:
            return
        yield piece


def test_a_person_at_a_terminal_sees_all_of_it() -> None:
    ours, theirs = pty.openpty()
    environ = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-c", ON_A_TERMINAL]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.close(theirs)
        shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(read_all(ours)).decode())
        assert process.stdout is not None
        assert process.stdout.read() == b""
    os.close(ours)
    assert process.returncode == 0
    assert "Lesen und berechnen" in shown
    assert re.search(r"2 von 3 Quellen, 40 Textstellen, \d+,\d/s, noch \d+ s", shown), shown
    assert re.search(r"Prüfen +━+ 3 von 3 Quellen, 40 Textstellen\s", shown), shown
    assert "Veröffentlichen" in shown


def test_where_no_terminal_is_nothing_is_shown() -> None:
    stream = io.StringIO()
    with RichProgress(Console(file=stream)) as progress:
        progress.begin(1, {"a.md": 10})
        progress.source_done("a.md", 3)
        progress.encoded(3)
        progress.stage(Stage.CHECK)
    assert stream.getvalue().strip() == ""
