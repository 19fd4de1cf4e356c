"""Questions that were left: counted by day, from several threads and processes, never too many."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from index import open_questions
from index.open_questions import FILE_NAME, Cleared, OpenQuestion, OpenQuestions, QuestionsUnavailableError
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
QUESTION = OpenQuestion(MONDAY, "none", "Wer?", 1)
ASKING = """
import sys
from datetime import date
from pathlib import Path
from index.open_questions import OpenQuestions
for number in range(20):
    OpenQuestions(Path(sys.argv[1])).note(f"Frage {number % 5}?", "none", date(2026, 11, 23))
"""


@pytest.fixture
def kept(tmp_path: Path) -> OpenQuestions:
    return OpenQuestions(tmp_path / "var" / FILE_NAME)


def test_the_same_question_on_the_same_day_counts_up(kept: OpenQuestions) -> None:
    for day, question in [(MONDAY, "Wer?"), (MONDAY, "Wer?"), (MONDAY, "Wann?"), (TUESDAY, "Wer?")]:
        assert kept.note(question, "none", day) is False
    assert kept.all() == [
        OpenQuestion(TUESDAY, "none", "Wer?", 1),
        OpenQuestion(MONDAY, "none", "Wer?", 2),
        OpenQuestion(MONDAY, "none", "Wann?", 1),
    ]


def test_nothing_personal_reaches_the_file(kept: OpenQuestions, tmp_path: Path) -> None:
    assert kept.note("Bitte an erika@example.org oder 0201 123456", "none", MONDAY) is True
    assert kept.all()[0].question == "Bitte an [entfernt] oder [entfernt]"
    written = b"".join(each.read_bytes() for each in (tmp_path / "var").iterdir())
    assert b"erika" not in written
    assert b"123456" not in written


def test_only_question_verdict_day_and_number_are_kept(kept: OpenQuestions, tmp_path: Path) -> None:
    kept.note("Wer?", "none", MONDAY)
    with closing(sqlite3.connect(tmp_path / "var" / FILE_NAME)) as database:
        assert database.execute("SELECT * FROM open_questions").fetchall() == [
            ("2026-11-23", "none", "Wer?", 1)
        ]
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_what_is_cleared_is_gone_from_the_file_too(kept: OpenQuestions, tmp_path: Path) -> None:
    kept.note("Wer bezahlt den Zitronenfalter?", "none", MONDAY)
    assert kept.clear(kept.all()) == Cleared(1, wiped=True)
    assert kept.all() == []
    assert not any(b"Zitronenfalter" in each.read_bytes() for each in (tmp_path / "var").iterdir())


def test_only_what_was_listed_is_cleared(kept: OpenQuestions) -> None:
    for question in ("Wer?", "Wann?", "Wo?"):
        kept.note(question, "none", MONDAY)
    listed = kept.all()
    kept.note("Wer?", "none", MONDAY)
    kept.note("Wer?", "none", TUESDAY)
    kept.note("Warum?", "none", MONDAY)
    assert kept.clear(listed) == Cleared(2, wiped=True)
    assert {(each.day, each.question, each.times) for each in kept.all()} == {
        (MONDAY, "Wer?", 2),
        (TUESDAY, "Wer?", 1),
        (MONDAY, "Warum?", 1),
    }


def test_a_file_that_cannot_be_wiped_is_cleared_all_the_same(
    kept: OpenQuestions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.note("Wer?", "none", MONDAY)
    monkeypatch.setattr(open_questions, "_WIPE", f"VACUUM INTO '{tmp_path / 'fehlt' / 'x'}'")
    assert kept.clear([QUESTION]) == Cleared(1, wiped=False)
    assert kept.all() == []


def test_looking_makes_no_file(kept: OpenQuestions, tmp_path: Path) -> None:
    assert (kept.all(), kept.clear([])) == ([], Cleared(0, wiped=True))
    assert list(tmp_path.iterdir()) == []


def test_a_full_table_takes_nothing_new_and_still_counts(
    kept: OpenQuestions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_questions, "MOST", 2)
    kept.note("Eins?", "none", MONDAY)
    kept.note("Zwei?", "none", MONDAY)
    with pytest.raises(QuestionsUnavailableError, match="schon 2 offene Fragen"):
        kept.note("Drei?", "none", MONDAY)
    kept.note("Zwei?", "none", MONDAY)
    assert {each.question: each.times for each in kept.all()} == {"Eins?": 1, "Zwei?": 2}


def test_no_question_is_lost_when_many_ask_at_once(kept: OpenQuestions) -> None:
    together = threading.Barrier(8)

    def ask(who: int) -> None:
        together.wait()
        for number in range(10):
            kept.note(f"Frage {(who + number) % 5}?", "none", MONDAY)

    threads = [threading.Thread(target=ask, args=(who,)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.times for each in kept.all()] == [16] * 5


def test_nor_when_several_processes_do(kept: OpenQuestions, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ASKING, str(tmp_path / "var" / FILE_NAME)]
    processes = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert [each.times for each in kept.all()] == [12] * 5


def test_a_damaged_file_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"kein SQLite" * 100)
    kept = OpenQuestions(tmp_path / FILE_NAME)
    for act in (kept.all, lambda: kept.clear([QUESTION]), lambda: kept.note("Wer?", "none", MONDAY)):
        with pytest.raises(QuestionsUnavailableError, match=FILE_NAME):
            act()


@pytest.mark.parametrize("former", [None, 0o644])
def test_other_users_of_the_machine_cannot_read_them(
    kept: OpenQuestions, tmp_path: Path, former: int | None
) -> None:
    kept.note("Wer?", "none", MONDAY)
    path = tmp_path / "var" / FILE_NAME
    if former is not None:
        path.chmod(former)
        assert kept.all()[0].question == "Wer?"
    assert path.stat().st_mode & 0o777 == 0o600
