"""Files that survive a crash: a reader finds the old text or the new one, never half of either."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.durable import move_into_place, write_atomically
from index.embedded.collection import EmbeddedCollection
from tests.index.passages import indexed, passage, published

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fake_encoder import WordEncoder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "current"
    write_atomically(path, "alt")
    return path


def test_the_new_text_replaces_the_old_one_and_nothing_else_is_left(target: Path) -> None:
    write_atomically(target, "neu: Grüße\n")
    assert target.read_bytes() == "neu: Grüße\n".encode()
    assert list(target.parent.iterdir()) == [target]


def test_a_file_that_was_not_there_is_made(tmp_path: Path) -> None:
    write_atomically(tmp_path / "current", "neu")
    assert (tmp_path / "current").read_text(encoding="utf-8") == "neu"


@pytest.mark.parametrize("step", ["fsync", "write_bytes", "replace"])
def test_a_crash_at_any_step_leaves_the_old_text(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os if step == "fsync" else Path, step, crash)
        with pytest.raises(OSError, match="No space left"):
            write_atomically(target, "neu")
    assert target.read_text(encoding="utf-8") == "alt"
    write_atomically(target, "neu")
    assert target.read_text(encoding="utf-8") == "neu"


def test_the_text_is_on_the_disk_before_it_gets_its_name(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(descriptor: int) -> None:
        steps.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    def noted_replace(path: Path, to: Path) -> Path:
        steps.append("rename")
        return replace(path, to)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    write_atomically(target, "neu")
    assert steps == ["current.neu", "rename", target.parent.name]


def test_readers_see_one_text_or_the_other_while_it_is_replaced(target: Path) -> None:
    texts = {"alt", "x" * 100_000, "y" * 100_000}
    seen: set[str] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(target.read_text(encoding="utf-8"))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(40):
        write_atomically(target, ("x" if number % 2 else "y") * 100_000)
    done.set()
    reader.join()
    assert seen <= texts


def test_a_complete_folder_is_moved_with_all_that_is_in_it(tmp_path: Path) -> None:
    draft = tmp_path / "model.neu"
    (draft / "1_Pooling").mkdir(parents=True)
    (draft / "1_Pooling" / "config.json").write_text("{}", encoding="utf-8")
    move_into_place(draft, tmp_path / "model")
    assert not draft.exists()
    assert (tmp_path / "model" / "1_Pooling" / "config.json").read_text(encoding="utf-8") == "{}"


def test_a_generation_is_on_the_disk_before_it_is_named_and_named_before_it_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: WordEncoder
) -> None:
    """What a power cut leaves is what was synced: every file, then each name after what it names."""
    steps: list[str] = []
    sync, rename, replace = os.fsync, Path.rename, Path.replace

    def noted_sync(descriptor: int) -> None:
        steps.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        sync(descriptor)

    def noted(act: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
        def moved(path: Path, to: Path) -> Path:
            steps.append(f"{path.name} -> {to.name}")
            return act(path, to)

        return moved

    collection = EmbeddedCollection(tmp_path)
    draft = collection.draft(encoder.stamp)
    draft.put(indexed([passage("Ein Satz.")], encoder))
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", noted_sync)
        patched.setattr(Path, "rename", noted(rename))
        patched.setattr(Path, "replace", noted(replace))
        published(collection, draft)
    named, serves = steps.index("g000001.neu -> g000001"), steps.index("current.neu -> current")
    whole = tmp_path / "generations" / "g000001"
    files = {str(path).replace("g000001", "g000001.neu", 1) for path in (whole, *whole.rglob("*"))}
    assert files <= set(steps[:named])
    assert str(whole.parent) in steps[named:serves]
    assert str(tmp_path / "current.neu") in steps[named:serves]
    assert str(tmp_path) in steps[serves:]
