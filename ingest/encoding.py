"""Passages get their vectors: kept ones are reused, the rest are encoded in sorted batches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.collection import IndexedPassage, PassageVectors
from index.german import written_words
from index.lexical import NO_TERMS, passage_length, passage_terms
from index.payload import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.collection import StoredVectors
    from index.encoder import PassageEncoder
    from index.passage import Passage, SourceEntry
    from ingest.vector_cache import VectorCache


@dataclass(frozen=True, slots=True)
class PendingPassage:
    """A passage that waits for its vectors; `kept` are those it had before, if they still hold."""

    entry: SourceEntry
    passage: Passage
    fingerprint: str
    kept: PassageVectors | None
    words: Mapping[str, int]

    @property
    def texts(self) -> list[str]:
        """What the encoder sees: the passage under its headline, then each sentence."""
        return [f"{self.passage.headline}\n{self.passage.text}", *self.passage.sentence_texts]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Passages ready to be written, and how many of them had to be computed."""

    passages: tuple[IndexedPassage, ...]
    computed: int


def words_of(passages: Sequence[Passage]) -> dict[str, int]:
    """Return every word that is written in these passages, with the number of those that have it."""
    return Counter(
        word for passage in passages for word in written_words(f"{passage.headline}\n{passage.text}")
    )


def pending(
    entry: SourceEntry,
    passages: Sequence[Passage],
    stored: Mapping[int, StoredVectors],
    moved: Sequence[Passage] = (),
) -> list[PendingPassage]:
    """Return the passages of a source, each with the vectors that can be kept.

    `stored` are the vectors that the source has had until now, by position. Of a source that only
    moved, `moved` are its passages until now: where nothing but the title has changed, because it came
    from the file's name, the vectors move along, and their fingerprint still names what they were made from.
    """
    by_fingerprint = {each.fingerprint: each for each in stored.values()}
    by_body = {_body(each): stored[each.position] for each in moved}
    words = words_of(passages)
    found = []
    for passage in passages:
        mark = fingerprint(passage)
        kept = by_fingerprint.get(mark) or by_body.get(_body(passage))
        own = words if passage.position == 0 else {}
        if kept is None:
            found.append(PendingPassage(entry, passage, mark, None, own))
        else:
            found.append(PendingPassage(entry, passage, kept.fingerprint, kept.vectors, own))
    return found


def _body(passage: Passage) -> tuple[object, ...]:
    """Return everything but the title that the vectors of a passage are made from."""
    return passage.heading, passage.text, passage.sentences


def length_of(passages: Sequence[Passage]) -> int:
    """Return how many terms these passages have together."""
    return sum(passage_length(passage.headline, passage.text) for passage in passages)


def encode(waiting: Sequence[PendingPassage], encoder: PassageEncoder, cache: VectorCache) -> Encoded:
    """Return the passages with their vectors: kept, found in the cache, or computed and put there."""
    known = cache.get({each.fingerprint for each in waiting if each.kept is None})
    todo = {each.fingerprint: each for each in waiting if each.kept is None and each.fingerprint not in known}
    made = _computed(list(todo.values()), encoder)
    indexed = []
    for each in waiting:
        vectors = each.kept or known.get(each.fingerprint) or made[each.fingerprint]
        terms = passage_terms(each.passage.headline, each.passage.text, each.entry.mean_length)
        own = replace(vectors, terms=terms)
        indexed.append(IndexedPassage(each.entry, each.passage, each.fingerprint, own, each.words))
    cache.put(made)
    return Encoded(tuple(indexed), len(made))


def _computed(todo: Sequence[PendingPassage], encoder: PassageEncoder) -> dict[str, PassageVectors]:
    """Return the vectors of these passages, by fingerprint, still without terms.

    Every different text is encoded once, the longest first, so that the texts of a batch are of
    like length and little is wasted on padding.
    """
    texts = sorted({text for each in todo for text in each.texts}, key=len, reverse=True)
    if not texts:
        return {}
    vectors = encoder.encode_passages(texts)
    rows = {text: row for row, text in enumerate(texts)}
    found = {}
    for each in todo:
        own = vectors[[rows[text] for text in each.texts]]
        found[each.fingerprint] = PassageVectors(own[0], own[1:], NO_TERMS)
    return found
