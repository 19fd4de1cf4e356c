"""How good a search's rankings are, for German questions and for those in other languages."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from benchmarks.metrics import ndcg, recall
from index.language import HOME_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.judgements import Judgement
    from index.passage import Passage

_DEPTH = 10
_TOP = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over a group of questions, each between 0 and 1, higher is better."""

    questions: int
    ndcg: float  # at 10
    recall: float  # at 5


def figures(
    rankings: Mapping[int, Sequence[str]], judgements: Sequence[Judgement], passages: Sequence[Passage]
) -> dict[str, Figures]:
    """Return the figures of rankings (a question's number: passage ids, best first) by group of questions.

    The groups are "german", "other" for all other languages, and "all".
    """
    scores: dict[str, list[tuple[float, float]]] = {"german": [], "other": [], "all": []}
    for number, judgement in enumerate(judgements):
        score = _score(rankings[number], judgement, passages)
        scores["german" if judgement.language == HOME_LANGUAGE else "other"].append(score)
        scores["all"].append(score)
    return {group: _means(each) for group, each in scores.items()}


def _score(ranking: Sequence[str], judgement: Judgement, passages: Sequence[Passage]) -> tuple[float, float]:
    right = {passage.id for passage in passages if judgement.answered_by(passage)}
    relevant = [passage in right for passage in ranking]
    return ndcg(relevant, len(right), _DEPTH), recall(relevant, len(right), _TOP)


def _means(scores: Sequence[tuple[float, float]]) -> Figures:
    if not scores:
        return Figures(0, 0.0, 0.0)
    gains, recalls = zip(*scores, strict=True)
    return Figures(len(scores), round(fmean(gains), 3), round(fmean(recalls), 3))
