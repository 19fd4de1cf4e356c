"""The mean length of a passage, which BM25 measures every passage by, kept true while the corpus changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.collection import IndexedPassage
from index.lexical import passage_terms
from ingest.encoding import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.collection import Draft
    from index.passage import SourceEntry

USUAL_LENGTH = 60.0  # terms; what a first ingestion begins with, put right at its end
_TOLERANCE = 0.05  # of the mean; a tenth more or less changes no score by more than a thirtieth


def mean_length(entries: Iterable[SourceEntry]) -> float:
    """Return the mean number of terms of a passage; the usual one if there are none yet."""
    known = list(entries)
    passages = sum(entry.passages for entry in known)
    return max(1.0, sum(entry.length for entry in known) / passages) if passages else USUAL_LENGTH


def settle(draft: Draft, entries: Iterable[SourceEntry]) -> list[SourceEntry]:
    """Give the sources whose weights were computed with another mean new ones; return these, as they are now.

    `entries` are all sources of the draft. After a small change the mean is the same and nothing is written.
    """
    known = list(entries)
    mean = mean_length(known)
    off = [
        replace(entry, mean_length=mean) for entry in known if abs(entry.mean_length / mean - 1) > _TOLERANCE
    ]
    for entry in off:
        draft.put(_reweighted(draft, entry))
    return off


def _reweighted(draft: Draft, entry: SourceEntry) -> Sequence[IndexedPassage]:
    stored, passages = draft.vectors(entry.source), draft.passages(entry.source)
    words = words_of(passages)
    found = []
    for passage in passages:
        kept = stored[passage.position]
        terms = passage_terms(passage.headline, passage.text, entry.mean_length)
        made = replace(kept.vectors, terms=terms)
        own = words if passage.position == 0 else {}
        found.append(IndexedPassage(entry, passage, kept.fingerprint, made, own))
    return found
