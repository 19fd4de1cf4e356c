"""Vectors that were computed once are found again, and a cache that is broken costs time only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.collection import PassageVectors
from index.lexical import NO_TERMS
from ingest.vector_cache import VectorCache
from tests.fake_encoder import DIMENSION, WordEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def vectors(text: str) -> PassageVectors:
    rows = WordEncoder().encode_passages([text, f"{text} Satz eins", f"{text} Satz zwei"])
    return PassageVectors(rows[0], rows[1:], NO_TERMS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.sqlite"


@pytest.fixture
def cache(path: Path, encoder: WordEncoder) -> Iterator[VectorCache]:
    with closing(VectorCache(path, encoder.stamp)) as opened:
        yield opened


def test_vectors_come_back_in_another_process_s_place(path: Path, encoder: WordEncoder) -> None:
    put = {f"mark{i}": vectors(f"Wort{i}") for i in range(1_200)}
    with closing(VectorCache(path, encoder.stamp)) as cache:
        cache.put(put)
    with closing(VectorCache(path, encoder.stamp)) as cache:
        found = cache.get([*put, "unknown"])
    assert found.keys() == put.keys()
    for mark, each in found.items():
        np.testing.assert_array_equal(each.passage, put[mark].passage)
        np.testing.assert_allclose(each.sentences, put[mark].sentences, atol=1e-3)  # float16


def test_a_passage_without_sentences_has_none_afterwards(cache: VectorCache) -> None:
    alone = PassageVectors(vectors("a").passage, np.empty((0, DIMENSION), np.float32), NO_TERMS)
    cache.put({"a": alone})
    assert cache.get(["a"])["a"].sentences.shape == (0, DIMENSION)


def test_another_encoder_s_vectors_are_never_found(path: Path, encoder: WordEncoder) -> None:
    with closing(VectorCache(path, encoder.stamp)) as cache:
        cache.put({"a": vectors("a")})
    with closing(VectorCache(path, WordEncoder("another model").stamp)) as other:
        assert other.get(["a"]) == {}


def test_only_the_newest_are_kept(cache: VectorCache) -> None:
    for mark in "abcd":
        cache.put({mark: vectors(mark)})
    cache.put({"a": vectors("a")})  # seen again: new again
    assert cache.keep_newest(2) == 2
    assert set(cache.get("abcd")) == {"a", "d"}
    assert cache.keep_newest(2) == 0


def test_a_changed_byte_is_a_passage_to_be_encoded_again(path: Path, encoder: WordEncoder) -> None:
    with closing(VectorCache(path, encoder.stamp)) as cache:
        cache.put({"a": vectors("a"), "b": vectors("b")})
    with closing(sqlite3.connect(path)) as connection, connection:
        (key, packed) = connection.execute("SELECT key, vectors FROM encoded LIMIT 1").fetchone()
        damaged = bytes([packed[0] ^ 1]) + packed[1:]
        connection.execute("UPDATE encoded SET vectors = ? WHERE key = ?", (damaged, key))
    with closing(VectorCache(path, encoder.stamp)) as cache:
        assert len(cache.get(["a", "b"])) == 1


@pytest.mark.parametrize("damage", [b"no database", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_file_is_begun_anew(
    path: Path, encoder: WordEncoder, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(damage)
    with closing(VectorCache(path, encoder.stamp)) as cache:
        cache.put({"a": vectors("a")})
        assert set(cache.get(["a"])) == {"a"}
    assert "vectors.sqlite" in caplog.text


def test_a_cache_that_cannot_be_written_is_said_once_and_stops_nothing(
    tmp_path: Path, encoder: WordEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(VectorCache(tmp_path / "missing" / "vectors.sqlite", encoder.stamp)) as cache:
        caplog.clear()
        cache.put({"a": vectors("a")})
        assert cache.get(["a"]) == {}
        assert cache.keep_newest(1) == 0
    assert caplog.text == ""


def test_a_file_that_somebody_holds_is_left_as_it_is(path: Path, encoder: WordEncoder) -> None:
    with closing(VectorCache(path, encoder.stamp)) as cache:
        cache.put({"a": vectors("a")})
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        with closing(VectorCache(path, encoder.stamp, patience_s=0)) as cache:
            assert cache.get(["a"]) == {}
    with closing(VectorCache(path, encoder.stamp)) as cache:
        assert cache.known(["a", "b"]) == {"a"}


def test_what_was_put_survives_a_process_that_never_closes(path: Path, encoder: WordEncoder) -> None:
    killed = VectorCache(path, encoder.stamp)
    killed.put({"a": vectors("a")})
    with closing(VectorCache(path, encoder.stamp)) as cache:
        assert set(cache.get(["a"])) == {"a"}
    killed.close()


def test_who_only_looks_finds_what_another_is_writing_and_changes_nothing(
    path: Path, encoder: WordEncoder
) -> None:
    with closing(VectorCache(path, encoder.stamp, read_only=True)) as looking:
        assert looking.known(["a"]) == set()
    assert not path.exists()
    with closing(VectorCache(path, encoder.stamp)) as writing:
        writing.put({"a": vectors("a")})
        with closing(VectorCache(path, encoder.stamp, read_only=True)) as looking:
            looking.put({"b": vectors("b")})
            assert looking.known(["a"]) == set()  # it was told that it cannot write, and forgets
        with closing(VectorCache(path, encoder.stamp, read_only=True)) as looking:
            assert looking.known(["a", "b"]) == {"a"}


def test_who_only_looks_leaves_a_damaged_file_as_it_is(path: Path, encoder: WordEncoder) -> None:
    path.write_bytes(b"keine Datenbank" * 100)
    with closing(VectorCache(path, encoder.stamp, read_only=True)) as looking:
        assert looking.known(["a"]) == set()
    assert path.read_bytes() == b"keine Datenbank" * 100
