"""Does anything here answer the question? Decided by similarity, never by the fused score.

A fused score says only which passage is first; every question has a first passage. The weighted
mean of the cosines question-passage and question-sentence is comparable between questions. Its limits
were set on `corpus/fragen.yaml` with `python -m benchmarks.quality`, which prints how many
answerable and unanswerable questions fall on which side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from index.language import HOME_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.passage import Hit

Verdict = Literal["answered", "partial", "none"]

_ANSWERED = 0.865  # at or above: the passage answers
_PARTIAL = 0.847  # at or above: it is about the same matter
_FOREIGN_DISCOUNT = 0.03  # a question in another language lies that much further from German passages


def verdict(hits: Sequence[Hit], language: str) -> Verdict:
    """Return whether the hits answer a question in `language`, by the most similar of them."""
    best = max((hit.similarity for hit in hits), default=0.0)
    if language != HOME_LANGUAGE:
        best += _FOREIGN_DISCOUNT
    if best >= _ANSWERED:
        return "answered"
    return "partial" if best >= _PARTIAL else "none"
