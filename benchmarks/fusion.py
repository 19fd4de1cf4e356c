"""`python -m benchmarks.fusion`: which weight of the terms suits which questions.

All candidates of every German question are fetched once with their three scores; then weights are
tried on them: one for all questions, and powers of the coverage. Prints nDCG@10 for each set and the
mean over the sets, each set weighing the same.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.opened import JUDGED, bundled_set, open_tools, published_set
from benchmarks.record import show, write
from index.collection import Filters
from index.encoder import load_encoder
from index.errors import KnowledgeBaseError
from index.language import HOME_LANGUAGE
from index.ranking import CANDIDATES, similarity
from index.settings import read_settings
from search_api.evaluation import DEPTH
from search_api.search import question_vectors
from search_api.understanding import understand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from search_api.evaluation import JudgedSet
    from search_api.tools import Tools

_LEAST_COVERAGE = 0.1  # as in index/ranking.py
_WEIGHTS = (0.0, 0.001, 0.002, 0.003, 0.004, 0.006, 0.008, 0.012, 0.016)
_POWERS = (0.0, 0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one question may find, with similarity and BM25 of each; `right` names what it should."""

    names: tuple[str, ...]
    similarities: NDArray[np.float64]
    terms: NDArray[np.float64]
    right: frozenset[str]
    coverage: float

    def ndcg(self, weight: float) -> float:
        """Return nDCG@10 with a weight of BM25 (Järvelin and Kekäläinen, 2002)."""
        order = np.argsort(-(self.similarities + weight * self.terms), kind="stable")
        ranking = list(dict.fromkeys(self.names[number] for number in order))[:DEPTH]
        discounts = 1 / np.log2(np.arange(DEPTH) + 2)
        gain = sum(discounts[rank] for rank, name in enumerate(ranking) if name in self.right)
        return float(gain / discounts[: len(self.right)].sum())


def main() -> int:
    """Measure, print and write `benchmarks/results/fusion.json`."""
    settings = read_settings(os.environ)
    try:
        encoder = load_encoder(settings.model, settings.data / "models")
        tools = open_tools(settings)
        sets = [published_set(settings), *(bundled_set(name, settings, encoder) for name in JUDGED)]
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    found = {judged.name: list(candidates(judged, tools)) for judged in sets}
    measured = {
        f"{weight} * coverage ^ {power}": _mean(found, weight, power)
        for power in _POWERS
        for weight in _WEIGHTS
    }
    path = write("fusion", {"ndcg@10": measured})
    return show([*(f"{name:<28} {row}" for name, row in measured.items()), f"geschrieben: {path}"])


def candidates(judged: JudgedSet, tools: Tools) -> Iterator[Candidates]:
    """Yield for each answerable German question all that its legs name."""
    filters = Filters(valid_on=date.today())  # noqa: DTZ011 - the day the API would see
    for judgement in judged.judgements:
        if judgement.language != HOME_LANGUAGE or not judgement.relevant:
            continue
        understood = understand(
            judgement.question, HOME_LANGUAGE, judged.served.vocabulary, tools.thesaurus()
        )
        vectors, coverage = question_vectors(understood, filters, judged.served, tools)
        hits = judged.served.generation.search(vectors, filters, 2 * CANDIDATES)
        yield Candidates(
            names=tuple(judged.name_of(hit.passage) for hit in hits),
            similarities=np.array(
                [similarity(hit.passage_similarity, hit.sentence_similarity) for hit in hits]
            ),
            terms=np.array([hit.terms_score for hit in hits]),
            right=judged.right(judgement),
            coverage=coverage,
        )


def _mean(found: Mapping[str, Sequence[Candidates]], weight: float, power: float) -> dict[str, float]:
    row = {
        name: float(
            np.mean([c.ndcg(weight * max(_LEAST_COVERAGE, c.coverage) ** power) for c in each if c.right])
        )
        for name, each in found.items()
    }
    row["mean"] = float(np.mean(list(row.values())))
    return {name: round(value, 4) for name, value in row.items()}


if __name__ == "__main__":
    sys.exit(main())
