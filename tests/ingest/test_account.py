"""What is kept of a run: why nothing was published, and how long the next one will take."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn

import pytest

from index.errors import IngestionRunningError, KnowledgeBaseError, WithdrawnError
from index.last_run import FILE_NAME, LastRun, Unpublished, bounded, read_last_run, write_last_run
from ingest import __main__ as command
from ingest.account import expected_s, keep_report
from ingest.publishing.gate import GateResult
from ingest.publishing.publisher import Publisher
from tests.ingest.corpora import embedded, ingest, write
from tests.ingest.publishing.examiner import Examiner

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.report import Report
    from tests.fake_encoder import WordEncoder

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
WORSE = "recall@5 fiel von 0,90 auf 0,10; erlaubt sind 0,03"


def unpublished(data: Path) -> tuple[str, ...] | None:
    last = read_last_run(data)
    assert last is not None
    return last.unpublished.reasons if last.unpublished else None


@pytest.fixture
def refused(tmp_path: Path, encoder: WordEncoder) -> Report:
    """The report of a second run that the gate did not let through."""
    write(tmp_path / "corpus", {"a.md": "Text."})
    collection = embedded(tmp_path)
    ingest(tmp_path / "corpus", collection, encoder)
    write(tmp_path / "corpus", {"b.md": "Mehr."})
    gate = Publisher(collection, Examiner(GateResult((WORSE,))))
    return ingest(tmp_path / "corpus", collection, encoder, publisher=gate)


def test_what_was_refused_is_kept_as_the_report_says_it_until_a_run_is_fine(
    tmp_path: Path, refused: Report, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATA", str(tmp_path))
    keep_report(refused, tmp_path)
    kept = unpublished(tmp_path)
    assert kept is not None
    assert f"  {WORSE}" in kept
    assert list(kept) == refused.outcome()
    fine = ingest(tmp_path / "corpus", embedded(tmp_path), encoder)
    keep_report(fine, tmp_path)
    assert unpublished(tmp_path) is None


def test_the_list_of_generations_ends_with_what_was_refused(
    tmp_path: Path,
    refused: Report,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KB_DATA", str(tmp_path))
    keep_report(refused, tmp_path)
    assert command.main(["generations", "--json"]) == 0
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert lines[0].startswith("→ g000001")
    assert [line for line in lines if "hat nichts veröffentlicht" in line] == [lines[1]]
    assert "--force" in lines[-1]
    assert WORSE in json.loads(told.out)["unpublished"]["reasons"][1]


def test_if_no_source_could_be_read_each_is_named(tmp_path: Path, encoder: WordEncoder) -> None:
    write(tmp_path / "corpus", {"leer.pdf": b""})
    report = ingest(tmp_path / "corpus", embedded(tmp_path), encoder)
    keep_report(report, tmp_path)
    kept = unpublished(tmp_path)
    assert kept is not None
    assert kept[0].startswith("leer.pdf: ")


def failing(error: BaseException) -> object:
    def fail(*_: object) -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "kept"),
    [
        (WithdrawnError("g000002", "g000001"), "Der Stand g000002 wurde zurückgenommen"),
        (KnowledgeBaseError("Im Modell fehlt etwas."), "Im Modell fehlt etwas."),
        (OSError(28, "Kein Platz", "/mnt/x"), "Kein Platz"),
        (IngestionRunningError("Es läuft schon eine Aufnahme."), None),
        (KeyboardInterrupt(), None),
    ],
)
def test_an_error_is_kept_beside_what_is_known_of_the_run_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, kept: str | None
) -> None:
    monkeypatch.setenv("KB_DATA", str(tmp_path))
    monkeypatch.setattr(command, "ingest", failing(error))
    before = LastRun(AT, {"leer.pdf": "Die Datei ist leer."}, 7.0, 3.0)
    write_last_run(tmp_path, before)
    assert command.main([]) == 1
    after = read_last_run(tmp_path)
    assert after is not None
    assert replace(after, unpublished=None) == before
    assert (after.unpublished is None) == (kept is None)
    assert kept is None or kept in " ".join(after.unpublished.reasons if after.unpublished else ())


def test_folders_of_this_machine_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("KB_CORPUS", str(tmp_path / "corpus"))
    assert command.main([]) == 1
    kept = unpublished(tmp_path / "var")
    assert kept is not None
    assert "Den Ordner KB_CORPUS gibt es nicht" in kept[0]
    last = read_last_run(tmp_path / "var")
    assert last is not None
    assert last.as_of is None  # no run came to its end yet


def test_what_is_kept_is_bounded_and_says_at_last_what_to_do() -> None:
    kept = bounded([*(f"Zeile {number} " + "x" * 10_000 for number in range(1_000)), "Das ist zu tun."])
    assert len(kept) == 20
    assert max(map(len, kept)) == 500
    assert kept[-2:] == ("… und 982 weitere Zeilen", "Das ist zu tun.")
    assert bounded(["kurz"]) == ("kurz",)
    assert bounded(["\udcff"]) == ("?",)


def test_an_account_of_an_earlier_version_still_reads(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"as_of": "2026-11-25T09:30:00Z", "failed": {}}', "utf-8")
    assert read_last_run(tmp_path) == LastRun(AT, {})


def test_it_reads_back_what_was_written(tmp_path: Path) -> None:
    run = LastRun(AT, {"a.md": "leer"}, 4.5, 12.0, Unpublished(AT, ("Zeile 1", "Zeile 2")))
    write_last_run(tmp_path, run)
    assert read_last_run(tmp_path) == run


def test_one_changed_passage_takes_as_long_as_everything_else_does(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    write(tmp_path / "corpus", {"a.md": "Text.", "b.md": "Mehr."})
    collection = embedded(tmp_path)
    first = ingest(tmp_path / "corpus", collection, encoder)
    assert 0 < first.reading_s < first.took_s
    keep_report(replace(first, encoded=100, took_s=32.0, reading_s=20.0), tmp_path)
    write(tmp_path / "corpus", {"a.md": "Anderer Text."})
    plan = ingest(tmp_path / "corpus", collection, encoder, dry_run=True)
    assert expected_s(plan, tmp_path) == 12.2  # 12 s of everything else, one passage at 5 a second
    (tmp_path / "corpus" / "a.md").unlink()
    gone = ingest(tmp_path / "corpus", collection, encoder, dry_run=True)
    assert (gone.to_encode, expected_s(gone, tmp_path)) == (0, 12.0)
    said = replace(gone, expected_s=12.0).outcome()
    assert said[0] == "Zu berechnen wären 0 Textstellen, die Aufnahme dauert etwa 12 s."


def test_a_run_that_does_nothing_takes_no_time_and_says_nothing_about_it(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    write(tmp_path / "corpus", {"a.md": "Text."})
    collection = embedded(tmp_path)
    ingest(tmp_path / "corpus", collection, encoder)
    write_last_run(tmp_path, LastRun(AT, {}, 5.0, 12.0))
    keep_report(ingest(tmp_path / "corpus", collection, encoder), tmp_path)
    last = read_last_run(tmp_path)
    assert last is not None
    assert (last.passages_per_s, last.fixed_s) == (5.0, 12.0)
    plan = ingest(tmp_path / "corpus", collection, encoder, dry_run=True)
    assert expected_s(plan, tmp_path) == 0
    assert replace(plan, expected_s=0.0).outcome()[0] == "Zu berechnen wären 0 Textstellen."
