"""Judged sets for measuring, and the figures over a group of replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.errors import KnowledgeBaseError
from index.judgements import read_judgements
from search_api import evaluation
from search_api.evaluation import per_question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from search_api.evaluation import JudgedSet, Reply
    from search_api.served import Served

_RESAMPLED = 1_000  # bootstrap samples: the interval's ends then vary by a tenth of its width
_SEED = 1


def judged_set(name: str, corpus: Path, served: Served, *, by_document: bool = False) -> JudgedSet:
    """Return the questions of a corpus over what is published of it.

    Raises:
        KnowledgeBaseError: no question is judged.
    """
    judgements = read_judgements(corpus)
    if not judgements:
        message = f"In {corpus} liegt keine fragen.yaml: ohne beurteilte Fragen keine Messung."
        raise KnowledgeBaseError(message)
    return evaluation.judged_set(name, judgements, served, by_document=by_document)


def figures(replies: Sequence[Reply]) -> dict[str, float | int | list[float]]:
    """Return the rank measures over the answerable questions, with the 95 % interval of nDCG@10.

    The interval is the percentile bootstrap over questions (Efron and Tibshirani, 1993, chapter 13).
    """
    answerable = [each for each in replies if each.answerable]
    if not answerable:
        return {"questions": len(replies)}
    each = per_question(answerable)
    measured: dict[str, float | int | list[float]] = {"questions": len(answerable)}
    measured |= {name: round(float(np.mean(values)), 3) for name, values in each.items()}
    measured["ndcg@10 95 %"] = [round(end, 3) for end in interval(each["ndcg@10"])]
    return measured


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean."""
    sample = np.random.default_rng(_SEED).choice(np.asarray(values), (_RESAMPLED, len(values)))
    low, high = np.quantile(sample.mean(axis=1), [0.025, 0.975])
    return float(low), float(high)
