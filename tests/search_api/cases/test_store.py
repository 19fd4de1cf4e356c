"""The store of the cases: what is deleted is gone, what is old is forgotten, what is newer is left alone."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from index.settings import read_settings
from search_api.cases.database import case_database
from search_api.cases.errors import (
    CaseDatabaseError,
    CaseNotFoundError,
    CasesUnavailableError,
    TooManyCasesError,
)
from search_api.cases.store import KEPT, CaseStore
from search_api.schemas import CaseChange, CaseContent
from tests.search_api.test_start import refusal

if TYPE_CHECKING:
    from pathlib import Path

DESK = uuid.uuid4()
SECRET = "Dieser Satz steht nur in einem Fall"


class Clock:
    """A time that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def never(source: str) -> None:
    raise AssertionError(source)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> CaseStore:
    return CaseStore(tmp_path / "var" / "cases.sqlite", clock)


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted((folder / "var").iterdir()))


def test_what_is_deleted_is_gone_from_the_disk(store: CaseStore, tmp_path: Path) -> None:
    kept = store.create(DESK, CaseContent(answer="Dieser bleibt."))
    case = store.create(DESK, CaseContent(questions=[SECRET], answer=SECRET * 300))
    assert SECRET.encode() in on_disk(tmp_path)
    store.delete(DESK, uuid.UUID(case.id))
    assert SECRET.encode() not in on_disk(tmp_path)
    assert store.get(DESK, uuid.UUID(kept.id)) == kept


def test_what_is_overwritten_is_gone_from_the_disk(store: CaseStore, tmp_path: Path) -> None:
    case = store.create(DESK, CaseContent(questions=[SECRET], answer=SECRET))
    store.change(DESK, uuid.UUID(case.id), CaseChange(answer="Anders.", revision=1))
    assert SECRET.encode() not in on_disk(tmp_path)


def test_only_the_owner_of_the_folder_may_read_the_file(store: CaseStore, tmp_path: Path) -> None:
    store.create(DESK, CaseContent())
    assert (tmp_path / "var" / "cases.sqlite").stat().st_mode & 0o077 == 0


def test_times_are_told_with_their_zone(store: CaseStore, clock: Clock) -> None:
    case = store.create(DESK, CaseContent())
    clock.now += timedelta(hours=1)
    later = store.change(DESK, uuid.UUID(case.id), CaseChange(revision=1))
    assert (case.created, case.changed) == (clock.now - timedelta(hours=1),) * 2
    assert (later.created, later.changed) == (case.created, clock.now)


def test_cases_that_nobody_changes_are_forgotten_once_a_day_while_in_use(
    store: CaseStore, clock: Clock
) -> None:
    old = store.create(DESK, CaseContent(questions=["Alt?"]))
    clock.now += timedelta(days=10)
    store.create(DESK, CaseContent(questions=["Jünger?"]))
    clock.now += KEPT - timedelta(days=10)
    assert len(store.summaries(DESK)) == 2  # on the last day
    clock.now += timedelta(days=1)
    assert [case.title for case in store.summaries(DESK)] == ["Jünger?"]
    with pytest.raises(CaseNotFoundError):
        store.get(DESK, uuid.UUID(old.id))


def test_a_change_keeps_a_case_for_another_half_year(store: CaseStore, clock: Clock) -> None:
    case = store.create(DESK, CaseContent())
    clock.now += KEPT
    store.change(DESK, uuid.UUID(case.id), CaseChange(revision=1))
    clock.now += KEPT
    assert store.forget_old() == 0
    clock.now += timedelta(seconds=1)
    assert store.forget_old() == 1


def test_a_database_of_a_newer_version_is_left_alone(store: CaseStore, tmp_path: Path) -> None:
    store.create(DESK, CaseContent())
    with closing(sqlite3.connect(tmp_path / "var" / "cases.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CasesUnavailableError, match="neueren Version"):
        store.summaries(DESK)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("")
    with pytest.raises(CasesUnavailableError, match="KB_DATA"):
        CaseStore(tmp_path / "datei" / "cases.sqlite").summaries(DESK)


def test_a_source_that_cannot_be_remembered_is_taken_back(store: CaseStore, tmp_path: Path) -> None:
    case, taken_back = store.create(DESK, CaseContent()), list[str]()
    with sqlite3.connect(tmp_path / "var" / "cases.sqlite") as database:
        stop = "BEFORE UPDATE OF released ON cases BEGIN SELECT RAISE(ABORT, 'full'); END"
        database.execute(f"CREATE TRIGGER full {stop}")
    with pytest.raises(CasesUnavailableError):
        store.release(DESK, uuid.UUID(case.id), lambda _: "beratung/a.md", taken_back.append)
    assert taken_back == ["beratung/a.md"]
    assert store.summaries(DESK)[0].released is None


def test_a_failing_release_is_not_remembered(store: CaseStore) -> None:
    case = store.create(DESK, CaseContent())

    def fail(_: object) -> str:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - ours
        store.release(DESK, uuid.UUID(case.id), fail, never)
    assert store.release(DESK, uuid.UUID(case.id), lambda _: "beratung/a.md", never) == "beratung/a.md"
    assert store.summaries(DESK)[0].released == "beratung/a.md"


def test_the_database_lies_where_a_setting_says_else_with_the_data(tmp_path: Path) -> None:
    assert case_database(read_settings({"KB_DATA": "x"})).as_posix() == "x/cases.sqlite"
    address = f"sqlite:///{tmp_path}/faelle.sqlite"
    assert case_database(read_settings({"KB_DATABASE_URL": address})) == tmp_path / "faelle.sqlite"


@pytest.mark.parametrize("address", ["postgresql://nutzer:geheim@rechner/lotse", "sqlite:///", "faelle.db"])
def test_another_database_is_refused_without_its_address(address: str) -> None:
    with pytest.raises(CaseDatabaseError, match="sqlite:///") as refused:
        case_database(read_settings({"KB_DATABASE_URL": address}))
    assert "geheim" not in str(refused.value)


def test_another_database_is_refused_at_start(tmp_path: Path) -> None:
    line = refusal(tmp_path, KB_DATABASE_URL="mysql://geheim@rechner/lotse", KB_PORT="8123")
    assert "KB_DATABASE_URL: Fälle werden nur in SQLite gehalten" in line


def test_more_new_cases_and_releases_than_people_make_are_refused_for_a_minute(tmp_path: Path) -> None:
    store = CaseStore(tmp_path / "cases.sqlite")
    for _ in range(60):
        store.create(uuid.uuid4(), CaseContent())
    with pytest.raises(TooManyCasesError, match="in einer Minute"):
        store.create(DESK, CaseContent())
    for _ in range(10):
        with pytest.raises(CaseNotFoundError):
            store.release(DESK, uuid.uuid4(), lambda _: "beratung/a.md", never)
    with pytest.raises(TooManyCasesError):
        store.release(DESK, uuid.uuid4(), lambda _: "beratung/a.md", never)
