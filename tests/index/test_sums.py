"""A generation knows what its files were when it was finished, so that damage does not stay unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.collection import Filters, QuestionVectors
from index.durable import copy_sparsely
from index.embedded.collection import EmbeddedCollection
from index.embedded.sums import SUMS, write_sums
from tests.index.passages import indexed, passage, published

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_encoder import WordEncoder

TEXT = "Der Bus fährt nach Kołobrzeg."


@pytest.fixture
def collection(tmp_path: Path) -> EmbeddedCollection:
    return EmbeddedCollection(tmp_path)


def change(collection: EmbeddedCollection, encoder: WordEncoder, *names: str) -> str:
    draft = collection.draft(encoder.stamp)
    for name in names:
        draft.remove([f"{name}.md"])
        draft.put(indexed([passage(f"{TEXT} {len(collection.generations())}", f"{name}.md")], encoder))
    return published(collection, draft)


def use(collection: EmbeddedCollection, generation: str, encoder: WordEncoder) -> None:
    opened = collection.open(generation)
    (row,) = indexed([passage(TEXT)], encoder)
    assert opened.search(QuestionVectors(row.vectors.passage), Filters(), 5)
    opened.facets(Filters())
    opened.words()
    opened.close()


def flip(path: Path, letter: bytes) -> None:
    """Change one letter in place, as a fault of the disk does: no other file, no other length."""
    content = path.read_bytes()
    at = content.rindex(letter)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes([letter[0] ^ 1]))


def payloads(folder: Path) -> Path:
    (page,) = folder.glob("shard/segments/*/payload_storage/page_0.dat")
    return page


def test_a_generation_that_is_used_and_shared_from_stays_whole(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    made: list[str] = []
    for names in (("a", "b", "c"), ("a",), ("b", "d"), ("d",)):
        made.append(change(collection, encoder, *names))
        for each in made * 2:
            use(collection, each, encoder)
        assert {each: collection.damaged_files(each) for each in made} == {each: [] for each in made}


def test_one_changed_letter_is_found(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    name = change(collection, encoder, "a")
    page = payloads(tmp_path / "generations" / name)
    flip(page, "ł".encode())
    assert collection.damaged_files(name) == [page.relative_to(tmp_path / "generations" / name).as_posix()]


def test_a_lost_and_a_shorter_file_are_found(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    name = change(collection, encoder, "a")
    folder = tmp_path / "generations" / name
    page = payloads(folder)
    with page.open("r+b") as file:
        file.truncate(page.stat().st_size - 1)  # only zeros are lost
    (folder / "catalogue.json.gz").unlink()
    assert collection.damaged_files(name) == ["catalogue.json.gz", page.relative_to(folder).as_posix()]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}'])
def test_damaged_sums_are_damage_too(
    content: str, collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    name = change(collection, encoder, "a")
    (tmp_path / "generations" / name / SUMS).write_text(content, "utf-8")
    assert collection.damaged_files(name) == [SUMS]
    assert collection.damaged_files(change(collection, encoder, "a")) == []


def test_a_generation_of_an_earlier_version_is_not_called_damaged(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    old = change(collection, encoder, "a")
    (tmp_path / "generations" / old / SUMS).unlink()
    assert collection.damaged_files(old) == []
    new = change(collection, encoder, "b")
    assert collection.damaged_files(new) == []
    flip(payloads(tmp_path / "generations" / new), "ł".encode())
    assert collection.damaged_files(new)


def test_where_the_holes_are_makes_no_difference(tmp_path: Path) -> None:
    """A restored file has holes wherever there are zeros, an original where nothing was written."""
    whole, sparse = tmp_path / "whole", tmp_path / "sparse"
    for folder in (whole, sparse):
        folder.mkdir()
    (whole / "f").write_bytes(bytes(5_000) + b"x" + bytes(100_000) + b"y" + bytes(70_000))
    with (sparse / "f").open("wb") as file:
        for at, letter in ((5_000, b"x"), (105_001, b"y")):
            file.seek(at)
            file.write(letter)
        file.truncate(175_002)
    copy_sparsely(str(sparse / "f"), str(sparse / "g"))
    copy_sparsely(str(whole / "f"), str(whole / "g"))
    for folder in (whole, sparse):
        write_sums(folder, None)
    assert (whole / SUMS).read_bytes() == (sparse / SUMS).read_bytes()
