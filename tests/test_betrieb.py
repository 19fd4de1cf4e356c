"""docs/betrieb.md is a week that was lived: its commands are run in their order and do what it says."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import pytest

from index.open_questions import FILE_NAME, OpenQuestions
from index.settings import read_settings
from index.store import connect_store
from ingest.__main__ import main
from ingest.arguments import UPKEEP, parsed_ingestion, parsed_upkeep
from tests.conftest import MODELS, ROOT
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.passage import Passage

TEXT = (ROOT / "docs" / "betrieb.md").read_text(encoding="utf-8")
PARTS = dict(re.findall(r"^## ([^:\n]*)[^\n]*\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
PATIENCE_S = 300  # on a busy machine
SHEET = "# Zuschuss der Stadt\n\n## Betrag\n\nDie Stadt gibt {amount} Euro für jede Fahrt.\n"
CORPUS: dict[str, str | bytes] = {
    "handbuch/reise.md": "# Reise\n\n## Haftpflicht\n\nDie Haftpflicht deckt Schäden auf der Fahrt.\n",
    "faq/bus.yaml": "- frage: Wer bezahlt den Bus?\n  antwort: Den Bus bezahlt der Verein aus der Kasse.\n",
    "fragen.yaml": "- question: Was deckt die Haftpflicht?\n  class: alltag\n  relevant:\n"
    "    - {source: handbuch/reise.md, span: deckt Schäden auf der Fahrt}\n",
}


def commands(part: str) -> list[list[str]]:
    """Return the words of each command in a part, a day or another, without `python -m ingest`."""
    blocks = re.findall(r"^```\n(.*?)^```", PARTS[part], re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert all(line.startswith("python -m ingest") for line in lines), lines
    return [shlex.split(line)[3:] for line in lines]


class Week:
    """A corpus and its index; `run` does what a person does who types a command of that day."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.data = folder / "var"

    def run(self, arguments: list[str]) -> int:
        return main(arguments)

    def texts(self) -> str:
        generation = connect_store(read_settings({"KB_DATA": str(self.data)})).open()
        found: list[Passage] = []
        for entry in generation.catalogue():
            found += generation.passages(entry.source)
        generation.close()
        return "\n".join(passage.text for passage in found)

    def generations(self) -> list[str]:
        return [each.id for each in connect_store(read_settings({"KB_DATA": str(self.data)})).generations()]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    folder = tmp_path_factory.mktemp("woche")
    made = Week(folder)
    write(made.corpus, CORPUS)
    made.data.mkdir()
    (made.data / "models").symlink_to(MODELS)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("KB_CORPUS", str(made.corpus))
        patch.setenv("KB_DATA", str(made.data))
        patch.setenv("PYTHONPATH", str(ROOT))  # for the child that asks the judged questions
        assert made.run([]) == 0
        yield made
    shutil.rmtree(folder)


@pytest.mark.model
def test_monday_a_sheet_is_added(week: Week, capsys: pytest.CaptureFixture[str]) -> None:
    write(week.corpus, {"foerderung/stadt.md": SHEET.format(amount=500)})
    look, publish = commands("Montag")
    assert week.run(look) == 0
    assert "500 Euro" not in week.texts()
    assert "neu         foerderung/stadt.md" in capsys.readouterr().out
    assert week.run(publish) == 0
    assert "500 Euro" in week.texts()


@pytest.mark.model
def test_tuesday_a_mistake_is_taken_back_and_put_right(
    week: Week, capsys: pytest.CaptureFixture[str]
) -> None:
    write(week.corpus, {"foerderung/stadt.md": SHEET.format(amount=5_000_000)})
    assert week.run([]) == 0
    back, publish, listed = commands("Dienstag")
    assert week.run(back) == 0
    assert "500 Euro" in week.texts()
    assert week.run([]) == 1  # somebody else's run does not bring it back
    assert "zurückgenommen" in capsys.readouterr().err
    assert "500 Euro" in week.texts()
    write(week.corpus, {"foerderung/stadt.md": SHEET.format(amount=550)})
    assert week.run(publish) == 0
    assert "550 Euro" in week.texts()
    capsys.readouterr()
    assert week.run(listed) == 0
    said = capsys.readouterr().out
    assert "falscher Betrag im Merkblatt" in said
    latest = week.generations()[-1]
    assert said.startswith(f"→ {latest}")
    (certain,) = re.findall(r"`python -m ingest (rollback g\d+)`", PARTS["Dienstag"])
    assert week.run(certain.split()) == 0
    assert "500 Euro" in week.texts()
    assert week.run(["rollback", latest]) == 0
    assert "550 Euro" in week.texts()


@pytest.mark.model
def test_wednesday_a_move_costs_nothing_and_a_loss_is_refused(
    week: Week, capsys: pytest.CaptureFixture[str]
) -> None:
    (week.corpus / "foerderung/stadt.md").rename(week.corpus / "foerderung/zuschuss.md")
    (week.corpus / "handbuch/reise.md").unlink()
    look, publish, force = commands("Mittwoch")
    assert week.run(look) == 0
    said = capsys.readouterr().out
    assert "umbenannt   foerderung/stadt.md → foerderung/zuschuss.md" in said
    assert "Zu berechnen wären 0 Textstellen" in said
    assert week.run(publish) == 1
    assert "deckt Schäden auf der Fahrt" in capsys.readouterr().out
    assert "Haftpflicht" in week.texts()
    assert week.run(force) == 0
    assert "Haftpflicht" not in week.texts()
    assert week.run(["generations"]) == 0
    assert "Das Programm ist eingestellt" in capsys.readouterr().out


@pytest.mark.model
def test_thursday_and_friday_everything_comes_back_from_the_backup(week: Week) -> None:
    back_up, verify = commands("Donnerstag")
    assert week.run(back_up) == 0
    assert week.run(verify) == 0
    saved = week.texts()
    write(week.corpus, {"faq/bus.yaml": "- frage: Wer bezahlt den Bus?\n  antwort: Niemand.\n"})
    assert week.run(["--force"]) == 0
    assert week.texts() != saved
    restore, prune = commands("Freitag")
    without = [word for word in restore if word != "--replace"]
    assert week.run(without) == 1
    assert week.texts() != saved
    assert week.run(restore) == 0
    assert week.texts() == saved
    assert "aus der Kasse" in (week.corpus / "faq/bus.yaml").read_text(encoding="utf-8")
    assert week.run([]) == 0
    assert week.run(prune) == 0
    assert len(week.generations()) <= 3
    assert week.texts() == saved


def test_questions_that_were_left_are_read_and_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KB_DATA", str(tmp_path))
    kept = OpenQuestions(tmp_path / FILE_NAME)
    for _ in range(2):
        kept.note("Wer haftet im Bus?", "none", date(2026, 11, 26))
    look, clear = commands("Was vergeblich gefragt wurde")
    assert main(look) == 0
    assert re.search(r"26\.11\.2026 +2 +nichts gefunden +Wer haftet im Bus\?", capsys.readouterr().out)
    assert main([*clear, "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    row = {"day": "2026-11-26", "times": 2, "verdict": "none", "question": "Wer haftet im Bus?"}
    assert told == {"questions": [row], "cleared": True}
    assert main(look) == 0
    assert "keine offenen Fragen" in capsys.readouterr().out


@pytest.mark.model
@pytest.mark.skipif(signal.getsignal(signal.SIGINT) == signal.SIG_IGN, reason="who starts us ignores Ctrl-C")
def test_a_dropped_file_is_published_by_itself_until_ctrl_c(tmp_path: Path) -> None:
    week = Week(tmp_path)
    write(week.corpus, CORPUS)
    week.data.mkdir()
    (week.data / "models").symlink_to(MODELS)
    environ = {**os.environ, "KB_CORPUS": str(week.corpus), "KB_DATA": str(week.data)}
    (watch,) = commands("Von selbst veröffentlichen")
    with (tmp_path / "stderr").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "ingest", *watch],
            cwd=ROOT,
            env=environ,
            text=True,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        deadline = Timer(PATIENCE_S, process.kill)
        deadline.start()
        with process:
            assert process.stdout is not None
            assert any(week.generations() == ["g000001"] for _ in process.stdout)
            write(week.corpus, {"foerderung/stadt.md": SHEET.format(amount=500)})
            assert any(week.generations() == ["g000001", "g000002"] for _ in process.stdout)
            process.send_signal(signal.SIGINT)
            said = process.stdout.read()
        deadline.cancel()
        errors.seek(0)
        assert (process.returncode, "Traceback" in errors.read()) == (0, False)
    assert said.endswith("Beendet.\n")
    assert "500 Euro" in week.texts()


def test_every_command_that_stands_by_itself_is_run() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [part for part, text in PARTS.items() if "```" in text and f'commands("{part}")' not in here] == []


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`python -m ingest([^`]*)`", TEXT))))
def test_every_command_that_is_mentioned_exists(command: str) -> None:
    words = shlex.split(command)
    parsed = parsed_upkeep if words and words[0] in UPKEEP else parsed_ingestion
    assert parsed(words)


def test_every_command_for_upkeep_is_explained() -> None:
    assert {name for name in UPKEEP if f"`python -m ingest {name}" in TEXT} == set(UPKEEP)
