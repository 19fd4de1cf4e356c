"""Is a generation whole? Looked at through the store, so that it holds for every kind of store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.collection import Generation, StoredVectors
    from index.passage import Passage, SourceEntry

_UNIT = 0.01  # how far from 1 the length of a stored vector may be: float16 alone costs less


def defects(generation: Generation) -> Iterator[str]:
    """Yield in German what is wrong with a generation, source by source; nothing if it is whole."""
    for entry in generation.catalogue():
        passages, stored = generation.passages(entry.source), generation.vectors(entry.source)
        yield from (f"{entry.source}: {what}" for what in _defects_of(entry, passages, stored))


def _defects_of(
    entry: SourceEntry, passages: list[Passage], stored: dict[int, StoredVectors]
) -> Iterator[str]:
    if [each.position for each in passages] != list(range(entry.passages)):
        yield f"{len(passages)} von {entry.passages} Textstellen sind da"
    for passage in passages:
        vectors = stored[passage.position].vectors
        if vectors.sentences.shape != (len(passage.sentences), len(vectors.passage)):
            yield f"Textstelle {passage.position + 1} hat nicht für jeden Satz einen Vektor"
        elif not _of_unit_length(np.vstack([vectors.passage, vectors.sentences])):
            yield f"Textstelle {passage.position + 1} hat beschädigte Vektoren"


def _of_unit_length(vectors: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> bool:
    lengths = np.linalg.norm(vectors, axis=1)
    return bool(np.all(np.isfinite(lengths)) and np.all(np.abs(lengths - 1) < _UNIT))
