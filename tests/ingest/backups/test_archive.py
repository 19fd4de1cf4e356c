"""An archive is believed to the last byte or not at all: damage, forgeries and bombs are refused."""

from __future__ import annotations

import hashlib
import json
import random
import stat
import tracemalloc
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from ingest.backups.archive import MANIFEST, check, comment_on, open_archive
from ingest.backups.manifest import ArchiveError
from ingest.backups.packing import Gathered, gather, pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

NOW = datetime(2026, 11, 26, 15, 12, tzinfo=UTC)
FILES = {
    "corpus/handbuch/Fähren & Züge.md": "Fähren fahren.\n".encode(),
    f"corpus/{'ö' * 120}.txt": b"lang",
    "corpus/faq/leer.yaml": b"",
    "data/publications.jsonl": b"{}",
    "index/shard/zeros.dat": bytes(3_000_000) + b"end" + bytes(500_000),
    "index/shard/noise.dat": random.Random(1).randbytes(300_000),
}

STAMP = {
    "model": "words",
    "revision": "1",
    "query_prefix": "",
    "passage_prefix": "",
    "dimension": 8,
    "analyser": 1,
    "chunker": 1,
    "schema": 1,
}
RECORD = {"id": "g000001", "stamp": STAMP, "passages": 1}


def write(path: Path, folder: Path) -> Path:
    sources = {}
    folder.mkdir()
    for number, (name, content) in enumerate(FILES.items()):
        sources[name] = folder / str(number)
        sources[name].write_bytes(content)
    pack(path, [Gathered(sources, ["corpus/leer", "index/shard/temp"], [])], None, NOW)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write(tmp_path / "s.zip", tmp_path / "sources")


def forge(
    path: Path,
    members: Sequence[tuple[ZipInfo | str, bytes]],
    declared: Mapping[str, object] | None = None,
    said: Mapping[str, object] | None = None,
) -> Path:
    """Make an archive as somebody might who means harm; what is not `declared` is described rightly."""
    files = [
        {
            "path": entry if isinstance(entry, str) else entry.filename,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **(declared or {}),
        }
        for entry, content in members
    ]
    manifest = {
        "version": 1,
        "made_at": NOW.isoformat(),
        "index": None,
        "folders": [],
        "files": files,
        **(said or {}),
    }
    with ZipFile(path, "w", ZIP_DEFLATED) as opened:
        for entry, content in members:
            opened.writestr(entry, content)
        text = json.dumps(manifest).encode()
        opened.writestr(MANIFEST, text)
        opened.comment = comment_on(text)
    return path


def unpack(archive: Path, folder: Path) -> None:
    with open_archive(archive) as opened:
        for top in ("corpus", "index", "data"):
            opened.unpack(top, folder / top)


def unpacked(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_everything_comes_out_as_it_went_in(archive: Path, tmp_path: Path) -> None:
    assert [member.path for member in check(archive).files] == list(FILES)
    unpack(archive, tmp_path / "out")
    assert unpacked(tmp_path / "out") == FILES
    assert (tmp_path / "out" / "corpus" / "leer").is_dir()
    assert (tmp_path / "out" / "index" / "shard" / "temp").is_dir()


def test_zeros_cost_little_in_the_archive_and_become_holes_again(archive: Path, tmp_path: Path) -> None:
    assert archive.stat().st_size < 400_000
    unpack(archive, tmp_path / "out")
    zeros = (tmp_path / "out" / "index" / "shard" / "zeros.dat").stat()
    assert zeros.st_size == 3_500_003
    assert zeros.st_blocks * 512 < 100_000


def test_any_program_can_open_it(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        assert set(FILES) < set(opened.namelist())


def test_a_file_may_grow_over_the_limit_of_the_old_format_while_it_is_packed(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        assert {entry.extract_version for entry in opened.infolist()} - {20} == {45}  # that of ZIP64


def test_a_damaged_byte_anywhere_is_found_or_changes_nothing(archive: Path) -> None:
    """A ZIP has bytes that nobody reads, such as dates; all others are guarded."""
    whole, known = archive.read_bytes(), check(archive)
    found = 0
    near_the_ends = [*range(60), *range(len(whole) - 1_000, len(whole))]
    for at in [*near_the_ends, *range(60, len(whole) - 1_000, len(whole) // 60)]:
        archive.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        try:
            after = check(archive)  # it compares every file with the manifest
        except ArchiveError:
            found += 1
        else:
            assert after == known
    assert found > 500


@pytest.mark.parametrize("length", [0, 1, 70, 5_000, -1, -71, -72, -94, -100])
def test_an_archive_that_was_cut_off_is_refused(archive: Path, length: int) -> None:
    archive.write_bytes(archive.read_bytes()[:length])
    with pytest.raises(ArchiveError, match=r"endet vorzeitig|Inhaltsverzeichnis ist beschädigt"):
        check(archive)


def test_an_archive_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="prüfen Sie den Pfad"):
        check(tmp_path / "nirgends.zip")


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../corpus/a", "corpus/../../a", "corpus/./a", "corpus//a", "corpus/", "corpus"),
        *("a.md", "var/a", "CORPUS/a", "data/ingest.lock", "data/models/a.db", "data/vectors.sqlite", ""),
        *("data/report.json", "data/.", "corpus/a\x1b[2J", "corpus/a\x85", f"corpus/{'ä' * 128}"),
        *(f"corpus/{'ordner/' * 142}a", "corpus/" + "a/" * 50 + "b"),
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(tmp_path: Path, path: str) -> None:
    forged = forge(tmp_path / "s.zip", [("corpus/a.md", b"x")], {"path": path})
    with pytest.raises(ArchiveError, match=r"unzulässigen Pfad|Ordner"):
        check(forged)
    with pytest.raises(ArchiveError, match="unzulässigen Pfad"):
        check(forge(tmp_path / "t.zip", [], said={"folders": [path]}))


def test_links_folders_and_passwords_are_refused(tmp_path: Path) -> None:
    link, packed = ZipInfo("corpus/link"), ZipInfo("corpus/packed")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed.compress_type = zipfile.ZIP_BZIP2
    for number, entry in enumerate((link, ZipInfo("corpus/folder/"), packed)):
        forged = forge(tmp_path / f"{number}.zip", [(entry, b"/etc")])
        with pytest.raises(ArchiveError, match="gewöhnliche Dateien"):
            check(forged)
    locked = forge(tmp_path / "locked.zip", [("corpus/a", b"x")])
    raw = bytearray(locked.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 0x1  # the flag of a password in the directory
    locked.write_bytes(raw)
    with pytest.raises(ArchiveError, match="gewöhnliche Dateien"):
        check(locked)


def test_a_file_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        forged = forge(tmp_path / "s.zip", [("corpus/a", b"x"), ("corpus/a", b"y")])
    with pytest.raises(ArchiveError, match="mehrmals"):
        check(forged)


def test_a_file_that_is_a_folder_too_is_refused(tmp_path: Path) -> None:
    forged = forge(tmp_path / "s.zip", [("corpus/a", b"x"), ("corpus/a/b", b"y")])
    with pytest.raises(ArchiveError, match="Datei und Ordner zugleich"):
        check(forged)


def test_what_the_manifest_does_not_name_is_refused(tmp_path: Path) -> None:
    forged = forge(tmp_path / "s.zip", [("corpus/a", b"x")], said={"files": []})
    with pytest.raises(ArchiveError, match="stimmt nicht"):
        check(forged)


def test_a_wrong_hash_is_refused_and_the_file_is_named(tmp_path: Path) -> None:
    forged = forge(tmp_path / "s.zip", [("corpus/a.md", b"x")], {"sha256": "0" * 64})
    with pytest.raises(ArchiveError, match=r"»corpus/a\.md« ist beschädigt"):
        check(forged)
    with pytest.raises(ArchiveError, match=r"»corpus/a\.md« ist beschädigt"):
        unpack(forged, tmp_path / "out")


def test_a_bomb_that_unpacks_to_more_than_declared_is_refused(tmp_path: Path) -> None:
    bomb = [("corpus/a.md", bytes(50_000_000))]
    with pytest.raises(ArchiveError, match="stimmt nicht"):
        check(forge(tmp_path / "s.zip", bomb, {"size": 10}))
    forged = forge(tmp_path / "t.zip", bomb, {"size": 10})
    raw = forged.read_bytes()  # the directory lies as well, in the same way
    assert (50_000_000).to_bytes(4, "little") in raw
    forged.write_bytes(raw.replace((50_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(ArchiveError, match="beschädigt"):
        unpack(forged, tmp_path / "out")
    assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*")) < 1_000_000


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"version": 2}, "Format 2.*nur 1"),
        ({"version": "eins"}, "Inhaltsverzeichnis ist nicht lesbar"),
        ({"files": "alle"}, "Inhaltsverzeichnis ist nicht lesbar"),
        ({"more": 1}, "Inhaltsverzeichnis ist nicht lesbar"),
        ({"files": [{"path": "corpus/a", "size": -1, "sha256": "0" * 64}]}, "nicht lesbar"),
        ({"folders": ["corpus/a", "corpus/a"]}, "mehrmals"),
        ({"folders": ["corpus/a\0b"]}, "unzulässig"),
        ({"folders": ["corpus/a\ud800b"]}, "nicht lesbar|unzulässig"),
        ({"folders": ["corpus/" + "a/" * 100_000 + "a"]}, "unzulässig"),
        ({"made_at": "1979-12-31T23:59:59Z"}, "Datum"),
        ({"made_at": "9999-12-31T23:59:59-12:00"}, "Datum"),
        ({"index": {"form": "x", "record": {**RECORD, "made_at": "0001-01-01T00:00:00Z"}}}, "Datum"),
        ({"index": {"form": "x", "record": {**RECORD, "id": "g1000000000"}}}, "Name ihres Standes"),
    ],
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, said: dict[str, object], reason: str) -> None:
    with pytest.raises(ArchiveError, match=reason):
        check(forge(tmp_path / "s.zip", [], said=said))


def test_a_manifest_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.zip"
    for text in (b"[" * 200_000, b"", b"null", b"\xff"):
        with ZipFile(path, "w", ZIP_DEFLATED) as opened:
            opened.writestr(MANIFEST, text)
            opened.comment = comment_on(text)
        with pytest.raises(ArchiveError, match="nicht lesbar"):
            check(path)


def test_a_manifest_that_unpacks_to_more_than_declared_is_not_unpacked(tmp_path: Path) -> None:
    path, bomb = tmp_path / "s.zip", b" " * 400_000_000
    with ZipFile(path, "w", ZIP_DEFLATED) as opened:
        opened.writestr(MANIFEST, bomb)
        opened.comment = comment_on(bomb[:1_000])
    raw = path.read_bytes()
    path.write_bytes(raw.replace(len(bomb).to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    del bomb
    tracemalloc.start()
    with pytest.raises(ArchiveError):
        check(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.zip"
    for content in (b"", b"PK\x05\x06" + bytes(18), random.Random(2).randbytes(9_000)):
        path.write_bytes(content)
        with pytest.raises(ArchiveError, match="nicht brauchbar"):
            check(path)


def test_what_no_archive_may_hold_is_named_when_one_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    deep = folder.joinpath(*["tief"] * 49)
    deep.mkdir(parents=True)
    (deep / "datei.md").write_bytes(b"x")
    (folder / "zwei\nZeilen.md").write_bytes(b"x")
    (folder / "leerer\x7fOrdner").mkdir()
    (folder / "gut.md").write_bytes(b"x")
    gathered = gather(folder, "corpus")
    assert list(gathered.files) == ["corpus/gut.md"]
    assert not gathered.folders
    assert sorted(gathered.passed_over) == [
        r"leerer\x7fOrdner: der Name ist kein lesbarer Text",
        f"{'tief/' * 49}datei.md: der Pfad ist zu lang oder liegt zu tief",
        r"zwei\nZeilen.md: der Name ist kein lesbarer Text",
    ]


@pytest.mark.parametrize("seed", range(100))
def test_no_forgery_of_the_zip_s_own_fields_gets_further_than_a_refusal(tmp_path: Path, seed: int) -> None:
    """Bytes changed at random: what is unpacked is what it was, or nothing is."""
    forged = forge(
        tmp_path / "s.zip", [("corpus/a.md", b"Ein Satz." * 20), ("data/publications.jsonl", b"{}")]
    )
    raw, chance = bytearray(forged.read_bytes()), random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    forged.write_bytes(raw)
    try:
        unpack(forged, tmp_path / "out")
    except ArchiveError:
        return
    assert (tmp_path / "out" / "corpus" / "a.md").read_bytes() == b"Ein Satz." * 20
