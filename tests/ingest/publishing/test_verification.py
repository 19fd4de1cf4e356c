"""Damage inside a generation is found and named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.embedded.collection import EmbeddedCollection
from ingest.publishing.verification import defects
from tests.index.passages import MADE_AT, indexed, passage

if TYPE_CHECKING:
    from pathlib import Path

    from index.collection import IndexedPassage
    from tests.fake_encoder import WordEncoder


def found(folder: Path, passages: list[IndexedPassage], encoder: WordEncoder) -> list[str]:
    collection = EmbeddedCollection(folder)
    draft = collection.draft(encoder.stamp)
    draft.put(passages)
    return list(defects(collection.open(draft.finish("", MADE_AT))))


@pytest.fixture
def whole(encoder: WordEncoder) -> list[IndexedPassage]:
    return indexed(
        [passage("Erster Satz. Zweiter Satz.", "a.md", 0), passage("Dritter.", "a.md", 1)], encoder
    )


def test_a_whole_generation_has_no_defects(
    tmp_path: Path, whole: list[IndexedPassage], encoder: WordEncoder
) -> None:
    assert found(tmp_path, whole, encoder) == []


def test_a_missing_passage_is_named(
    tmp_path: Path, whole: list[IndexedPassage], encoder: WordEncoder
) -> None:
    assert found(tmp_path, whole[:1], encoder) == ["a.md: 1 von 2 Textstellen sind da"]


def test_missing_sentence_vectors_are_named(
    tmp_path: Path, whole: list[IndexedPassage], encoder: WordEncoder
) -> None:
    vectors = whole[0].vectors
    torn = replace(whole[0], vectors=replace(vectors, sentences=np.repeat(vectors.sentences, 2, axis=0)))
    assert found(tmp_path, [torn, whole[1]], encoder) == [
        "a.md: Textstelle 1 hat nicht für jeden Satz einen Vektor"
    ]


def test_vectors_without_a_direction_are_named(
    tmp_path: Path, whole: list[IndexedPassage], encoder: WordEncoder
) -> None:
    nothing = replace(whole[1].vectors, passage=np.zeros_like(whole[1].vectors.passage))
    blind = replace(whole[1], vectors=nothing)
    assert found(tmp_path, [whole[0], blind], encoder) == ["a.md: Textstelle 2 hat beschädigte Vektoren"]
