"""Passages for tests, as short to write as they are to read."""

from __future__ import annotations

from dataclasses import replace
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
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fake_encoder import WordEncoder

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
    counts = {each.source: sum(other.source == each.source for other in passages) for each in passages}
    return [_indexed(each, counts[each.source], encoder, content) for each in passages]


def _indexed(each: Passage, count: int, encoder: WordEncoder, content: str) -> IndexedPassage:
    entry = SourceEntry(each.source, content, f"r-{content}", each.metadata, count)
    vectors = encoder.encode_passages([f"{each.headline}\n{each.text}", *each.sentence_texts])
    terms = passage_terms(each.headline, each.text)
    return IndexedPassage(entry, each, fingerprint(each), PassageVectors(vectors[0], vectors[1:], terms))


def with_kind(kind: Kind) -> Metadata:
    return replace(TITLED, kind=kind)
