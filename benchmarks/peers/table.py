"""One row for each search, measured or failed, as text and as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.peers.scores import Figures

_GROUPS = {"german": "deutsch", "other": "andere Sprachen", "all": "alle"}


@dataclass(frozen=True, slots=True)
class Row:
    """What a search reached by group of questions; or, without figures, why it has none."""

    name: str
    versions: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Figures] = field(default_factory=dict)
    failure: str = ""


def table(rows: Sequence[Row]) -> list[str]:
    """Return the lines of the table; the best figure of each column carries an asterisk."""
    width = max(len(row.name) for row in rows)
    measured = [row for row in rows if row.figures]
    best = {group: _best(group, measured) for group in _GROUPS}
    heads = [f"{_head(group, measured):^19}" for group in _GROUPS]
    names = [f"{'nDCG@10':>9} {'recall@5':>9}"] * len(_GROUPS)
    return [
        f"{'':<{width}}  {'  '.join(heads)}",
        f"{'Suche':<{width}}  {'  '.join(names)}  Versionen",
        *(f"{row.name:<{width}}  {_cells(row, best)}" for row in rows),
    ]


def as_json(row: Row) -> dict[str, object]:
    """Return a row for the file of results."""
    if row.failure:
        return {"name": row.name, "failure": row.failure}
    groups = {group: {"ndcg@10": each.ndcg, "recall@5": each.recall} for group, each in row.figures.items()}
    return {"name": row.name, "versions": dict(row.versions), **groups}


def _head(group: str, measured: Sequence[Row]) -> str:
    if not measured:
        return _GROUPS[group]
    return f"{_GROUPS[group]} ({measured[0].figures[group].questions})"


def _best(group: str, measured: Sequence[Row]) -> tuple[float, float]:
    each = [row.figures[group] for row in measured]
    return max((one.ndcg for one in each), default=0.0), max((one.recall for one in each), default=0.0)


def _cells(row: Row, best: Mapping[str, tuple[float, float]]) -> str:
    if row.failure:
        return f"gescheitert: {row.failure}"
    cells = [
        f"{_marked(row.figures[group].ndcg, ndcg)} {_marked(row.figures[group].recall, recall)}"
        for group, (ndcg, recall) in best.items()
    ]
    versions = ", ".join(f"{name} {version}" for name, version in row.versions.items())
    return f"{'  '.join(cells)}  {versions}"


def _marked(figure: float, best: float) -> str:
    return f"{figure:>8.3f}{'*' if figure == best else ' '}"
