"""Passages get their vectors: kept ones are reused, the rest are encoded in sorted batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.collection import IndexedPassage, PassageVectors
from index.lexical import passage_terms
from index.payload import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.encoder import Encoder
    from index.passage import Passage, SourceEntry


@dataclass(frozen=True, slots=True)
class PendingPassage:
    """A passage that waits for its vectors; `kept` are those it had before, if they still hold."""

    entry: SourceEntry
    passage: Passage
    fingerprint: str
    kept: PassageVectors | None

    @property
    def texts(self) -> list[str]:
        """What the encoder sees: the passage under its headline, then each sentence."""
        return [f"{self.passage.headline}\n{self.passage.text}", *self.passage.sentence_texts]


def pending(
    entry: SourceEntry, passages: Sequence[Passage], kept: Mapping[str, PassageVectors]
) -> list[PendingPassage]:
    """Return the passages of a source, each with the vectors that can be kept."""
    marked = [(passage, fingerprint(passage)) for passage in passages]
    return [PendingPassage(entry, passage, mark, kept.get(mark)) for passage, mark in marked]


def encode(waiting: Sequence[PendingPassage], encoder: Encoder) -> list[IndexedPassage]:
    """Return the passages with their vectors.

    Every different text is encoded once, the longest first, so that the texts of a batch are of
    like length and little is wasted on padding.
    """
    todo = [each for each in waiting if each.kept is None]
    texts = sorted({text for each in todo for text in each.texts}, key=len, reverse=True)
    rows = {text: row for row, text in enumerate(texts)}
    vectors = encoder.encode_passages(texts) if texts else None
    indexed = []
    for each in waiting:
        made = each.kept
        if made is None and vectors is not None:
            own = vectors[[rows[text] for text in each.texts]]
            terms = passage_terms(each.passage.headline, each.passage.text)
            made = PassageVectors(own[0], own[1:], terms)
        if made is not None:
            indexed.append(IndexedPassage(each.entry, each.passage, each.fingerprint, made))
    return indexed
