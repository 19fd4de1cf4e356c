"""The lexical leg: terms as sparse vectors whose dot product is BM25.

Qdrant multiplies each query term by its inverse document frequency (modifier IDF), so a passage
stores the term-frequency part of BM25 and a question stores ones. Formula: Robertson and
Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, equation 3.15.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass

from index.german import terms

_K1 = 1.2  # how fast repetition saturates; the paper's usual value
_B = 0.75  # how much length counts; the paper's usual value
_AVERAGE_TERMS = 52  # of a passage with its headline, the mean over the starter corpus


@dataclass(frozen=True, slots=True)
class TermVector:
    """A sparse vector: ascending 32-bit term numbers and a positive weight for each."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


def passage_terms(headline: str, text: str) -> TermVector:
    """Return the BM25 weights of a passage's terms, its headline's words included."""
    counts = Counter(_number(term) for term in (*terms(headline), *terms(text)))
    length = 1 - _B + _B * counts.total() / _AVERAGE_TERMS
    return _vector({term: n * (_K1 + 1) / (n + _K1 * length) for term, n in counts.items()})


def question_terms(question: str) -> TermVector:
    """Return the terms of a question, each once with weight 1."""
    return _vector({_number(term): 1.0 for term in terms(question)})


def _number(term: str) -> int:
    return zlib.crc32(term.encode("utf-8"))  # collisions: 1 in 85 000 for a term among 50 000


def _vector(weights: dict[int, float]) -> TermVector:
    ordered = sorted(weights.items())
    return TermVector(tuple(i for i, _ in ordered), tuple(w for _, w in ordered))
