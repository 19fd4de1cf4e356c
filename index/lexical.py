"""The lexical leg: terms as sparse vectors whose dot product is BM25.

Qdrant multiplies each query term by its inverse document frequency (modifier IDF), so a passage
stores the term-frequency part of BM25 and a question stores how much each term counts. Formula:
Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, eq. 3.15.
"""

from __future__ import annotations

import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.german import Term, analysed, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_K1 = 1.2  # how fast repetition saturates; the paper's usual value
_B = 0.75  # how much length counts; the paper's usual value
# A part of a compound means less than the compound itself: .3 to 1 differ by a point on the sets.
PART_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class TermVector:
    """A sparse vector: ascending 32-bit term numbers and a positive weight for each."""

    indices: tuple[int, ...]
    values: tuple[float, ...]


NO_TERMS = TermVector((), ())


def passage_length(headline: str, text: str) -> int:
    """Return how many terms a passage has, its headline's included."""
    return len(terms(headline)) + len(terms(text))


def passage_terms(headline: str, text: str, mean_length: float) -> TermVector:
    """Return the BM25 weights of a passage's terms, its headline's words included.

    `mean_length` is the mean of `passage_length` over the collection, greater than 0.
    """
    counts = Counter(term_number(term) for term in (*terms(headline), *terms(text)))
    length = 1 - _B + _B * counts.total() / mean_length
    return _vector({term: n * (_K1 + 1) / (n + _K1 * length) for term, n in counts.items()})


def question_weights(question: str) -> dict[str, float]:
    """Return the terms of a question, each once: 1 for a word as written, less for a compound's part."""
    return _strongest(analysed(question))


def question_terms(question: str) -> TermVector:
    """Return the terms of a question as a sparse vector."""
    return weighted_terms(question_weights(question))


def weighted_terms(weights: Mapping[str, float]) -> TermVector:
    """Return terms with their weights as a sparse vector."""
    return _vector({term_number(term): weight for term, weight in weights.items()})


def _strongest(found: Iterable[Term]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term in found:
        weights[term.text] = max(weights.get(term.text, 0.0), PART_WEIGHT if term.part else 1.0)
    return weights


def term_number(term: str) -> int:
    """Return the number under which a term is stored, the same in every process."""
    return zlib.crc32(term.encode("utf-8"))  # collisions: 1 in 85 000 for a term among 50 000


def _vector(weights: Mapping[int, float]) -> TermVector:
    ordered = sorted(weights.items())
    return TermVector(tuple(i for i, _ in ordered), tuple(w for _, w in ordered))
