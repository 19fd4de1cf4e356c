"""Does anything here answer the question? A calibrated signal of its own, never the fused score.

A fused score says only which passage is first; every question has a first passage. Here a logistic
regression over a few named features gives the probability that the first hits hold the answer. It was
fitted by `python -m benchmarks.calibrate` on judged, off-topic and near-topic questions, for the
encoder that is named in the calibration; for another encoder its numbers mean nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import exp, log1p
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from index.ranking import similarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.passage import Hit
    from search_api.understanding import Understanding

Verdict = Literal["answered", "partial", "none"]
CALIBRATION = Path(__file__).parent / "calibration.json"
_COMPARED = 10  # hits that the best one is compared with


@dataclass(frozen=True, slots=True)
class Signal:
    """The features of an answer, each a plain number.

    `similarity` of the most similar hit and `sentence` of the hit with the best sentence are cosines;
    `lead` is how far the best hit's similarity lies above the mean of the ten best; `coverage` the
    share of the question's terms that the first hit has, rare ones counting more; `terms` and `letters`
    are logarithms of the question's length: cosines of short texts are of another size.
    """

    similarity: float
    sentence: float
    lead: float
    coverage: float
    terms: float
    letters: float

    @classmethod
    def of(cls, hits: Sequence[Hit], understood: Understanding, coverage: float) -> Signal:
        """Return the features of what was found, before it was arranged.

        `coverage` is that of the passage with the highest BM25 score.
        """
        similarities = sorted(
            (similarity(hit.passage_similarity, hit.sentence_similarity) for hit in hits), reverse=True
        )
        best = similarities[0] if similarities else 0.0
        first = similarities[:_COMPARED]
        terms = max((hit.terms_score for hit in hits), default=0.0)
        share = hits[0].terms_score / terms if hits and terms else 0.0
        return cls(
            similarity=best,
            sentence=max((hit.sentence_similarity for hit in hits), default=0.0),
            lead=best - sum(first) / len(first) if first else 0.0,
            coverage=coverage * share,
            terms=log1p(len(understood.core)),
            letters=log1p(len(understood.wordings[0])),
        )


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression: weights of the features, and from which probability on which verdict."""

    encoder: str
    intercept: float
    weights: dict[str, float]
    answered: float
    partial: float

    def probability(self, signal: Signal) -> float:
        """Return the probability that the hits hold the answer, 0 to 1."""
        return 1 / (
            1 + exp(-self.intercept - sum(w * getattr(signal, name) for name, w in self.weights.items()))
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, and the probability it rests on; None where no calibration fits the encoder."""

    verdict: Verdict
    confidence: float | None


def judge(signal: Signal, calibration: Calibration | None) -> Judgement:
    """Return whether the hits answer the question.

    Nothing found is no answer. Without a calibration for the encoder nothing more can be told
    honestly than that something was found: partial.
    """
    if signal.similarity == 0.0:
        return Judgement("none", 0.0)
    if calibration is None:
        return Judgement("partial", None)
    confidence = calibration.probability(signal)
    if confidence >= calibration.answered:
        return Judgement("answered", confidence)
    return Judgement("partial" if confidence >= calibration.partial else "none", confidence)


def read_calibration(encoder: str, path: Path = CALIBRATION) -> Calibration | None:
    """Return the calibration for an encoder, named as `encoder_name` does; None if it is for another."""
    calibration = Calibration(**json.loads(path.read_text(encoding="utf-8")))
    return calibration if calibration.encoder == encoder else None
