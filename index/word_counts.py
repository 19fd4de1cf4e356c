"""In how many passages each word stands: counted when a source is taken in, added up when it is served.

The terms of the words are kept beside them. To work them out again takes a fifth of a millisecond a word, and
50 000 passages have a few hundred thousand words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.german import word_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ONCE = "1"  # most words of a source stand in one of its passages


@dataclass(frozen=True, slots=True)
class WordCounts:
    """`written`: the words as they are spelt, `terms`: what they are found by. Both with numbers of passages.

    A passage with two forms of a word counts twice for their term.
    """

    written: Mapping[str, int]
    terms: Mapping[str, int]


def word_counts(written: Mapping[str, int]) -> WordCounts:
    """Return words with their terms."""
    terms: Counter[str] = Counter()
    for word, count in written.items():
        for term in word_terms(word):
            terms[term] += count
    return WordCounts(written, terms)


def packed(written: Mapping[str, int]) -> dict[str, dict[str, str]]:
    """Return the words of a source and their terms as a payload keeps them."""
    counts = word_counts(written)
    return {"words": grouped(counts.written), "terms": grouped(counts.terms)}


def added(payloads: Iterable[Mapping[str, Any]]) -> WordCounts:
    """Return the words and terms of all sources, from the payloads of their first passages."""
    written: Counter[str] = Counter()
    terms: Counter[str] = Counter()
    for payload in payloads:
        words = payload.get("words") or {}
        if "terms" in payload:
            _add(written, words)
            _add(terms, payload["terms"])
        else:  # taken in by version 0.1.0 before 2026-11-26: a number for each word
            written.update(words)
            terms.update(word_counts(words).terms)
    return WordCounts(written, terms)


def grouped(counts: Mapping[str, int]) -> dict[str, str]:
    """Return one text for all words of a number.

    As a number for each word, they take five times as long to read.
    """
    groups: dict[int, list[str]] = defaultdict(list)
    for word, count in counts.items():
        groups[count].append(word)
    return {str(count): " ".join(words) for count, words in groups.items()}


def ungrouped(groups: Mapping[str, str]) -> dict[str, int]:
    """Return the number of each word again."""
    return {word: int(count) for count, joined in groups.items() for word in joined.split(" ")}


def _add(total: Counter[str], groups: Mapping[str, str]) -> None:
    for count, joined in groups.items():
        words = joined.split(" ")
        if count == _ONCE:
            total.update(words)  # in C
        else:
            number = int(count)
            for word in words:
                total[word] += number
