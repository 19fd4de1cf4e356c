"""The words of a collection: how rare a term is, and which known word an unknown one may mean."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from index.dictionary import is_listed, is_noun
from index.folding import fold
from index.german import terms

if TYPE_CHECKING:
    from collections.abc import Collection

    from index.word_counts import WordCounts

_SHORTEST = 4  # letters; shorter words have too many neighbours
_TWO_MISTAKES_FROM = 8  # letters; in shorter words two mistakes make another word


class Vocabulary:
    """The words of one generation with the number of passages that have each."""

    def __init__(self, counts: WordCounts, passages: int) -> None:
        self._passages = passages
        self._terms = counts.terms
        self._written: dict[str, tuple[int, str]] = {}  # folded: passages, as it is mostly written
        for folded, (word, count) in zip(_folded(counts.written), counts.written.items(), strict=True):
            before, usual = self._written.get(folded, (0, word))
            most = word if count > before else usual
            self._written[folded] = (before + count, most)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for folded in self._written:
            if len(folded) >= _SHORTEST:
                self._by_first[folded[0]].append(folded)

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency of a term as Qdrant computes it, above 0.

        Forms of a word in the same passage are counted twice, so it is a lower bound.
        """
        count = min(self._terms.get(term, 0), self._passages)
        return log(1 + (self._passages - count + 0.5) / (count + 0.5))

    def correction(self, word: str) -> str | None:
        """Return the word of the collection that a mistyped one means; None for a word that may stand.

        A word stands if the collection has it, its stem or all parts of its compound, or if a dictionary
        lists it: not to be found here is no mistake. Distance is optimal string alignment
        (insertions, deletions, replacements, neighbours swapped) over folded words.
        """
        folded = fold(word)
        if len(folded) < _SHORTEST or not folded.isalpha() or self._known(folded) or is_listed(word):
            return None
        most = 2 if len(folded) >= _TWO_MISTAKES_FROM else 1
        others = self._by_first[folded[0]]
        near = [
            (distance, -self._written[other][0], other)
            for other, distance, _ in extract(
                folded, others, scorer=OSA.distance, score_cutoff=most, limit=len(others)
            )
        ]
        return self._written[min(near)[2]][1] if near else None

    def _known(self, folded: str) -> bool:
        found = terms(folded)
        if not found or folded in self._written or found[0] in self._terms or is_noun(folded):
            return True
        return len(found) > 1 and all(part in self._terms for part in found[1:])


def _folded(words: Collection[str]) -> list[str]:
    """Return the words folded, all at once: each by itself takes three times as long."""
    return fold("\n".join(words)).split("\n") if words else []
