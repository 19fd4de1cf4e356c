"""What the judged questions got from one generation: measured by the search, compared by the ingestion."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class MissingSpan:
    """A judged span that no passage of its source holds: a changed source or a mistake in the file."""

    source: str
    span: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one judged question got.

    `ndcg` at 10 and `recall` at 5 lie between 0 and 1, higher is better, and are 0 where nothing is right;
    `first_right` is the rank of the first right hit among the ten, from 1. An answerable question stays
    one when all its spans are missing.
    """

    question: str
    answerable: bool
    ndcg: float
    recall: float
    first_right: int | None
    verdict: str
    missing_spans: tuple[MissingSpan, ...] = ()

    @property
    def verdict_right(self) -> bool:
        """Whether the verdict misleads nobody: no answer is denied, none is promised."""
        return self.verdict != ("none" if self.answerable else "answered")


@dataclass(frozen=True, slots=True)
class Trial:
    """All outcomes, in the order of the judgements.

    `key` stands for everything besides the index that they depend on: trials with different keys cannot
    be compared. The means are None where there is nothing to take them over.
    """

    key: str
    outcomes: tuple[Outcome, ...]

    @property
    def ndcg(self) -> float | None:
        """The mean nDCG@10 of the answerable questions."""
        return _mean([each.ndcg for each in self.outcomes if each.answerable])

    @property
    def recall(self) -> float | None:
        """The mean recall@5 of the answerable questions."""
        return _mean([each.recall for each in self.outcomes if each.answerable])

    @property
    def verdict(self) -> float | None:
        """The share of the questions whose verdict is right."""
        return _mean([float(each.verdict_right) for each in self.outcomes])


_LINE: TypeAdapter[Trial | None] = TypeAdapter(Trial | None)


def to_line(trial: Trial | None) -> str:
    """Return a trial as one line of JSON; None is a generation that cannot be asked."""
    return _LINE.dump_json(trial).decode("utf-8")


def from_line(line: str) -> Trial | None:
    """Return what `to_line` wrote.

    Raises:
        ValueError: the line is something else.
    """
    return _LINE.validate_json(line)


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None
