"""`python -m ingest` as a person or a program runs it: exit codes, report, lock; the real model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from index.errors import StoreUnavailableError
from ingest import __main__ as command
from tests.conftest import ROOT
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from pathlib import Path


def run(data: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "KB_DATA": str(data), **settings}
    command = [sys.executable, "-m", "ingest", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environ, check=False, capture_output=True, text=True, timeout=300
    )


@pytest.mark.model
def test_the_last_line_is_the_report_and_the_second_run_does_nothing(tmp_path: Path, data: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, {"faq/a.yaml": "- frage: Wer zahlt den Bus?\n  antwort: Der Verein.\n", "leer.pdf": b""})
    first = run(data, str(corpus), "--json")
    report = json.loads(first.stdout.splitlines()[-1])
    assert first.returncode == 3
    assert (report["new"], report["encoded"]) == (["faq/a.yaml", "leer.pdf"], 1)
    assert [each["source"] for each in report["failed"]] == ["leer.pdf"]
    (corpus / "leer.pdf").unlink()
    assert report["health"] == [
        {"source": "leer.pdf", "grade": "red", "reasons": [report["failed"][0]["reason"]]},
        {"source": "faq/a.yaml", "grade": "green", "reasons": []},
    ]
    kept = json.loads((data / "report.json").read_text(encoding="utf-8"))
    assert list(kept["failed"]) == ["leer.pdf"]
    second = run(data, str(corpus), "--json")
    report = json.loads(second.stdout.splitlines()[-1])
    assert (second.returncode, report["encoded"], report["published"]) == (0, 0, None)
    assert [(each["source"], each["grade"]) for each in report["health"]] == [("faq/a.yaml", "green")]
    kept = json.loads((data / "report.json").read_text(encoding="utf-8"))
    assert kept["failed"] == {}


def test_a_dry_run_needs_no_model_and_writes_no_index(tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"a.md": "Text."})
    done = run(tmp_path / "data", str(tmp_path / "corpus"), "--dry-run")
    assert done.returncode == 0
    assert "neu         a.md" in done.stdout
    assert not (tmp_path / "data" / "models").exists()
    assert not (tmp_path / "data" / "index").exists()
    assert not (tmp_path / "data" / "report.json").exists()


def test_a_dry_run_shows_what_to_look_at_as_a_table(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "gut.md": "Text.",
        "leer[1].pdf": b"",
        "foerderung/a.md": "# Zuschuss\n\nEs gibt Geld.\n",
    }
    write(tmp_path / "corpus", files)
    done = run(tmp_path / "data", str(tmp_path / "corpus"), "--dry-run")
    assert done.returncode == 3
    (red,) = [line for line in done.stdout.splitlines() if "leer[1].pdf" in line and "rot" in line]
    assert "0 Byte" in red
    (yellow,) = [line for line in done.stdout.splitlines() if "foerderung/a.md" in line and "gelb" in line]
    assert "Fördergeber" in yellow
    assert "Quellen: 1 grün, 1 gelb, 1 rot" in done.stdout
    assert "Probelauf" in done.stdout.splitlines()[-1]


def test_a_dry_run_as_json_has_the_health_of_every_source(tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"gut.md": "Text.", "leer.pdf": b""})
    done = run(tmp_path / "data", str(tmp_path / "corpus"), "--dry-run", "--json")
    report = json.loads(done.stdout)
    assert [(each["source"], each["grade"]) for each in report["health"]] == [
        ("leer.pdf", "red"),
        ("gut.md", "green"),
    ]
    assert "Quellen: 1 grün, 0 gelb, 1 rot" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "named"),
    [
        (["gibt-es-nicht"], {}, 2, "gibt-es-nicht"),
        (["--dryrun"], {}, 2, "--dryrun"),
        ([], {"KB_CORPSE": "x"}, 2, "KB_CORPSE"),
        ([], {"KB_PORT": "viele"}, 2, "KB_PORT"),
        ([], {"KB_CORPUS": "/gibt/es/nicht"}, 1, "/gibt/es/nicht"),
        (["corpus", "--dry-run"], {"KB_QDRANT_URL": "http://127.0.0.1:9"}, 1, "KB_QDRANT_URL"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_a_code(
    tmp_path: Path, arguments: list[str], settings: dict[str, str], code: int, named: str
) -> None:
    done = run(tmp_path, *arguments, **settings)
    assert done.returncode == code
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_only_one_ingestion_runs_at_a_time(tmp_path: Path) -> None:
    write(tmp_path / "corpus", {"a.md": "Text."})
    data = tmp_path / "data"
    data.mkdir()
    with FileLock(data / "ingest.lock"):
        done = run(data, str(tmp_path / "corpus"))
    assert (done.returncode, "läuft schon" in done.stderr) == (1, True)


class Leaving:
    """A store that says what is published as often as there are answers, and then is away."""

    def __init__(self, *answers: str | None) -> None:
        self._answers = list(answers)

    def published(self) -> str | None:
        if not self._answers:
            message = "Der Qdrant-Server antwortet nicht."
            raise StoreUnavailableError(message)
        return self._answers.pop(0)


@pytest.mark.parametrize(
    ("answers", "code", "published"),
    [
        (["g000001"], 1, None),  # away in the end: nobody knows of another generation
        ([], 1, None),
        (["g000001", "g000001"], 1, None),
        (["g000001", "g000002"], 3, "g000002"),  # it failed when the swap was done
        ([None, "g000001"], 3, "g000001"),
    ],
)
def test_a_failure_is_told_by_what_is_served_and_a_store_that_is_away_is_no_change(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    answers: list[str | None],
    code: int,
    published: str | None,
) -> None:
    store = Leaving(*answers)

    def fail(*_: object) -> None:
        message = "Der Qdrant-Server antwortet nicht."
        raise StoreUnavailableError(message)

    monkeypatch.setenv("KB_DATA", str(tmp_path))
    monkeypatch.setattr(command, "connect_store", lambda _: store)
    monkeypatch.setattr(command, "ingest", fail)
    assert command.main(["--json"]) == code
    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (report["published"], report["try_again"]) == (published, code == 1)
