"""Passages for tests, as short to write as they are to read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from index.collection import IndexedPassage, PassageVectors
from index.lexical import passage_terms
from index.passage import (
    HeadingLocation,
    Kind,
    Location,
    Metadata,
    Passage,
    SourceEntry,
)
from index.payload import fingerprint
from ingest.encoding import length_of, words_of
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.collection import Collection, Draft
    from tests.fake_encoder import WordEncoder

MADE_AT = datetime(2026, 11, 26, tzinfo=UTC)
MEAN = 20.0  # terms of a passage on average, in these tests
TITLED = Metadata(title="Handbuch", kind=Kind.HANDBUCH)


def passage(
    text: str,
    source: str = "handbuch/a.md",
    position: int = 0,
    metadata: Metadata = TITLED,
    location: Location | None = None,
) -> Passage:
    place = location or HeadingLocation("ort")
    return Passage(source, position, text, ("Kapitel",), place, sentence_spans(text), metadata)


def indexed(passages: Sequence[Passage], encoder: WordEncoder, content: str = "c1") -> list[IndexedPassage]:
    own = {each.source: [other for other in passages if other.source == each.source] for each in passages}
    entries = {source: _entry(source, of_source, content) for source, of_source in own.items()}
    words = {source: words_of(of_source) for source, of_source in own.items()}
    return [
        _indexed(each, entries[each.source], words[each.source] if each.position == 0 else {}, encoder)
        for each in passages
    ]


def _entry(source: str, own: Sequence[Passage], content: str) -> SourceEntry:
    length = length_of(own)
    return SourceEntry(source, content, f"r-{content}", own[0].metadata, len(own), length, MEAN)


def _indexed(
    each: Passage, entry: SourceEntry, words: Mapping[str, int], encoder: WordEncoder
) -> IndexedPassage:
    vectors = encoder.encode_passages([f"{each.headline}\n{each.text}", *each.sentence_texts])
    terms = passage_terms(each.headline, each.text, MEAN)
    made = PassageVectors(vectors[0], vectors[1:], terms)
    return IndexedPassage(entry, each, fingerprint(each), made, words)


def with_kind(kind: Kind) -> Metadata:
    return replace(TITLED, kind=kind)


def published(collection: Collection, draft: Draft) -> str:
    """Finish a draft and serve from it."""
    generation = draft.finish("", MADE_AT)
    collection.publish(generation)
    return generation
