"""Passages as the points of the store carry them, and back again."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import TypeAdapter

from index.passage import (
    HeadingLocation,
    Hit,
    Location,
    Metadata,
    PageLocation,
    Passage,
    QuestionLocation,
    SourceEntry,
    Span,
    TimeLocation,
)
from index.ranking import MEANING_ALONE
from index.word_counts import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from index.collection import IndexedPassage, QuestionVectors
    from index.ranking import Weights

LOCATION_TYPES: Mapping[str, type[Location]] = {
    "page": PageLocation,
    "time": TimeLocation,
    "heading": HeadingLocation,
    "question": QuestionLocation,
}
_TYPE_NAMES = {location: name for name, location in LOCATION_TYPES.items()}
_METADATA: TypeAdapter[Metadata] = TypeAdapter(Metadata)

KEYWORDS = ("source", "kind", "topic", "country", "audience", "language")  # indexed as words
NUMBERS = ("year", "valid_until", "position")  # indexed as whole numbers
_ENTRY_KEYS = ("content", "revision", "passages", "length", "mean_length", "remarks", "sketch")
WORD_KEYS = ("words", "terms")
CATALOGUE_KEYS = ("source", *_ENTRY_KEYS, "metadata")


def fingerprint(passage: Passage) -> str:
    """Return a hash of everything that the vectors of a passage are made from."""
    spans = ",".join(f"{span.start}-{span.end}" for span in passage.sentences)
    seen = "\0".join((passage.headline, passage.text, spans))
    return hashlib.sha256(seen.encode("utf-8")).hexdigest()


def day_number(day: date) -> int:
    """Return a day as the number yyyymmdd, which orders as days do."""
    return day.year * 10_000 + day.month * 100 + day.day


def to_payload(indexed: IndexedPassage) -> dict[str, Any]:
    """Return the payload of a point: the filtered fields flat, the rest as it is shown."""
    passage, metadata = indexed.passage, indexed.passage.metadata
    payload: dict[str, Any] = {
        "source": passage.source,
        "position": passage.position,
        "fingerprint": indexed.fingerprint,
        "text": passage.text,
        "heading": list(passage.heading),
        "location": {"type": _TYPE_NAMES[type(passage.location)], **asdict(passage.location)},
        "sentences": [[span.start, span.end] for span in passage.sentences],
        "metadata": _METADATA.dump_python(metadata, mode="json"),
        "kind": metadata.kind.value,
        "topic": list(metadata.topics),
        "country": list(metadata.countries),
        "audience": list(metadata.audiences),
        "language": metadata.language,
    }
    if metadata.year is not None:
        payload["year"] = metadata.year
    if metadata.valid_until is not None:
        payload["valid_until"] = day_number(metadata.valid_until)
    if passage.position == 0:  # the first passage stands for its source in the catalogue
        entry = indexed.entry
        payload |= {key: getattr(entry, key) for key in _ENTRY_KEYS}
        payload |= {"remarks": list(entry.remarks), "sketch": list(entry.sketch)}
        payload |= packed(indexed.words)
    return payload


def to_passage(payload: Mapping[str, Any]) -> Passage:
    """Return the passage that a point's payload holds."""
    location = dict(payload["location"])
    return Passage(
        source=payload["source"],
        position=payload["position"],
        text=payload["text"],
        heading=tuple(payload["heading"]),
        location=LOCATION_TYPES[location.pop("type")](**location),
        sentences=tuple(map(Span._make, payload["sentences"])),
        metadata=_METADATA.validate_python(payload["metadata"]),
    )


def to_entry(payload: Mapping[str, Any]) -> SourceEntry:
    """Return the catalogue's entry that the payload of a source's first passage holds."""
    return SourceEntry(
        source=payload["source"],
        content=payload["content"],
        revision=payload["revision"],
        metadata=_METADATA.validate_python(payload["metadata"]),
        passages=payload["passages"],
        length=payload["length"],
        mean_length=payload["mean_length"],
        remarks=tuple(payload["remarks"]),
        sketch=tuple(payload["sketch"]),
    )


def to_hit(payload: Mapping[str, Any], score: float, dense: float, sentence: float, weights: Weights) -> Hit:
    """Return a found point as a hit, from its fused score and its two cosines with the question."""
    return Hit(
        passage=to_passage(payload),
        score=score,
        passage_similarity=dense,
        sentence_similarity=sentence,
        terms_score=weights.terms_share(score, dense, sentence),
    )


def to_nearest(payload: Mapping[str, Any], cosine: float) -> Hit:
    """Return a point that was found by its whole passage alone."""
    return to_hit(payload, cosine, cosine, cosine, MEANING_ALONE)


def answer_sentences(
    question: QuestionVectors, passages: Iterable[Passage], sentences: Mapping[str, Sequence[Sequence[float]]]
) -> dict[str, Span]:
    """Return the answer sentence of each passage. All by passage id: `sentences` are their vectors."""
    return {
        passage.id: _answer_sentence(
            passage,
            np.asarray(sentences[passage.id], dtype=np.float32) @ question.beside(passage.metadata.language),
        )
        for passage in passages
    }


def _answer_sentence(passage: Passage, similarities: NDArray[np.float32]) -> Span:
    """Return the sentence most similar to the question; a question is no answer, unless all are."""
    for number in np.argsort(-similarities):
        span = passage.sentences[int(number)]
        if not passage.text[span.start : span.end].endswith("?"):
            return span
    return passage.sentences[int(similarities.argmax())]
