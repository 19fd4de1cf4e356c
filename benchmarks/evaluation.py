"""Judged questions asked of a collection: what each got, and how good that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ir_measures
import numpy as np
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from index.collection import Filters
from index.errors import KnowledgeBaseError
from index.judgements import read_judgements
from search_api.search import Wish, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from index.judgements import Judgement
    from index.passage import Hit, Passage
    from search_api.search import Answer
    from search_api.served import Served
    from search_api.tools import Tools

DEPTH = 10
_MEASURES = {"ndcg@10": nDCG @ 10, "recall@5": R @ 5, "found@5": Success @ 5, "mrr": RR}
_RESAMPLED = 1_000  # bootstrap samples: the interval's ends then vary by a tenth of its width
_SEED = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one judged question got; `right` are the names of what would have been right."""

    judgement: Judgement
    answer: Answer
    ranking: tuple[str, ...]
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Questions over one collection; `by_document`: a document counts by its best passage."""

    name: str
    judgements: tuple[Judgement, ...]
    passages: tuple[Passage, ...]
    served: Served
    by_document: bool = False


def judged_set(name: str, corpus: Path, served: Served, *, by_document: bool = False) -> JudgedSet:
    """Return the questions of a corpus over what is published of it.

    Raises:
        KnowledgeBaseError: no question is judged.
    """
    judgements = read_judgements(corpus)
    if not judgements:
        message = f"In {corpus} liegt keine fragen.yaml: ohne beurteilte Fragen keine Messung."
        raise KnowledgeBaseError(message)
    passages = tuple(each for source in served.sources for each in served.generation.passages(source))
    return JudgedSet(name, judgements, passages, served, by_document)


def ask_all(
    judged: JudgedSet, tools: Tools, today: date, search: Callable[[Wish, Served, Tools], Answer] = ask
) -> list[Outcome]:
    """Ask all questions as the API does by default."""
    filters = Filters(valid_on=today)
    outcomes = []
    for judgement in judged.judgements:
        limit = 5 * DEPTH if judged.by_document else DEPTH
        answer = search(Wish(judgement.question, filters, limit), judged.served, tools)
        hits = [arranged.hit for arranged in answer.hits]
        right = frozenset(name_of(each, judged) for each in judged.passages if judgement.answered_by(each))
        outcomes.append(Outcome(judgement, answer, ranking(hits, judged), right))
    return outcomes


def name_of(passage: Passage, judged: JudgedSet) -> str:
    """Return what is counted: the passage or its document."""
    return passage.source if judged.by_document else passage.id


def ranking(hits: Iterable[Hit], judged: JudgedSet) -> tuple[str, ...]:
    """Return the names of what was found, each once, best first."""
    return tuple(dict.fromkeys(name_of(hit.passage, judged) for hit in hits))


def figures(outcomes: Sequence[Outcome]) -> dict[str, float | int | list[float]]:
    """Return the rank measures over the answerable questions, with the 95 % interval of nDCG@10.

    recall@5 counts out of all right ones, even where there are more than five. The interval is the
    percentile bootstrap over questions (Efron and Tibshirani, 1993, chapter 13).
    """
    answerable = [each for each in outcomes if each.right]
    if not answerable:
        return {"questions": len(outcomes)}
    each = per_question(answerable)
    measured: dict[str, float | int | list[float]] = {"questions": len(answerable)}
    measured |= {name: round(float(np.mean(values)), 3) for name, values in each.items()}
    measured["ndcg@10 95 %"] = [round(end, 3) for end in interval(each["ndcg@10"])]
    return measured


def per_question(outcomes: Sequence[Outcome]) -> Mapping[str, Sequence[float]]:
    """Return each measure for each question, in the order of the outcomes."""
    return rank_measures([each.ranking for each in outcomes], [each.right for each in outcomes])


def rank_measures(
    rankings: Sequence[Sequence[str]], right: Sequence[Collection[str]]
) -> Mapping[str, Sequence[float]]:
    """Return each measure for each question, from what was found (best first) and what is right."""
    relevant = [Qrel(str(n), name, 1) for n, names in enumerate(right) for name in sorted(names)]
    found = [
        ScoredDoc(str(n), name, -rank)
        for n, ranking in enumerate(rankings)
        for rank, name in enumerate(ranking or ("nothing",))
    ]
    values: dict[str, list[float]] = {name: [0.0] * len(rankings) for name in _MEASURES}
    names = {str(measure): name for name, measure in _MEASURES.items()}
    for metric in ir_measures.iter_calc(list(_MEASURES.values()), relevant, found):
        values[names[str(metric.measure)]][int(metric.query_id)] = metric.value
    return values


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean."""
    sample = np.random.default_rng(_SEED).choice(np.asarray(values), (_RESAMPLED, len(values)))
    low, high = np.quantile(sample.mean(axis=1), [0.025, 0.975])
    return float(low), float(high)
