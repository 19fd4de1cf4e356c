"""Is a candidate as good as what serves? Two trials compared, the answer in words for the staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.judgements import FILE_NAME
from index.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.trial import MissingSpan, Outcome

# How far each figure may fall: in every collection a new file moves a few right passages down, and that is
# no reason to stop. Where fewer than some thirty questions are judged, a single one that is lost stops all.
_NDCG = 0.02  # as if two questions in a hundred had lost all their right passages
_RECALL = 0.03  # coarser: a passage that moves from place 5 to 6 counts as lost
_VERDICT = 0.03  # coarser, too: near a threshold the last digit of a similarity turns it
_ROUNDING = 1e-9
_MOST_QUESTIONS = 10  # in the list: enough to see what happened
_SHORT = 90  # characters of a question or span that are shown


@dataclass(frozen=True, slots=True)
class GateResult:
    """`worse`: why the candidate should not be published, in German lines; empty if nothing got worse.

    `remarks` are worth a look and stop nothing. `figures` by name: what they were before and after, None
    where there was nothing to take them from.
    """

    worse: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    figures: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)

    @property
    def was_asked(self) -> bool:
        """Whether the candidate has answered any question."""
        return any(figure["after"] is not None for figure in self.figures.values())


@dataclass(frozen=True, slots=True)
class _Figure:
    name: str
    label: str
    before: float | None
    after: float | None
    tolerance: float

    @property
    def fell(self) -> bool:
        if self.before is None or self.after is None:
            return False
        return self.before - self.after > self.tolerance + _ROUNDING

    def line(self) -> str:
        before, after = _german(self.before or 0.0, 3), _german(self.after or 0.0, 3)
        return f"{self.label} fiel von {before} auf {after}; erlaubt sind {_german(self.tolerance, 2)}"


@dataclass(frozen=True, slots=True)
class _Change:
    """One question, before and after."""

    before: Outcome
    after: Outcome

    @property
    def verdict_turned(self) -> bool:
        return self.before.verdict_right and not self.after.verdict_right

    @property
    def loss(self) -> float:
        """How much got worse, from 0: nDCG and recall lost, and 1 for a verdict that misleads now."""
        lost = (self.before.ndcg - self.after.ndcg, self.before.recall - self.after.recall)
        return sum(max(0.0, each) for each in lost) + self.verdict_turned

    def vanished(self) -> list[MissingSpan]:
        known = set(self.before.missing_spans)
        return [span for span in self.after.missing_spans if span not in known]

    def line(self) -> str:
        parts = [each for each in (self._rank(), self._verdict()) if each]
        return f"»{_shortened(self.after.question)}«: {'; '.join(parts)}"

    def _rank(self) -> str:
        before, after = self.before.first_right, self.after.first_right
        if before is None or (
            self.before.ndcg <= self.after.ndcg and self.before.recall <= self.after.recall
        ):
            return ""
        if after is None:
            return f"die richtige Stelle stand auf Platz {before} und ist nicht mehr unter den ersten zehn"
        if after > before:
            return f"die richtige Stelle stand auf Platz {before} und steht jetzt auf Platz {after}"
        return f"die richtige Stelle steht auf Platz {after}, aber weitere richtige sind zurückgefallen"

    def _verdict(self) -> str:
        if not self.verdict_turned:
            return ""
        if self.after.answerable:
            return "die Suche sagt jetzt, dass es dazu nichts gibt"
        return "dazu gibt es nichts, aber die Suche hält sie jetzt für beantwortet"


def compare(former: Trial | None, candidate: Trial) -> GateResult:
    """Return what got worse from the generation that serves to the candidate.

    Without a former trial, or without judged questions, nothing can be worse.

    Raises:
        ValueError: the trials are not of the same questions and program.
    """
    if former is not None and former.key != candidate.key:
        message = "trials with different keys cannot be compared"
        raise ValueError(message)
    figures = _figures(former, candidate)
    shown = {each.name: {"before": each.before, "after": each.after} for each in figures}
    changes = _changes(former, candidate)
    vanished = _by_span((change.after.question, change.vanished()) for change in changes)
    missing = _by_span((each.question, each.missing_spans) for each in candidate.outcomes)
    remarks = tuple(_span_line(span, missing[span], "nicht") for span in missing if span not in vanished)
    fallen = [each.line() for each in figures if each.fell]
    if not fallen and not vanished:
        return GateResult(remarks=remarks, figures=shown)
    gone = [_span_line(span, asked, "nicht mehr") for span, asked in vanished.items()]
    return GateResult((*fallen, *_worst(changes), *gone), remarks, shown)


def _figures(former: Trial | None, candidate: Trial) -> list[_Figure]:
    before = former or Trial(candidate.key, ())
    return [
        _Figure("ndcg@10", "nDCG@10", before.ndcg, candidate.ndcg, _NDCG),
        _Figure("recall@5", "recall@5", before.recall, candidate.recall, _RECALL),
        _Figure("verdict", "Der Anteil richtiger Urteile", before.verdict, candidate.verdict, _VERDICT),
    ]


def _changes(former: Trial | None, candidate: Trial) -> list[_Change]:
    """Return every question before and after; the same key means the same questions in the same order."""
    if former is None:
        return []
    return [_Change(*pair) for pair in zip(former.outcomes, candidate.outcomes, strict=True)]


def _worst(changes: Iterable[_Change]) -> list[str]:
    """Return the questions that lost most, a line each."""
    worse = sorted((each for each in changes if each.loss > _ROUNDING), key=lambda each: -each.loss)
    rest = len(worse) - _MOST_QUESTIONS
    return [
        *(each.line() for each in worse[:_MOST_QUESTIONS]),
        *([f"und {rest} weitere Fragen" if rest > 1 else "und eine weitere Frage"] if rest > 0 else []),
    ]


def _by_span(missing: Iterable[tuple[str, Iterable[MissingSpan]]]) -> dict[MissingSpan, list[str]]:
    """Return the questions of each span, by source."""
    asked: dict[MissingSpan, list[str]] = {}
    for question, spans in missing:
        for span in spans:
            asked.setdefault(span, []).append(question)
    return dict(sorted(asked.items(), key=lambda each: each[0].source))


def _span_line(span: MissingSpan, questions: Sequence[str], how: str) -> str:
    others = len(questions) - 1
    more = f" und {others} weitere" if others else ""
    return (
        f"{span.source}: »{_shortened(span.span)}« steht dort {how} (beantwortet »{_shortened(questions[0])}«"
        f"{more}); bitte berichtigen Sie die Quelle oder {FILE_NAME}"
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rsplit(maxsplit=1)[0]} …"


def _german(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")
