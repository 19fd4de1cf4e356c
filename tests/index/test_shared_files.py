"""A large generation shares its largest files with the one before, and neither ever changes the other."""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.collection import Filters, IndexedPassage, PassageVectors, QuestionVectors
from index.embedded.collection import EmbeddedCollection
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
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "this file system has no links")

    monkeypatch.setattr(os, "link", refused)
    collection = EmbeddedCollection(tmp_path)
    first_generation(collection, many, encoder)
    draft = collection.draft(encoder.stamp)
    draft.remove(["handbuch/1.md"])
    second = published(collection, draft)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_nlink > 1]
    assert nearest(collection, second, many[0])[0].passage == many[0].passage
