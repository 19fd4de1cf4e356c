"""What a generation says of all its sources at once is what its passages say one by one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.embedded.collection import EmbeddedCollection
from index.embedded.folder import load_shard
from index.embedded.summary import collected
from tests.fake_encoder import WordEncoder
from tests.index.passages import indexed, passage, published

if TYPE_CHECKING:
    from pathlib import Path

    from index.collection import Collection
    from index.passage import SourceEntry
    from index.word_counts import WordCounts

WORDS = ("Bus", "Bahn", "Reise", "Reisebus", "Häuser", "Haus", "Antrag", "Anträge")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def said(index: Path) -> tuple[list[SourceEntry], WordCounts]:
    generation = EmbeddedCollection(index).open()
    found = generation.catalogue(), generation.words()
    generation.close()
    return found


def found_in_the_passages(index: Path) -> tuple[list[SourceEntry], WordCounts]:
    shard = load_shard(folder_of(index))
    summary = collected(shard)
    shard.close()
    return summary.catalogue(), summary.counts()


def folder_of(index: Path) -> Path:
    name = EmbeddedCollection(index).published()
    assert name is not None
    return index / "generations" / name


def text(random: np.random.Generator) -> str:
    return f"{' und '.join(random.choice(WORDS, int(random.integers(1, 5))))}."


def change(collection: Collection, random: np.random.Generator, encoder: WordEncoder) -> None:
    """Remove some sources, put some new ones, and some in place of others without removing them first."""
    draft = collection.draft(encoder.stamp)
    sources = [f"{letter}.md" for letter in "abcde"]
    draft.remove(list(random.choice(sources, 2)))
    for source in set(random.choice(sources, 3)):
        draft.put(indexed([passage(text(random), source, position) for position in range(2)], encoder))
    published(collection, draft)


@pytest.mark.parametrize("seed", range(5))
def test_it_follows_every_change(seed: int, index: Path) -> None:
    random, encoder, collection = np.random.default_rng(seed), WordEncoder(), EmbeddedCollection(index)
    for _ in range(6):
        change(collection, random, encoder)
        assert said(index) == found_in_the_passages(index)
        assert min(said(index)[1].written.values()) > 0


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        *product(["catalogue.json.gz", "word_counts.json.gz"], ["missing", "cut", "changed"]),
        ("catalogue.json.gz", "of_another"),
    ],
)
def test_a_damaged_file_is_made_from_the_passages(name: str, damage: str, index: Path) -> None:
    encoder, collection = WordEncoder(), EmbeddedCollection(index)
    change(collection, np.random.default_rng(1), encoder)
    file = folder_of(index) / name
    whole, middle = file.read_bytes(), file.stat().st_size // 2
    if damage == "of_another":
        other = EmbeddedCollection(index.with_name("other"))
        published(other, other.draft(encoder.stamp))
        file.write_bytes((folder_of(index.with_name("other")) / name).read_bytes())
    elif damage == "missing":
        file.unlink()
    else:
        rest = bytes([whole[middle] ^ 255]) + whole[middle + 1 :] if damage == "changed" else b""
        file.write_bytes(whole[:middle] + rest)
    assert said(index) == found_in_the_passages(index)
    change(collection, np.random.default_rng(2), encoder)
    assert said(index) == found_in_the_passages(index)
    assert (folder_of(index) / name).exists()
