"""`python -m benchmarks.quality`: how well the published generation answers `fragen.yaml`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import TYPE_CHECKING

from benchmarks.metrics import auroc, ndcg, recall, reciprocal_rank
from benchmarks.record import show, write
from index.collection import Filters
from index.encoder import load_encoder
from index.errors import KnowledgeBaseError
from index.judgements import Judgement, read_judgements
from index.settings import Settings, read_settings
from index.store import connect_store
from search_api.search import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.collection import Generation
    from index.encoder import Encoder
    from index.passage import Passage

_DEPTH = 10
_TOP = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one judged question got. `total` right passages exist in the generation."""

    judgement: Judgement
    relevant: tuple[bool, ...]
    total: int
    verdict: str
    similarity: float


def main() -> int:
    """Measure, print and write `benchmarks/results/quality.json`."""
    try:
        measured = measure(read_settings(os.environ))
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    path = write("quality", measured)
    return show([*_table(measured), f"geschrieben: {path}"])


def measure(settings: Settings) -> dict[str, object]:
    """Return all figures as JSON.

    Raises:
        KnowledgeBaseError: nothing is published, or no question is judged.
    """
    judgements = read_judgements(settings.corpus)
    if not judgements:
        message = f"In {settings.corpus} liegt keine fragen.yaml: ohne beurteilte Fragen keine Messung."
        raise KnowledgeBaseError(message)
    generation = connect_store(settings).open()
    encoder = load_encoder(settings.model, settings.data / "models")
    encoder.stamp.require(generation.stamp)
    passages = [each for entry in generation.catalogue() for each in generation.passages(entry.source)]
    outcomes = [_outcome(judgement, passages, generation, encoder) for judgement in judgements]
    return {
        "generation": generation.id,
        "passages": len(passages),
        "questions": len(outcomes),
        "overall": _figures(outcomes),
        "by_class": {name: _figures(group) for name, group in _grouped(outcomes).items()},
        "verdict": _verdicts(outcomes),
        "vanished_spans": _vanished(judgements, passages),
    }


def _outcome(
    judgement: Judgement, passages: Sequence[Passage], generation: Generation, encoder: Encoder
) -> Outcome:
    answer = ask(judgement.question, Filters(valid_on=date.today()), _DEPTH, generation, encoder)  # noqa: DTZ011 - as the API
    return Outcome(
        judgement=judgement,
        relevant=tuple(judgement.answered_by(hit.passage) for hit in answer.hits),
        total=sum(judgement.answered_by(passage) for passage in passages),
        verdict=answer.verdict,
        similarity=max((hit.similarity for hit in answer.hits), default=0.0),
    )


def _grouped(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.judgement.question_class, []).append(outcome)
    return dict(sorted(groups.items()))


def _figures(outcomes: Sequence[Outcome]) -> dict[str, float | int]:
    answerable = [each for each in outcomes if each.judgement.relevant]
    if not answerable:
        return {"questions": len(outcomes)}
    return {
        "questions": len(answerable),
        "ndcg@10": round(fmean(ndcg(each.relevant, each.total, _DEPTH) for each in answerable), 3),
        "recall@5": round(fmean(recall(each.relevant, each.total, _TOP) for each in answerable), 3),
        "found@5": round(fmean(any(each.relevant[:_TOP]) for each in answerable), 3),
        "mrr": round(fmean(reciprocal_rank(each.relevant) for each in answerable), 3),
    }


def _verdicts(outcomes: Sequence[Outcome]) -> dict[str, object]:
    answerable = [each for each in outcomes if each.judgement.relevant]
    unanswerable = [each for each in outcomes if not each.judgement.relevant]
    separation = auroc([each.similarity for each in answerable], [each.similarity for each in unanswerable])
    return {
        "answerable": dict(Counter(each.verdict for each in answerable)),
        "unanswerable": dict(Counter(each.verdict for each in unanswerable)),
        "auroc": round(separation, 3),
    }


def _vanished(judgements: Iterable[Judgement], passages: Sequence[Passage]) -> list[dict[str, str]]:
    """Return the judged spans that no passage holds: a changed source or a mistake in the file."""
    return [
        {"question": judgement.question, "source": span.source, "span": span.span}
        for judgement in judgements
        for span in judgement.relevant
        if not any(span.found_in(passage) for passage in passages)
    ]


def _table(measured: Mapping[str, object]) -> list[str]:
    overall, by_class = measured["overall"], measured["by_class"]
    rows = {"alle": overall, **(by_class if isinstance(by_class, dict) else {})}
    lines = [f"{'Klasse':<16} {'Fragen':>6} {'nDCG@10':>8} {'recall@5':>9} {'found@5':>8} {'MRR':>6}"]
    for name, row in rows.items():
        if isinstance(row, dict):
            figures = [
                f"{row.get(key, float('nan')):.3f}" for key in ("ndcg@10", "recall@5", "found@5", "mrr")
            ]
            lines.append(
                f"{name:<16} {row['questions']:>6} {figures[0]:>8} {figures[1]:>9} "
                f"{figures[2]:>8} {figures[3]:>6}"
            )
    vanished = measured["vanished_spans"]
    return [*lines, f"Urteil: {measured['verdict']}", f"verschwundene Belege: {vanished or 'keine'}"]


if __name__ == "__main__":
    sys.exit(main())
