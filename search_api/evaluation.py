"""Judged questions asked of a generation: what each got, and how good that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from index.judgements import even
from search_api.search import Wish, find

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from index.collection import Filters
    from index.judgements import Judgement, RelevantSpan
    from index.passage import Hit, Passage
    from search_api.search import Answer
    from search_api.served import Served
    from search_api.tools import Tools

DEPTH = 10
_MEASURES = {"ndcg@10": nDCG @ 10, "recall@5": R @ 5, "found@5": Success @ 5, "mrr": RR}


@dataclass(frozen=True, slots=True)
class Reply:
    """What one judged question got; `right` are the names of what would have been right."""

    judgement: Judgement
    answer: Answer
    ranking: tuple[str, ...]
    right: frozenset[str]

    @property
    def answerable(self) -> bool:
        """Whether there should be an answer, even if the passage that held it is gone."""
        return bool(self.judgement.relevant)


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Questions over one generation; `by_document`: a document counts by its best passage.

    `holders` has the passages that hold each judged span.
    """

    name: str
    judgements: tuple[Judgement, ...]
    holders: Mapping[RelevantSpan, Sequence[Passage]]
    served: Served
    by_document: bool = False

    def name_of(self, passage: Passage) -> str:
        """Return what is counted: the passage or its document."""
        return passage.source if self.by_document else passage.id

    def right(self, judgement: Judgement) -> frozenset[str]:
        """Return the names of all that answers the question."""
        return frozenset(self.name_of(each) for span in judgement.relevant for each in self.holders[span])

    def missing(self, judgement: Judgement) -> tuple[RelevantSpan, ...]:
        """Return the judged spans that no passage holds: a changed source or a mistake in the file."""
        return tuple(span for span in judgement.relevant if not self.holders[span])

    def ranking(self, hits: Iterable[Hit]) -> tuple[str, ...]:
        """Return the names of what was found, each once, best first."""
        return tuple(dict.fromkeys(self.name_of(hit.passage) for hit in hits))


def judged_set(
    name: str, judgements: tuple[Judgement, ...], served: Served, *, by_document: bool = False
) -> JudgedSet:
    """Return the questions over an open generation."""
    spans = {span for judgement in judgements for span in judgement.relevant}
    texts = {
        source: [(passage, even(passage.text)) for passage in served.generation.passages(source)]
        for source in sorted({span.source for span in spans})
    }
    holders = {span: [each for each, text in texts[span.source] if even(span.span) in text] for span in spans}
    return JudgedSet(name, judgements, holders, served, by_document)


def ask_all(
    judged: JudgedSet,
    tools: Tools,
    filters: Filters,
    *,
    search: Callable[[Wish, Served, Tools], Answer] = find,
) -> list[Reply]:
    """Ask all questions as the API does by default; the replies are in the order of the judgements."""

    def reply(judgement: Judgement) -> Reply:
        limit = 5 * DEPTH if judged.by_document else DEPTH
        answer = search(Wish(judgement.question, filters, limit), judged.served, tools)
        ranking = judged.ranking(arranged.hit for arranged in answer.hits)
        return Reply(judgement, answer, ranking, judged.right(judgement))

    return [reply(judgement) for judgement in judged.judgements]


def per_question(replies: Sequence[Reply]) -> Mapping[str, Sequence[float]]:
    """Return each measure for each question, in the order of the replies."""
    return rank_measures([each.ranking for each in replies], [each.right for each in replies])


def rank_measures(
    rankings: Sequence[Sequence[str]], right: Sequence[Collection[str]]
) -> Mapping[str, Sequence[float]]:
    """Return each measure for each question, from what was found (best first) and what is right.

    All are 0 where nothing is right. recall@5 counts out of all right ones, even where there are more
    than five.
    """
    relevant = [Qrel(str(n), name, 1) for n, names in enumerate(right) for name in sorted(names)]
    found = [
        ScoredDoc(str(n), name, -rank)
        for n, ranking in enumerate(rankings)
        for rank, name in enumerate(ranking or ("nothing",))
    ]
    values: dict[str, list[float]] = {name: [0.0] * len(rankings) for name in _MEASURES}
    names = {str(measure): name for name, measure in _MEASURES.items()}
    if relevant:
        for metric in ir_measures.iter_calc(list(_MEASURES.values()), relevant, found):
            values[names[str(metric.measure)]][int(metric.query_id)] = metric.value
    return values
