"""Hits in the order in which a person can use them: nothing twice, the newer version first, variety."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from index.passage import QuestionLocation
from index.ranking import CANDIDATES, similarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.passage import Hit, Passage

_NUMBER = re.compile(r"\d+")
FIRST = 10  # hits for which the limit per document holds
_SAME_TEXT = 92.0  # percent of characters that two passages share in order; below it they say something else
_SAME_SIMILARITY = 0.02  # two passages of the same words lie as near to the question
_SPARE = 20  # more hits than wanted: some fall together, some must wait


@dataclass(frozen=True, slots=True)
class ArrangedHit:
    """A hit with the other places that say the same, and the source of a newer version if there is one."""

    hit: Hit
    also_in: tuple[Passage, ...] = ()
    newer: str | None = None


def overfetched(limit: int) -> int:
    """Return how many hits to ask for, so that `limit` are left."""
    return min(2 * CANDIDATES, limit + _SPARE)


def arrange(
    hits: Sequence[Hit], limit: int, per_document: int, newer: Mapping[str, str]
) -> list[ArrangedHit]:
    """Return at most `limit` hits.

    Near-duplicates fall together; of two versions the newer one comes first; among the first ten
    no document has more than `per_document` hits (0: as many as it likes) while others are left.
    `newer` names for the source of an older version the source of the newest one.
    """
    single = _newer_first(_without_duplicates(hits, newer))
    return (_varied(single, per_document) if per_document else single)[:limit]


@dataclass(frozen=True, slots=True)
class _Statement:
    """What tells a hit from others: `sheet` is the newest version of its source, `numbers` amounts and dates.

    Taken once for each hit, not for each pair: reading the numbers 435 times took longer than the search.
    """

    source: str
    sheet: str
    text: str
    similarity: float
    numbers: tuple[str, ...]


def _without_duplicates(hits: Iterable[Hit], newer: Mapping[str, str]) -> list[ArrangedHit]:
    kept: list[ArrangedHit] = []
    statements: list[_Statement] = []
    for hit in hits:
        statement = _statement(hit, newer)
        twin = next((at for at, other in enumerate(statements) if _alike(statement, other)), None)
        if twin is None:
            kept.append(ArrangedHit(hit, newer=newer.get(hit.passage.source)))
            statements.append(statement)
        else:
            also_in = (*kept[twin].also_in, hit.passage)
            kept[twin] = replace(kept[twin], also_in=also_in)
    return kept


def _statement(hit: Hit, newer: Mapping[str, str]) -> _Statement:
    source, text = hit.passage.source, hit.passage.text
    near = similarity(hit.passage_similarity, hit.sentence_similarity)
    return _Statement(source, newer.get(source, source), text, near, tuple(_NUMBER.findall(text)))


def _alike(one: _Statement, other: _Statement) -> bool:
    """Whether two hits say the same. Versions of a sheet do not: a change matters."""
    if one.sheet == other.sheet and one.source != other.source:
        return False
    if one.text == other.text:
        return True
    if abs(one.similarity - other.similarity) >= _SAME_SIMILARITY or one.numbers != other.numbers:
        return False
    return fuzz.ratio(one.text, other.text, score_cutoff=_SAME_TEXT) > 0


def _newer_first(hits: list[ArrangedHit]) -> list[ArrangedHit]:
    """Put the best hit of a newer version before the first one of an older version."""
    ordered = list(hits)
    for older in hits:
        if older.newer is None:
            continue
        at = ordered.index(older)
        later = (each for each in ordered[at + 1 :] if each.hit.passage.source == older.newer)
        first = next(later, None)
        before = any(each.hit.passage.source == older.newer for each in ordered[:at])
        if first is not None and not before:
            ordered.remove(first)
            ordered.insert(at, first)
    return ordered


def _whole(passage: Passage) -> str:
    """Return what counts as one document: the source, but each entry of an FAQ sheet by itself.

    A sheet gathers answers to many questions; holding back the fourth cost 2 points of nDCG@10 on the
    FAQ set, and nobody is told the same thing twice.
    """
    return passage.id if isinstance(passage.location, QuestionLocation) else passage.source


def _varied(hits: Sequence[ArrangedHit], per_document: int) -> list[ArrangedHit]:
    first: list[ArrangedHit] = []
    waiting: list[ArrangedHit] = []
    taken: Counter[str] = Counter()
    for each in hits:
        whole = _whole(each.hit.passage)
        if len(first) < FIRST and taken[whole] < per_document:
            taken[whole] += 1
            first.append(each)
        else:
            waiting.append(each)
    return [*first, *waiting]
