"""A backup is worth what its restoration is: everything here is backed up and put back for real."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NoReturn

import httpx
import pytest
from qdrant_client import QdrantClient

from index.collection import Filters, QuestionVectors
from index.durable import copy_tree
from index.embedded import folder
from index.embedded.collection import EmbeddedCollection
from index.embedded.sums import SUMS
from index.errors import StoreFullError, StoreUnavailableError
from index.lexical import question_terms
from index.open_questions import FILE_NAME as OPEN_QUESTIONS
from index.open_questions import OpenQuestions
from index.ranking import Weights
from index.server import snapshots
from index.server.collection import ServerCollection
from index.server.requests import PREFIX
from index.settings import read_settings
from ingest.backups import databases, packing, places, replacing, restore
from ingest.backups.archive import check, open_archive
from ingest.backups.backup import BackupReport, back_up
from ingest.backups.manifest import ArchiveError
from ingest.backups.places import Places
from ingest.backups.restore import Restoration, RestoreReport
from ingest.publishing.journal import Journal, JournalEntry, Step
from tests.fake_encoder import WordEncoder
from tests.index.passages import indexed, passage
from tests.ingest.corpora import ingest, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.collection import Export, Generation
    from index.stamp import Stamp

SERVER = os.environ.get("KB_TEST_QDRANT_URL")
NOW = datetime(2026, 11, 26, 15, 12, tzinfo=UTC)
FORMER = "vor-2026-11-26-151200"
QUESTIONS = ("Wer zahlt den Bus?", "Welche Versicherung?", "Was kostet die Fähre nach Kołobrzeg?")
CORPUS: dict[str, str | bytes] = {
    "handbuch/reise.md": "# Reise\n\n## Bus\n\nDen Bus zahlt der Verein.\n\n## Fähre\n\nSie ist teuer.\n",
    f"handbuch/{'Überfahrt ' * 20}.md": "# Überfahrt\n\nDie Fähre nach Kołobrzeg kostet 80 Euro.\n",
    "faq/versicherung.yaml": "- frage: Welche Versicherung?\n  antwort: Eine Haftpflicht für alle.\n",
    "faq/_defaults.yaml": "topics: [versicherung]\n",
    "fragen.yaml": "[]\n",
    "thesaurus.yaml": "[]\n",
    ".versteckt/notiz": b"\x00\xff",
    "studien/_leer.md": "",
}


@dataclass(frozen=True)
class House:
    """A knowledge base with its folders."""

    corpus: Path
    data: Path

    @property
    def collection(self) -> EmbeddedCollection:
        return EmbeddedCollection(self.data / "index")

    def back_up(self, target: Path) -> BackupReport:
        return back_up(read_settings({"KB_DATA": str(self.data)}), self.corpus, self.collection, target, NOW)

    def restore(self, archive: Path, stamp: Stamp | None, *, over: bool = False) -> RestoreReport:
        wanted = Restoration(archive, self.corpus, self.data, over, NOW, by="anna")
        return restore.restore(wanted, self.collection, stamp)

    def beside(self) -> set[str]:
        """Everything that lies beside and in the folders, for finding what should not be there."""
        ours = (self.corpus, *(self.data / name for name in ("index", "models", "switch.lock")))
        return {
            str(path)
            for home in {self.corpus.parent, self.data}
            if home.is_dir()
            for path in home.iterdir()
            if path not in ours and path != self.data
        }


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A knowledge base that tests copy and never change."""
    home = tmp_path_factory.mktemp("ingested")
    made = House(home / "corpus", home / "var")
    write(made.corpus, CORPUS)
    ingest(made.corpus, made.collection, WordEncoder())
    Journal(made.data).add(JournalEntry(NOW, Step.PUBLISHED, "g000001"))
    (made.data / "report.json").write_text('{"as_of": "2026-11-26T00:00:00Z", "failed": {}}', "utf-8")
    (made.data / "models").mkdir()
    (made.data / "models" / "weights").write_bytes(bytes(10_000))
    return made


@pytest.fixture(scope="module")
def backed_up(ingested: House, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    target = tmp_path_factory.mktemp("backed up") / "s.zip"
    ingested.back_up(target)
    return target


@pytest.fixture(scope="module")
def changed(ingested: House, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Path]:
    """The same with a database, ingested again after it was backed up; and that backup."""
    home = tmp_path_factory.mktemp("changed")
    copy_tree(ingested.corpus.parent, home / "haus")
    made = House(home / "haus" / "corpus", home / "haus" / "var")
    database(made.data / "notizen.sqlite", "in der Sicherung")
    made.back_up(home / "s.zip")
    database(made.data / "notizen.sqlite", "seither")
    write(made.corpus, {"handbuch/neu.md": "# Neu\n\nSeit der Sicherung dazugekommen.\n"})
    ingest(made.corpus, made.collection, WordEncoder())
    return made, home / "s.zip"


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is synced when is tested in `tests/index/test_durable.py`."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture
def house(ingested: House, tmp_path: Path) -> House:
    copy_tree(ingested.corpus.parent, tmp_path / "haus")
    return House(tmp_path / "haus" / "corpus", tmp_path / "haus" / "var")


@pytest.fixture
def empty(tmp_path: Path) -> House:
    return House(tmp_path / "leer" / "corpus", tmp_path / "leer" / "var")


@pytest.fixture
def archive(backed_up: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(backed_up, tmp_path / "Sicherung vom Büro.zip"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def answers(generation: Generation) -> list[object]:
    encoder = WordEncoder()
    found: list[object] = [generation.catalogue(), generation.words(), generation.facets(Filters())]
    for question in QUESTIONS:
        dense = encoder.encode_queries([question])[0]
        vectors = QuestionVectors(dense, question_terms(question), Weights(terms=0.003))
        found.append(generation.search(vectors, Filters(), 10))
    return found


def database(path: Path, text: str, *, mode: str = "delete") -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
        connection.execute("CREATE TABLE IF NOT EXISTS notes (text)")
        connection.execute("INSERT INTO notes VALUES (?)", [text])
        connection.commit()


def texts(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes")]


def failing(number: int = errno.ENOSPC) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def test_an_empty_machine_has_everything_again(
    house: House, empty: House, archive: Path, encoder: WordEncoder
) -> None:
    restored = empty.restore(archive, encoder.stamp)
    (report,) = restored.lines()
    assert f"{len(CORPUS)} Dateien in {empty.corpus}" in report
    assert restored.complete
    assert files(empty.corpus) == files(house.corpus)
    assert answers(empty.collection.open()) == answers(house.collection.open())
    assert Journal(empty.data).entries()[0] == Journal(house.data).entries()[0]
    assert not (empty.data / "report.json").exists()
    assert not (empty.data / "models").exists()
    again = ingest(empty.corpus, empty.collection, encoder)
    assert again.plan.empty


def test_the_report_of_a_backup_says_what_is_in_it(house: House, tmp_path: Path) -> None:
    database(house.data / "notizen.sqlite", "eins")
    report = house.back_up(tmp_path / "s.zip")
    assert (report.corpus_files, report.generation) == (len(CORPUS), house.collection.published())
    (line,) = report.lines()
    assert "Datenbank notizen.sqlite" in line
    assert "unversehrt" in line
    assert check(tmp_path / "s.zip").made_at == NOW


def test_the_restored_index_takes_no_more_room(
    house: House, empty: House, archive: Path, encoder: WordEncoder
) -> None:
    def taken(folder: Path) -> int:
        return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))

    empty.restore(archive, encoder.stamp)
    assert taken(empty.data / "index") < 1.2 * taken(house.data / "index")
    assert archive.stat().st_size < 4_000_000


def test_only_the_published_generation_is_taken_while_another_is_written(
    house: House, empty: House, tmp_path: Path, encoder: WordEncoder
) -> None:
    before = answers(house.collection.open())
    draft = house.collection.draft(encoder.stamp)
    draft.put(indexed([passage("Noch nicht fertig.", "neu.md")], encoder))
    house.back_up(tmp_path / "s.zip")
    draft.discard()
    empty.restore(tmp_path / "s.zip", encoder.stamp)
    assert answers(empty.collection.open()) == before
    assert len(empty.collection.generations()) == 1


def test_a_corpus_that_was_never_ingested_is_backed_up_without_an_index(
    tmp_path: Path, empty: House, encoder: WordEncoder
) -> None:
    house = House(tmp_path / "neu" / "corpus", tmp_path / "neu" / "var")
    write(house.corpus, CORPUS)
    assert "kein Stand" in house.back_up(tmp_path / "s.zip").lines()[0]
    report = empty.restore(tmp_path / "s.zip", encoder.stamp)
    assert report.unpublished is not None
    assert "python -m ingest" in report.unpublished
    assert report.complete  # there was none in it
    assert files(empty.corpus) == files(house.corpus)


def test_links_out_of_the_corpus_are_named_and_not_followed(
    house: House, empty: House, tmp_path: Path, encoder: WordEncoder
) -> None:
    (tmp_path / "geheim.txt").write_text("geheim", "utf-8")
    (house.corpus / "hinaus.txt").symlink_to(tmp_path / "geheim.txt")
    (house.corpus / "ordner").symlink_to(tmp_path)
    (house.corpus / "innen.md").symlink_to(house.corpus / "handbuch" / "reise.md")
    (house.corpus / "leere").symlink_to(tmp_path / "nirgends")
    os.mkfifo(house.corpus / "rohr")
    Path(os.fsdecode(os.fsencode(house.corpus) + b"/k\xe4se.txt")).write_text("x", "utf-8")
    (house.corpus / "leerer Ordner").mkdir()
    report = house.back_up(tmp_path / "s.zip")
    named = [line.partition(": ")[2].partition(": ")[0] for line in report.lines()[1:]]
    assert sorted(named) == ["hinaus.txt", r"k\udce4se.txt", "leere", "ordner", "rohr"]
    empty.restore(tmp_path / "s.zip", encoder.stamp)
    assert (empty.corpus / "innen.md").read_bytes() == (house.corpus / "handbuch" / "reise.md").read_bytes()
    assert not (empty.corpus / "innen.md").is_symlink()
    assert (empty.corpus / "leerer Ordner").is_dir()


@pytest.mark.parametrize("place", ["corpus/s.zip", "corpus/faq/s.zip", "var/s.zip", "var/index/s.zip"])
def test_an_archive_never_lies_in_what_it_backs_up(house: House, place: str) -> None:
    with pytest.raises(ArchiveError, match="außerhalb"):
        house.back_up(house.corpus.parent / place)


def test_an_archive_is_never_written_over_a_file(house: House, archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(ArchiveError, match=r"gibt es schon.*neuen Dateinamen"):
        house.back_up(archive)
    assert archive.read_bytes() == before


def test_a_wrong_place_is_said_so(house: House, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"Ordner .* gibt es nicht"):
        house.back_up(tmp_path / "nirgends" / "s.zip")
    with pytest.raises(ArchiveError, match="KB_CORPUS"):
        replace(house, corpus=tmp_path / "nirgends").back_up(tmp_path / "s.zip")
    with pytest.raises(ArchiveError, match="liegt im Ordner der Materialien"):
        replace(house, corpus=house.corpus.parent).back_up(tmp_path / "s.zip")


def test_a_full_disk_leaves_nothing_behind(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(packing, "comment_on", failing())
        with pytest.raises(ArchiveError, match=r"kein Platz mehr.*Es blieb nichts zurück"):
            house.back_up(place / "s.zip")
        patched.setattr(packing, "comment_on", failing(errno.EFBIG))
        with pytest.raises(ArchiveError, match=r"FAT32.*exFAT oder NTFS"):
            house.back_up(place / "s.zip")
    assert list(place.iterdir()) == []
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1_000_000))
        with pytest.raises(StoreFullError, match="gebraucht werden"):
            house.back_up(place / "s.zip")
    assert list(place.iterdir()) == []


def test_what_a_killed_backup_left_is_cleared_away(house: House, tmp_path: Path) -> None:
    (tmp_path / ".s.zip.neu").mkdir()
    (tmp_path / ".s.zip.neu" / "archive.zip").write_bytes(b"halb")
    house.back_up(tmp_path / "s.zip")
    assert not (tmp_path / ".s.zip.neu").exists()


def test_what_is_there_is_never_overwritten_unasked(
    house: House, empty: House, archive: Path, encoder: WordEncoder
) -> None:
    before = files(house.corpus.parent)
    with pytest.raises(ArchiveError, match=r"Materialien im Ordner .* Stand g000001.*--replace") as refused:
        house.restore(archive, encoder.stamp)
    assert FORMER in str(refused.value)
    assert files(house.corpus.parent) == before
    empty.data.mkdir(parents=True)
    database(empty.data / "notizen.sqlite", "hier")
    with pytest.raises(ArchiveError, match=r"Datenbank notizen\.sqlite"):
        empty.restore(archive, encoder.stamp)


def test_an_empty_corpus_folder_is_no_obstacle(empty: House, archive: Path, encoder: WordEncoder) -> None:
    empty.corpus.mkdir(parents=True)
    assert empty.restore(archive, encoder.stamp).kept == ()
    assert len(files(empty.corpus)) == len(CORPUS)


def test_replacing_keeps_the_former_things_beside_and_the_way_back(
    house: House, archive: Path, encoder: WordEncoder
) -> None:
    restored = answers(house.collection.open())
    write(house.corpus, {"handbuch/neu.md": "# Neu\n\nSeit der Sicherung dazugekommen.\n"})
    ingest(house.corpus, house.collection, encoder)
    later, former = files(house.corpus), house.collection.published()
    assert former is not None
    serving = house.collection.open()
    report = house.restore(archive, encoder.stamp, over=True)
    kept = house.corpus.with_name(f"corpus.{FORMER}")
    assert files(kept) == later
    assert kept in report.kept
    assert str(kept) in "\n".join(report.lines())
    assert "handbuch/neu.md" not in files(house.corpus)
    assert answers(house.collection.open()) == restored
    assert "handbuch/neu.md" in [entry.source for entry in serving.catalogue()]  # who reads may go on
    record = house.collection.generations()[-1]
    assert (record.id, record.former) == (report.generation, former)
    last = Journal(house.data).entries()[-1]
    assert (last.step, last.generation, last.former) == (Step.RESTORED, report.generation, former)
    assert last.by == "anna"
    house.collection.publish(former)
    assert "handbuch/neu.md" in [entry.source for entry in house.collection.open().catalogue()]


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_is_backed_up_and_restored_while_it_is_in_use(
    house: House, empty: House, tmp_path: Path, encoder: WordEncoder, mode: str
) -> None:
    path = house.data / "notizen.sqlite"
    database(path, "eins", mode=mode)
    database(house.data / "vectors.sqlite", "Zwischenspeicher")
    (house.data / "kaputt.db").write_bytes(b"keine Datenbank")
    with closing(sqlite3.connect(path, isolation_level=None)) as user:
        user.execute("BEGIN IMMEDIATE")
        user.execute("INSERT INTO notes VALUES ('halb')")
        report = house.back_up(tmp_path / "s.zip")
        user.execute("COMMIT")
        assert report.databases == ("notizen.sqlite",)
        with open_archive(tmp_path / "s.zip") as opened:
            assert [m.path for m in opened.manifest.below("data")] == [
                "data/notizen.sqlite",
                "data/publications.jsonl",
            ]
        empty.restore(tmp_path / "s.zip", encoder.stamp)
        assert texts(empty.data / "notizen.sqlite") == ["eins"]
        house.restore(tmp_path / "s.zip", encoder.stamp, over=True)
        assert [text for (text,) in user.execute("SELECT text FROM notes")] == ["eins"]
    assert texts(path) == ["eins"]
    assert texts(path.with_name(f"notizen.sqlite.{FORMER}")) == ["eins", "halb"]


def test_a_damaged_database_is_moved_aside_and_restored(
    house: House, tmp_path: Path, encoder: WordEncoder
) -> None:
    path = house.data / "notizen.sqlite"
    database(path, "eins")
    house.back_up(tmp_path / "s.zip")
    path.write_bytes(b"Schrott" * 1_000)
    house.restore(tmp_path / "s.zip", encoder.stamp, over=True)
    assert texts(path) == ["eins"]
    assert path.with_name(f"notizen.sqlite.{FORMER}").read_bytes() == b"Schrott" * 1_000


@pytest.mark.parametrize("address", ["sqlite:///{here}", "postgresql://nutzer:geheim@rechner/lotse"])
def test_a_database_elsewhere_is_named_without_its_address(
    house: House, tmp_path: Path, address: str
) -> None:
    database(tmp_path / "woanders.sqlite", "eins")
    url = address.format(here=tmp_path / "woanders.sqlite")
    settings = read_settings({"KB_DATA": str(house.data), "KB_DATABASE_URL": url})
    report = back_up(settings, house.corpus, house.collection, tmp_path / "s.zip", NOW)
    assert "KB_DATABASE_URL" in report.lines()[1]
    assert "geheim" not in "\n".join(report.lines())


def test_an_index_of_another_encoder_is_not_served(
    house: House, empty: House, archive: Path, encoder: WordEncoder
) -> None:
    report = empty.restore(archive, WordEncoder("another model").stamp)
    assert empty.collection.published() is None
    assert report.unpublished is not None
    assert "Modell »words« statt »another model«" in report.unpublished
    assert "python -m ingest" in report.unpublished
    assert files(empty.corpus) == files(house.corpus)
    report = house.restore(archive, None, over=True)
    assert house.collection.published() == "g000001"
    assert "kein Sprachmodell" in "\n".join(report.lines())
    assert ingest(empty.corpus, empty.collection, encoder).published


def test_an_index_of_the_other_kind_of_store_is_not_served(
    house: House, empty: House, archive: Path, encoder: WordEncoder
) -> None:
    server = ServerCollection(QdrantClient(":memory:"))
    report = restore.restore(
        Restoration(archive, empty.corpus, empty.data, replace=False, now=NOW, by="anna"),
        server,
        encoder.stamp,
    )
    assert server.published() is None
    assert report.unpublished is not None
    assert "Qdrant-Server" in report.unpublished
    assert "python -m ingest" in report.unpublished
    assert files(empty.corpus) == files(house.corpus)


def damage(data: Path) -> None:
    for path in (data / "index").rglob("segment.json"):
        path.write_text("{}", "utf-8")


def flip_a_letter(data: Path) -> None:
    """What only the sums of the files notice."""
    (page,) = (data / "index").glob("generations/g*/shard/segments/*/payload_storage/page_0.dat")
    with page.open("r+b") as file:
        file.seek(page.read_bytes().index(b"zahlt"))
        file.write(b"Z")


@pytest.mark.parametrize("harm", [damage, flip_a_letter])
def test_a_damaged_index_is_left_out_and_everything_else_saved(
    house: House, empty: House, tmp_path: Path, encoder: WordEncoder, harm: Callable[[Path], None]
) -> None:
    harm(house.data)
    report = house.back_up(tmp_path / "s.zip")
    first, second = report.lines()
    assert "kein Stand (er ist beschädigt)" in first
    assert second.startswith("Nicht enthalten: Stand g000001, er ist beschädigt")
    assert (report.generation, report.left_out) == (None, "g000001")
    restored = empty.restore(tmp_path / "s.zip", encoder.stamp)
    assert "python -m ingest" in (restored.unpublished or "")
    assert files(empty.corpus) == files(house.corpus)


def test_a_store_that_goes_away_meanwhile_ends_a_backup(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> NoReturn:
        raise StoreUnavailableError(reason)

    def open_(*_: object) -> NoReturn:
        monkeypatch.setattr(EmbeddedCollection, "published", away)
        away()

    reason = "der Server ist weg"
    monkeypatch.setattr(EmbeddedCollection, "open", open_)
    with pytest.raises(StoreUnavailableError, match=reason):
        house.back_up(tmp_path / "s.zip")
    assert {path.name for path in tmp_path.iterdir()} == {"haus"}


def test_the_restored_index_is_verified_like_the_original(
    empty: House, archive: Path, encoder: WordEncoder
) -> None:
    name = empty.restore(archive, encoder.stamp).generation
    assert name is not None
    empty.collection.open(name).close()
    assert empty.collection.damaged_files(name) == []
    flip_a_letter(empty.data)
    assert len(empty.collection.damaged_files(name)) == 1


def test_a_backup_of_an_earlier_version_without_sums_is_restored(
    house: House, empty: House, tmp_path: Path, encoder: WordEncoder
) -> None:
    (house.data / "index" / "generations" / "g000001" / SUMS).unlink()
    house.back_up(tmp_path / "s.zip")
    name = empty.restore(tmp_path / "s.zip", encoder.stamp).generation
    assert name is not None
    assert empty.collection.damaged_files(name) == []
    assert answers(empty.collection.open()) == answers(house.collection.open())


class PanicError(BaseException):
    """Stands for Rust's, which cannot be imported."""


def test_a_panic_of_the_store_leaves_the_index_out_too(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(_path: str) -> NoReturn:
        raise PanicError

    monkeypatch.setattr(folder, "EdgeShard", SimpleNamespace(load=panic))
    assert house.back_up(tmp_path / "s.zip").left_out == "g000001"


def unopenable(house: House, target: Path) -> None:
    """Back up a damaged index, as one of another version of the store would be."""
    damage(house.data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(EmbeddedCollection, "open", lambda *_: SimpleNamespace(close=list))
        house.back_up(target)


def test_an_index_that_the_store_cannot_open_is_not_served(
    house: House, empty: House, encoder: WordEncoder, tmp_path: Path
) -> None:
    unopenable(house, tmp_path / "s.zip")
    report = empty.restore(tmp_path / "s.zip", encoder.stamp)
    assert report.unpublished is not None
    assert "andere Fassung" in report.unpublished
    assert not report.complete
    assert empty.collection.generations() == []
    assert files(empty.corpus) == files(house.corpus)


@pytest.mark.parametrize("reason", ["full", "no right", "away"])
def test_a_store_that_is_full_or_away_ends_it_and_changes_nothing(
    empty: House, archive: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    def adopt(collection: EmbeddedCollection, _export: Export) -> NoReturn:
        if reason == "full":
            raise StoreFullError(reason)
        if reason == "away":
            monkeypatch.setattr(collection, "published", away)
        raise StoreUnavailableError(reason) from (PermissionError() if reason == "no right" else None)

    def away() -> NoReturn:
        raise StoreUnavailableError(reason)

    monkeypatch.setattr(EmbeddedCollection, "adopt", adopt)
    with pytest.raises(StoreUnavailableError, match=reason):
        empty.restore(archive, encoder.stamp)
    assert files(empty.corpus.parent) == {}


def test_a_damaged_archive_changes_nothing(empty: House, archive: Path, encoder: WordEncoder) -> None:
    raw = bytearray(archive.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 100] = bytes(100)
    archive.write_bytes(raw)
    with pytest.raises(ArchiveError, match="nichts verändert"):
        empty.restore(archive, encoder.stamp)
    assert files(empty.corpus.parent) == {}


def test_an_archive_that_there_is_no_room_for_changes_nothing(
    empty: House, archive: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 100_000_000))
    with pytest.raises(StoreFullError, match=r"gebraucht werden.*nichts verändert"):
        empty.restore(archive, encoder.stamp)
    assert files(empty.corpus.parent) == {}


def test_the_room_for_the_former_databases_is_counted(
    house: House, archive: Path, encoder: WordEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database(house.data / "notizen.sqlite", "x" * 100_000)
    house.back_up(tmp_path / "s.zip")
    asked: list[int] = []
    monkeypatch.setattr(places, "require_room", lambda _folder, needed, _advice: asked.append(needed))
    house.restore(archive, encoder.stamp, over=True)
    without = asked.pop()
    monkeypatch.setattr(Places, "former", lambda _, path: path.with_name(f"{path.name}.früher"))
    shutil.rmtree(house.corpus.with_name(f"corpus.{FORMER}"))
    house.restore(tmp_path / "s.zip", encoder.stamp, over=True)
    size = (house.data / "notizen.sqlite").stat().st_size
    assert asked.pop() - without > 4 * size - 50_000  # unpacked, in place, kept, SQLite's way back


def test_network_shares_whose_folders_have_no_fsync_are_fine(
    house: House, empty: House, tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "fsync", files_only)
    house.back_up(tmp_path / "s.zip")
    assert empty.restore(tmp_path / "s.zip", encoder.stamp).complete


def test_a_full_disk_of_the_server_is_told_from_an_archive_that_it_does_not_take() -> None:
    full = httpx.Response(500, text='{"status":{"error":"No space left on device (os error 28)"}}')
    with pytest.raises(StoreFullError, match="Datenträger des Qdrant-Servers"):
        snapshots._accepted(full)
    with pytest.raises(StoreUnavailableError) as told:
        snapshots._accepted(httpx.Response(400, text="wrong snapshot"))
    assert not isinstance(told.value, StoreFullError)


class PowerCutError(BaseException):
    """Stands for whatever may stop a process, Ctrl-C too."""


STEPS = [  # and at which time of it
    (EmbeddedCollection, "adopt", 1),
    (replacing, "copy_database", 1),  # the former one is kept
    (Path, "rename", 2),  # … under its name
    (replacing, "copy_database", 2),  # the restored one goes in
    (restore, "add_journal", 1),
    (Path, "rename", 3),  # the former corpus is kept
    (Path, "rename", 4),  # the restored one goes in
    (Journal, "add", 1),
    (EmbeddedCollection, "publish", 1),
]


@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS, ids=[f"{name} {count}" for _, name, count in STEPS])
def test_an_interruption_at_any_step_leaves_everything_as_it_was(
    changed: tuple[House, Path],
    encoder: WordEncoder,
    tmp_path: Path,
    *,
    step: tuple[object, str, int],
    late: bool,
) -> None:
    copy_tree(changed[0].corpus.parent, tmp_path / "haus")
    house, archive = House(tmp_path / "haus" / "corpus", tmp_path / "haus" / "var"), changed[1]
    before, beside, served = files(house.corpus), house.beside(), house.collection.published()
    owner, name, count = step
    real = getattr(owner, name)
    taken: list[str] = []

    def stop(*arguments: object, **named: object) -> object:
        taken.append(name)
        if len(taken) != count:  # later ones are the way back, which goes through the same functions
            return real(*arguments, **named)
        if late:
            real(*arguments, **named)
        raise PowerCutError

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(owner, name, stop)
        if late and name == "publish":  # once it took effect it is done
            house.restore(archive, encoder.stamp, over=True)
            assert house.collection.published() == "g000003"
            return
        with pytest.raises(PowerCutError):
            house.restore(archive, encoder.stamp, over=True)
    assert files(house.corpus) == before
    assert house.collection.published() == served
    assert texts(house.data / "notizen.sqlite") == ["in der Sicherung", "seither"]
    assert house.beside() == beside


@pytest.mark.parametrize("error", [PowerCutError(), OSError(errno.EIO, "kaputt")])
def test_a_publication_that_took_effect_is_never_taken_back(
    empty: House, archive: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    publish = EmbeddedCollection.publish

    def late(collection: EmbeddedCollection, generation: str) -> None:
        publish(collection, generation)
        raise error

    monkeypatch.setattr(EmbeddedCollection, "publish", late)
    report = empty.restore(archive, encoder.stamp)
    assert report.generation == empty.collection.published()
    assert len(files(empty.corpus)) == len(CORPUS)


def test_a_database_that_somebody_locks_meanwhile_keeps_its_former_contents_beside(
    changed: tuple[House, Path], encoder: WordEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_tree(changed[0].corpus.parent, tmp_path / "haus")
    house = House(tmp_path / "haus" / "corpus", tmp_path / "haus" / "var")
    path = house.data / "notizen.sqlite"
    kept = path.with_name(f"notizen.sqlite.{FORMER}")
    with closing(sqlite3.connect(path, isolation_level=None)) as somebody:

        def lock(*_: object) -> NoReturn:
            somebody.execute("BEGIN IMMEDIATE")
            raise OSError(errno.EACCES, "gesperrt")

        monkeypatch.setattr(restore, "replace_corpus", lock)
        monkeypatch.setattr(databases, "_BUSY_TRIES", 0)
        with pytest.raises(ArchiveError, match=r"gesperrt.*nicht alles.*zurücknehmen") as told:
            house.restore(changed[1], encoder.stamp, over=True)
    assert str(kept) in str(told.value)
    assert texts(kept) == ["in der Sicherung", "seither"]


def test_half_a_kept_copy_does_not_stay_behind(
    changed: tuple[House, Path], encoder: WordEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_tree(changed[0].corpus.parent, tmp_path / "haus")
    house = House(tmp_path / "haus" / "corpus", tmp_path / "haus" / "var")
    beside = house.beside()

    def half(_source: Path, target: Path) -> NoReturn:
        target.write_bytes(b"halb")
        raise OSError(errno.ENOSPC, "voll")

    monkeypatch.setattr(replacing, "copy_database", half)
    with pytest.raises(ArchiveError, match=r"voll.*Es ist alles wie vorher"):
        house.restore(changed[1], encoder.stamp, over=True)
    assert house.beside() == beside
    assert texts(house.data / "notizen.sqlite") == ["in der Sicherung", "seither"]


def test_a_second_interruption_does_not_stop_the_way_back() -> None:
    steps: list[str] = []

    def step(name: str) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        steps.append(name)

    def interrupted() -> None:
        with replacing.way_back() as undo:
            undo.callback(step, "first")
            undo.callback(step, "second")
            raise KeyboardInterrupt

    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert steps == ["second", "first"]
    assert signal.getsignal(signal.SIGINT) is handler


def test_a_database_that_is_none_is_refused_before_anything_is_replaced(
    house: House, empty: House, encoder: WordEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (house.data / "notizen.sqlite").write_bytes(b"keine Datenbank")
    with monkeypatch.context() as patched:
        patched.setattr(databases, "is_database", lambda _: True)
        patched.setattr("ingest.backups.backup.copy_database", shutil.copyfile)
        house.back_up(tmp_path / "s.zip")
    with pytest.raises(ArchiveError, match=r"notizen\.sqlite« ist keine Datenbank.*nichts verändert"):
        empty.restore(tmp_path / "s.zip", encoder.stamp)
    assert files(empty.corpus.parent) == {}


def test_two_restorations_within_a_second_overwrite_nothing_that_is_kept(
    house: House, archive: Path, encoder: WordEncoder
) -> None:
    write(house.corpus, {"handbuch/neu.md": "# Neu\n\nSeither.\n"})
    house.restore(archive, encoder.stamp, over=True)
    with pytest.raises(ArchiveError, match="in einer Sekunde"):
        house.restore(archive, encoder.stamp, over=True)
    assert "handbuch/neu.md" in files(house.corpus.with_name(f"corpus.{FORMER}"))


def test_the_journal_and_the_report_of_this_machine_stay(
    house: House, archive: Path, encoder: WordEncoder
) -> None:
    Journal(house.data).add(JournalEntry(NOW, Step.FORCED, "g000001", by="berta"))
    (house.data / "report.json").write_text("{}", "utf-8")
    house.restore(archive, encoder.stamp, over=True)
    steps = [entry.step for entry in Journal(house.data).entries()]
    assert steps == [Step.PUBLISHED, Step.FORCED, Step.RESTORED]
    assert (house.data / "report.json").read_text("utf-8") == "{}"


def test_what_a_killed_restore_left_is_cleared_away(
    empty: House, archive: Path, encoder: WordEncoder
) -> None:
    for aside in (empty.corpus.with_name(".corpus.neu"), empty.data / "restore.neu" / "index"):
        aside.mkdir(parents=True)
        (aside / "halb").write_bytes(b"x")
    empty.restore(archive, encoder.stamp)
    assert not empty.corpus.with_name(".corpus.neu").exists()
    assert not (empty.data / "restore.neu").exists()
    assert "halb" not in files(empty.corpus)


def test_a_failure_of_the_disk_is_one_sentence(
    house: House, archive: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(house.corpus)
    monkeypatch.setattr(replacing, "sync_tree", failing(errno.EACCES))
    with pytest.raises(ArchiveError, match=r"Permission denied.*Es ist alles wie vorher"):
        house.restore(archive, encoder.stamp, over=True)
    assert files(house.corpus) == before


def test_a_store_in_memory_cannot_be_backed_up(house: House, tmp_path: Path, encoder: WordEncoder) -> None:
    server = ServerCollection(QdrantClient(":memory:"))
    ingest(house.corpus, server, encoder)
    with pytest.raises(StoreUnavailableError, match="Arbeitsspeicher"):
        back_up(read_settings({"KB_DATA": str(house.data)}), house.corpus, server, tmp_path / "s.zip", NOW)
    assert not (tmp_path / "s.zip").exists()


@pytest.mark.skipif(SERVER is None, reason="KB_TEST_QDRANT_URL names no Qdrant server")
def test_a_server_is_backed_up_and_restored_by_snapshots(
    house: House, empty: House, tmp_path: Path, encoder: WordEncoder
) -> None:
    client = QdrantClient(url=SERVER, check_compatibility=False)
    for each in client.get_collections().collections:
        if each.name.startswith(PREFIX):
            client.delete_collection(each.name)
    server = ServerCollection(client)
    ingest(house.corpus, server, encoder)
    before = answers(server.open())
    settings = read_settings({"KB_DATA": str(house.data), "KB_QDRANT_URL": str(SERVER)})
    back_up(settings, house.corpus, server, tmp_path / "server.zip", NOW)
    shutil.rmtree(house.corpus / "faq")
    ingest(house.corpus, server, encoder)
    wanted = Restoration(tmp_path / "server.zip", empty.corpus, empty.data, replace=True, now=NOW, by="anna")
    report = restore.restore(wanted, server, encoder.stamp)
    assert report.generation == server.published()
    assert answers(server.open()) == before
    embedded = empty.restore(tmp_path / "server.zip", encoder.stamp, over=True)
    assert "Qdrant-Server" in str(embedded.unpublished)
    client.close()


def test_other_users_of_the_machine_read_neither_the_archive_nor_its_databases(
    house: House, empty: House, tmp_path: Path, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[int] = []
    gather = packing.gather

    def watched(folder: Path, top: str) -> packing.Gathered:
        copies.extend(path.stat().st_mode & 0o777 for path in folder.glob("*.sqlite"))
        return gather(folder, top)

    monkeypatch.setattr("ingest.backups.backup.gather", watched)
    OpenQuestions(house.data / OPEN_QUESTIONS).note("Wer?", "none", NOW.date())
    archive = tmp_path / "private.zip"
    house.back_up(archive)
    assert set(copies) == {0o600}
    assert archive.stat().st_mode & 0o777 == 0o600
    empty.restore(archive, encoder.stamp)
    assert (empty.data / OPEN_QUESTIONS).stat().st_mode & 0o777 == 0o600
