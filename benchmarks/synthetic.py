"""Many passages from few: real texts with varied real vectors, so that a large index is quickly made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from index.collection import IndexedPassage, PassageVectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_PASSAGES_A_SOURCE = 25
_NOISE = 0.02  # per dimension: two copies have a cosine of .87, different passages of the corpus .80 to .92


def varied(
    models: Sequence[IndexedPassage], count: int, random: np.random.Generator
) -> Iterator[IndexedPassage]:
    """Yield `count` passages, each a model with its vectors moved and its id changed."""
    for number in range(count):
        model = models[int(random.integers(len(models)))]
        source = f"synthetic/{number // _PASSAGES_A_SOURCE}.md"
        position = number % _PASSAGES_A_SOURCE
        passage = replace(model.passage, source=source, position=position)
        entry = replace(model.entry, source=source, passages=_PASSAGES_A_SOURCE)
        vectors = PassageVectors(
            passage=moved(model.vectors.passage, random),
            sentences=moved(model.vectors.sentences, random),
            terms=model.vectors.terms,
        )
        yield IndexedPassage(entry, passage, f"{number}", vectors)


def moved(vectors: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Return vectors of length 1 near these."""
    noisy = vectors + random.normal(scale=_NOISE, size=vectors.shape)
    return np.asarray(noisy / np.linalg.norm(noisy, axis=-1, keepdims=True), dtype=np.float32)
