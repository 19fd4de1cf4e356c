"""An archive is believed to the last byte or not at all: damage, forgeries and bombs are refused."""

from __future__ import annotations

import hashlib
import json
import random
import stat
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from ingest.backups.archive import MANIFEST, check, open_archive
from ingest.backups.archive_writer import write_archive
from ingest.backups.manifest import ArchiveError
from ingest.backups.seal import UNSEALED, seal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

NOW = datetime(2026, 11, 26, 15, 12, tzinfo=UTC)
FILES = {
    "corpus/handbuch/Fähren & Züge.md": "Fähren fahren.\n".encode(),
    f"corpus/{'ö' * 120}.txt": b"lang",
    "corpus/faq/leer.yaml": b"",
    "data/report.json": b"{}",
    "index/shard/zeros.dat": bytes(3_000_000) + b"end" + bytes(500_000),
    "index/shard/noise.dat": random.Random(1).randbytes(300_000),
}


def write(path: Path, folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    folder.mkdir(exist_ok=True)
    with write_archive(path) as archive:
        for number, (name, content) in enumerate(files.items()):
            source = folder / str(number)
            source.write_bytes(content)
            archive.add(name, source)
        archive.finish(NOW, None, ["corpus/leer", "index/shard/temp"])
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
    """Make a sealed archive as somebody might who means harm; what is not `declared` is described rightly."""
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
        opened.writestr(MANIFEST, json.dumps(manifest))
        opened.comment = UNSEALED
    seal(path)
    return path


def unpack(archive: Path, folder: Path) -> None:
    with open_archive(archive) as opened:
        for top in ("corpus", "index", "data"):
            opened.unpack(top, folder / top)


def test_everything_comes_out_as_it_went_in(archive: Path, tmp_path: Path) -> None:
    assert [member.path for member in check(archive).files] == list(FILES)
    unpack(archive, tmp_path / "out")
    found = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert found == FILES
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


def test_a_damaged_byte_anywhere_is_found(archive: Path) -> None:
    whole = archive.read_bytes()
    near_the_ends = [*range(60), *range(len(whole) - 400, len(whole))]
    for at in [*near_the_ends, *range(60, len(whole) - 400, len(whole) // 60)]:
        archive.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        with pytest.raises(ArchiveError, match=r"nichts verändert.*andere Sicherung"):
            check(archive)
    archive.write_bytes(whole)
    check(archive)


@pytest.mark.parametrize("length", [0, 1, 70, 5_000, -1, -71, -100])
def test_an_archive_that_was_cut_off_is_refused(archive: Path, length: int) -> None:
    archive.write_bytes(archive.read_bytes()[:length])
    with pytest.raises(ArchiveError, match=r"keine Sicherung oder endet vorzeitig|beschädigt"):
        check(archive)


def test_an_archive_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="prüfen Sie den Pfad"):
        check(tmp_path / "nirgends.zip")


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../corpus/a", "corpus/../../a", "corpus/./a", "corpus//a", "corpus/", "corpus"),
        *("a.md", "var/a", "CORPUS/a", "data/ingest.lock", "data/models/a.db", "data/vectors.sqlite", ""),
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
    seal(locked)
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
    seal(forged)
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
            opened.comment = UNSEALED
        seal(path)
        with pytest.raises(ArchiveError, match="nicht lesbar"):
            check(path)


def test_a_sealed_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.zip"
    for content in (b"", b"PK\x05\x06" + bytes(18), random.Random(2).randbytes(9_000)):
        path.write_bytes(content + UNSEALED)
        seal(path)
        with pytest.raises(ArchiveError, match="nicht brauchbar"):
            check(path)


@pytest.mark.parametrize("seed", range(100))
def test_no_forgery_of_the_zip_s_own_fields_gets_further_than_a_refusal(tmp_path: Path, seed: int) -> None:
    """Bytes changed at random and sealed again: what is unpacked is what it was, or nothing is."""
    forged = forge(tmp_path / "s.zip", [("corpus/a.md", b"Ein Satz." * 20), ("data/report.json", b"{}")])
    raw, chance = bytearray(forged.read_bytes()), random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        raw[chance.randrange(len(raw) - len(UNSEALED))] = chance.randrange(256)
    forged.write_bytes(raw)
    seal(forged)
    try:
        unpack(forged, tmp_path / "out")
    except ArchiveError:
        return
    assert (tmp_path / "out" / "corpus" / "a.md").read_bytes() == b"Ein Satz." * 20
