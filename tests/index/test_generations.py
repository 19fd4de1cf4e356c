"""Names of generations and which of them can go; a generation takes no more room than it needs."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from index.embedded import EmbeddedCollection
from index.generations import next_id, outdated
from tests.fake_encoder import WordEncoder
from tests.index.passages import indexed, passage

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("existing", "expected"),
    [
        ([], "g000001"),
        (["g000001"], "g000002"),
        (["g000002", "g000001"], "g000003"),
        (["g000009"], "g000010"),
        (["g000001", "g000007"], "g000008"),
        (["kb-g000004"], "g000005"),
        (["lost+found", "g000001", ".DS_Store"], "g000002"),
        (["lost+found"], "g000001"),
        (["g999998"], "g999999"),
    ],
)
def test_the_next_name_sorts_behind_all_there_are(existing: list[str], expected: str) -> None:
    assert next_id(existing) == expected


@pytest.mark.parametrize(
    ("existing", "published", "gone"),
    [
        ([], None, []),
        (["g000001"], None, ["g000001"]),
        (["g000001"], "g000001", []),
        (["g000001", "g000002"], "g000002", []),
        (["g000002", "g000003", "g000001"], "g000003", ["g000001"]),
        (["g000001", "g000002"], "g000001", ["g000002"]),
        (["g000001", "g000002", "g000003"], "g000002", ["g000003"]),
        (["g000001", "g000002", "g000003", "g000004"], "g000003", ["g000001", "g000004"]),
        (["g000001", "g000005", "g000009"], "g000009", ["g000001"]),
    ],
)
def test_the_published_generation_and_the_one_before_are_kept(
    existing: list[str], published: str | None, gone: list[str]
) -> None:
    assert outdated(existing, published) == gone


def test_the_published_generation_is_never_outdated() -> None:
    for count in range(1, 6):
        existing = [f"g{number:06d}" for number in range(1, count + 1)]
        for published in existing:
            assert published not in outdated(existing, published)


def test_a_generation_after_another_takes_as_much_disk_as_the_first(tmp_path: Path) -> None:
    """Edge's files are mostly holes: copied byte for byte they would fill the disk with zeros."""
    collection, encoder = EmbeddedCollection(tmp_path), WordEncoder()
    for state in (1, 2):
        draft = collection.draft(encoder.stamp)
        draft.put(indexed([passage(f"Stand {state}.")], encoder))
        draft.publish()
    first, second = (_bytes_on_disk(each) for each in sorted((tmp_path / "generations").iterdir()))
    shutil.rmtree(tmp_path)  # whatever the outcome, it need not stay
    assert second < first + 20 * MEGABYTE


def _bytes_on_disk(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))  # a block is 512 bytes in stat(2)
