"""A large generation shares its largest files with the one before, and neither ever changes the other."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.collection import Filters, IndexedPassage, PassageVectors, QuestionVectors
from index.disk_space import RESERVE, taken
from index.embedded import sums
from index.embedded.collection import EmbeddedCollection
from index.errors import StoreFullError
from index.passage import SourceEntry
from tests.fake_encoder import WordEncoder
from tests.index.passages import TITLED, indexed, passage, published

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from index.passage import Hit

SOURCES, EACH = 35, 300  # enough for the store to build a graph, and with it files that it writes once


@pytest.fixture(scope="module")
def many() -> list[IndexedPassage]:
    """Return passages with vectors drawn by lot: only their number matters."""
    encoder = WordEncoder()
    (example,) = indexed([passage("Der Bus fährt. Und die Bahn auch.")], encoder)
    lot, dimension = np.random.default_rng(1), encoder.stamp.dimension
    rows = lot.standard_normal((SOURCES * EACH, dimension), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    entry = SourceEntry("", "c1", "r1", TITLED, EACH, EACH, 20.0)
    return [
        IndexedPassage(
            passage=passage(f"Der Bus {number}. Die Bahn.", f"handbuch/{number // EACH}.md", number % EACH),
            vectors=PassageVectors(row, np.stack([row, row]), example.vectors.terms),
            fingerprint=f"f{number}",
            entry=entry,
            words={"Bus": EACH} if number % EACH == 0 else {},
        )
        for number, row in enumerate(rows)
    ]


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {"edge_config.json", "segment.json"}  # written at each opening
    }


def first_generation(
    collection: EmbeddedCollection, passages: Iterable[IndexedPassage], encoder: WordEncoder
) -> str:
    draft = collection.draft(encoder.stamp)
    draft.put(list(passages))
    return published(collection, draft)


def refused(*_: object) -> None:
    raise OSError(errno.EPERM, "this file system has no links")


def nearest(collection: EmbeddedCollection, generation: str, row: IndexedPassage) -> list[Hit]:
    opened = collection.open(generation)
    hits = opened.search(QuestionVectors(row.vectors.passage), Filters(), 5)
    opened.close()
    return hits


@pytest.mark.parametrize("removed", [1, SOURCES // 2], ids=["a little", "so much that it is built anew"])
def test_changing_the_copy_leaves_the_published_files_as_they_are(
    removed: int, many: list[IndexedPassage], encoder: WordEncoder, tmp_path: Path
) -> None:
    collection = EmbeddedCollection(tmp_path)
    first = first_generation(collection, many, encoder)
    folder = tmp_path / "generations" / first
    asked = many[-1]
    before, answer = hashes(folder), nearest(collection, first, asked)

    draft = collection.draft(encoder.stamp)
    shared = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_nlink > 1]
    assert sum(path.stat().st_size for path in shared) > 5_000_000, "nothing was shared: this shows nothing"
    draft.remove([f"handbuch/{number}.md" for number in range(removed)])
    draft.put(many[:EACH])
    second = published(collection, draft)

    assert hashes(folder) == before
    assert nearest(collection, first, asked) == answer
    assert nearest(collection, second, many[0])[0].passage == many[0].passage
    collection.delete(first)
    assert nearest(collection, second, asked)[0].passage == asked.passage


def test_where_files_cannot_be_shared_they_are_copied(
    many: list[IndexedPassage], encoder: WordEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", refused)
    collection = EmbeddedCollection(tmp_path)
    first_generation(collection, many, encoder)
    draft = collection.draft(encoder.stamp)
    draft.remove(["handbuch/1.md"])
    second = published(collection, draft)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_nlink > 1]
    assert nearest(collection, second, many[0])[0].passage == many[0].passage


def test_damage_in_a_shared_file_is_told_of_every_generation_that_has_it(
    many: list[IndexedPassage], encoder: WordEncoder, tmp_path: Path
) -> None:
    collection = EmbeddedCollection(tmp_path)
    names = [first_generation(collection, many, encoder)]
    for number in (1, 2):
        draft = collection.draft(encoder.stamp)
        draft.remove([f"handbuch/{number}.md"])
        names.append(published(collection, draft))
    for name in names:
        nearest(collection, name, many[-1])
        assert collection.damaged_files(name) == []

    (pages,) = [
        path
        for path in (tmp_path / "generations" / names[0]).glob("shard/segments/*/payload_storage/page_0.dat")
        if path.stat().st_nlink == len(names)
    ]
    with pages.open("r+b") as file:
        file.seek(pages.read_bytes().index(b"Die Bahn"))
        file.write(b"d")
    damaged = pages.relative_to(tmp_path / "generations" / names[0]).as_posix()
    assert {name: collection.damaged_files(name) for name in names} == {name: [damaged] for name in names}

    draft = collection.draft(encoder.stamp)
    draft.remove(["handbuch/3.md"])
    later = published(collection, draft)
    assert collection.damaged_files(later) == [damaged], "the damage was taken for what was written"


def test_files_that_are_shared_are_not_read_again(
    many: list[IndexedPassage], encoder: WordEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collection = EmbeddedCollection(tmp_path)
    first_generation(collection, many, encoder)
    read: list[Path] = []
    summed = sums._sum_of

    def noted(path: Path) -> str:
        read.append(path)
        return summed(path)

    monkeypatch.setattr(sums, "_sum_of", noted)
    draft = collection.draft(encoder.stamp)
    draft.remove(["handbuch/1.md"])
    published(collection, draft)
    assert read
    assert {path.name for path in read}.isdisjoint({"matrix.dat", "links_compressed.bin"})
    assert sum(path.stat().st_blocks * 512 for path in read if path.exists()) < 5_000_000


@pytest.mark.parametrize("linked", [True, False])
def test_a_change_asks_for_room_for_what_it_copies_and_builds(
    linked: bool,
    many: list[IndexedPassage],
    encoder: WordEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collection = EmbeddedCollection(tmp_path)
    name = first_generation(collection, many, encoder)
    free = RESERVE + taken(tmp_path / "generations" / name) * 3 // 2
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    if linked:
        collection.draft(encoder.stamp).discard()
    else:
        monkeypatch.setattr(os, "link", refused)
        with pytest.raises(StoreFullError, match="prune --keep 1"):
            collection.draft(encoder.stamp)
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [name]
