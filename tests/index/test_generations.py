"""Names of generations and which of them can go; a generation takes no more room than it needs."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from index.embedded.collection import EmbeddedCollection
from index.generations import GenerationRecord, before, next_id, outdated
from tests.fake_encoder import WordEncoder
from tests.index.passages import indexed, passage, published

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


def record(number: int, former: int | None = None) -> GenerationRecord:
    name = None if former is None else f"g{former:06d}"
    return GenerationRecord(f"g{number:06d}", WordEncoder().stamp, 1, former=name)


def numbers(names: list[str]) -> list[int]:
    return [int(name[1:]) for name in names]


STRAIGHT = [record(number, number - 1) for number in range(1, 7)]
ROLLED_BACK = [record(1), record(2, 1), record(3, 2), record(4, 2)]  # 3 was taken back before 4 was made


@pytest.mark.parametrize(
    ("known", "published_now", "keep", "gone"),
    [
        ([], None, 3, []),
        (STRAIGHT, None, 3, []),
        (STRAIGHT[:3], "g000003", 3, []),
        (STRAIGHT, "g000006", 3, [1, 2, 3]),
        (STRAIGHT, "g000006", 1, [1, 2, 3, 4, 5]),
        (STRAIGHT, "g000006", 0, [1, 2, 3, 4, 5]),
        (STRAIGHT, "g000002", 3, [3, 4, 5]),
        (ROLLED_BACK, "g000004", 3, [1]),
        (ROLLED_BACK, "g000004", 2, [1, 3]),
        (STRAIGHT[:2], "g000009", 3, []),
    ],
)
def test_the_published_one_the_one_before_it_and_the_newest_are_kept(
    known: list[GenerationRecord], published_now: str | None, keep: int, gone: list[int]
) -> None:
    assert numbers(outdated(known, published_now, keep)) == gone


@pytest.mark.parametrize(
    ("known", "published_now", "back"),
    [
        ([], None, None),
        (STRAIGHT[:1], "g000001", None),
        (STRAIGHT, "g000006", "g000005"),
        (STRAIGHT, "g000003", "g000002"),
        (ROLLED_BACK, "g000004", "g000002"),
        (STRAIGHT[3:], "g000004", None),
        ([STRAIGHT[0], STRAIGHT[3]], "g000004", "g000001"),
        (STRAIGHT[:2], None, "g000002"),
        (STRAIGHT[:2], "g000009", "g000002"),
    ],
)
def test_the_way_back_leads_to_what_was_served_before(
    known: list[GenerationRecord], published_now: str | None, back: str | None
) -> None:
    assert before(known, published_now) == back


def test_a_generation_after_another_takes_as_much_disk_as_the_first(tmp_path: Path) -> None:
    """Edge's files are mostly holes: copied byte for byte they would fill the disk with zeros."""
    collection, encoder = EmbeddedCollection(tmp_path), WordEncoder()
    for state in (1, 2):
        draft = collection.draft(encoder.stamp)
        draft.put(indexed([passage(f"Stand {state}.")], encoder))
        published(collection, draft)
    first, second = (_bytes_on_disk(each) for each in sorted((tmp_path / "generations").iterdir()))
    shutil.rmtree(tmp_path)  # whatever the outcome, it need not stay
    assert second < first + 20 * MEGABYTE


def _bytes_on_disk(folder: Path) -> int:
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*"))  # a block is 512 bytes in stat(2)
