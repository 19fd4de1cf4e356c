"""How good a search's rankings are, for German questions and for those in other languages."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from index.language import HOME_LANGUAGE
from search_api.evaluation import rank_measures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.judgements import Judgement
    from index.passage import Passage


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
    right = [{each.id for each in passages if asked.answered_by(each)} for asked in judgements]
    measured = rank_measures([rankings[number] for number in range(len(judgements))], right)
    scores: dict[str, list[tuple[float, float]]] = {"german": [], "other": [], "all": []}
    for judgement, *score in zip(judgements, measured["ndcg@10"], measured["recall@5"], strict=True):
        pair = (score[0], score[1])
        scores["german" if judgement.language == HOME_LANGUAGE else "other"].append(pair)
        scores["all"].append(pair)
    return {group: _means(each) for group, each in scores.items()}


def _means(scores: Sequence[tuple[float, float]]) -> Figures:
    if not scores:
        return Figures(0, 0.0, 0.0)
    gains, recalls = zip(*scores, strict=True)
    return Figures(len(scores), round(fmean(gains), 3), round(fmean(recalls), 3))
