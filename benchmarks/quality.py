"""`python -m benchmarks.quality [--sets]`: how well the judged questions are answered, by class.

Without an option the published generation is asked `corpus/fragen.yaml`; with `--sets` also the
judged sets of other fields are taken in and asked.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from sklearn.metrics import roc_auc_score

from benchmarks.evaluation import figures
from benchmarks.opened import JUDGED, bundled_set, open_tools, published_set
from benchmarks.record import show, write
from index.collection import Filters
from index.encoder import load_encoder
from index.errors import KnowledgeBaseError
from index.settings import read_settings
from search_api.evaluation import ask_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from index.settings import Settings
    from search_api.evaluation import JudgedSet, Reply
    from search_api.tools import Tools

_SHOWN = ("ndcg@10", "recall@5", "found@5", "mrr")


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write `benchmarks/results/quality.json`."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality")
    parser.add_argument("--sets", action="store_true", help="ask the judged sets of other fields too")
    options = parser.parse_args(arguments)
    try:
        measured = measure(read_settings(os.environ), with_sets=options.sets)
    except KnowledgeBaseError as error:
        return show([str(error)], code=1)
    path = write("quality", measured)
    return show([*_lines(measured), f"geschrieben: {path}"])


def measure(settings: Settings, *, with_sets: bool) -> dict[str, object]:
    """Return all figures as JSON, by set.

    Raises:
        KnowledgeBaseError: nothing is published, or no question is judged.
    """
    tools = open_tools(settings)
    sets = [published_set(settings)]
    tools.encoder.stamp.require(sets[0].served.generation.stamp)
    if with_sets:
        encoder = load_encoder(settings.model, settings.data / "models")
        sets += [bundled_set(name, settings, encoder) for name in JUDGED]
    return {judged.name: measure_set(judged, tools) for judged in sets}


def measure_set(judged: JudgedSet, tools: Tools) -> dict[str, object]:
    """Return the figures of one set: overall, by class, by language, by kind of source, verdicts."""
    filters = Filters(valid_on=date.today())  # noqa: DTZ011 - the day on which the API would answer
    replies = ask_all(judged, tools, filters)
    return {
        "passages": sum(entry.passages for entry in judged.served.sources.values()),
        "questions": len(replies),
        "overall": figures(replies),
        "by_class": _by(replies, lambda each: [each.judgement.question_class]),
        "by_language": _by(replies, lambda each: [each.judgement.language]),
        "by_kind": _by(
            replies, lambda each: sorted({r.source.split("/")[0] for r in each.judgement.relevant})
        ),
        "verdict": verdicts(replies),
        "vanished_spans": vanished(judged),
    }


def _by(replies: Iterable[Reply], names: Callable[[Reply], Iterable[str]]) -> dict[str, object]:
    groups: dict[str, list[Reply]] = {}
    for reply in replies:
        for name in names(reply):
            groups.setdefault(name, []).append(reply)
    return {name: figures(group) for name, group in sorted(groups.items())}


def verdicts(replies: Sequence[Reply]) -> dict[str, object]:
    """Return how verdicts fall on answerable and unanswerable questions, and how well they part them."""
    counts = {
        name: dict(Counter(each.answer.judgement.verdict for each in replies if each.answerable is right))
        for name, right in (("answerable", True), ("unanswerable", False))
    }
    confidences = [each.answer.judgement.confidence for each in replies]
    if not counts["unanswerable"] or None in confidences:
        return {**counts}
    refused = counts["unanswerable"].get("none", 0)
    said_none = refused + counts["answerable"].get("none", 0)
    return {
        **counts,
        "auroc": round(float(roc_auc_score([each.answerable for each in replies], confidences)), 3),
        "none_precision": round(refused / said_none, 3) if said_none else None,
        "none_recall": round(refused / sum(counts["unanswerable"].values()), 3),
    }


def vanished(judged: JudgedSet) -> list[dict[str, str]]:
    """Return the judged spans that no passage holds, with their questions, as JSON."""
    return [
        {"question": judgement.question, "source": span.source, "span": span.span}
        for judgement in judged.judgements
        for span in judged.missing(judgement)
    ]


def _lines(measured: Mapping[str, object]) -> list[str]:
    lines = [f"{'Klasse':<24} {'Fragen':>6} " + " ".join(f"{name:>9}" for name in _SHOWN) + "  nDCG 95 %"]
    for name, figures_of_set in measured.items():
        if isinstance(figures_of_set, dict):
            lines += [_row(name, figures_of_set["overall"])]
            for group in ("by_class", "by_language", "by_kind"):
                rows = figures_of_set[group].items()
                lines += [_row(f"  {key}", row) for key, row in rows if "ndcg@10" in row]
            lines.append(f"  Urteil: {figures_of_set['verdict']}")
            lines.append(f"  verschwundene Belege: {figures_of_set['vanished_spans'] or 'keine'}")
    return lines


def _row(name: str, row: Mapping[str, Any]) -> str:
    low, high = row["ndcg@10 95 %"]
    shown = " ".join(f"{row[key]:>9.3f}" for key in _SHOWN)
    return f"{name:<24} {row['questions']:>6} {shown}  {low:.3f}-{high:.3f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
