"""What all compete on: the passages that a search would show today and the questions they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.opened import open_tools, published_set
from benchmarks.peers.scripts.exchange import Export, ExportedPassage, ExportedQuestion
from index.collection import Filters
from index.errors import KnowledgeBaseError
from search_api.search import Wish, ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.encoder import PassageEncoder
    from index.judgements import Judgement
    from index.passage import Passage
    from index.settings import Settings
    from search_api.served import Served
    from search_api.tools import Tools

_DEPTH = 10  # as deep as the figures look


@dataclass(frozen=True, slots=True)
class Contest:
    """A generation and our tools to search it, and what is asked of it: answerable questions only."""

    served: Served
    tools: Tools
    passages: tuple[Passage, ...]
    judgements: tuple[Judgement, ...]
    today: date


def open_contest(settings: Settings) -> Contest:
    """Return the contest on the published generation and the corpus' judged questions.

    Raises:
        KnowledgeBaseError: nothing is published, or no question has an answer.
    """
    judged = published_set(settings)
    if not any(each.relevant for each in judged.judgements):
        message = (
            f"In {settings.corpus} hat keine beurteilte Frage (fragen.yaml) eine Antwort: kein Vergleich."
        )
        raise KnowledgeBaseError(message)
    tools = open_tools(settings)
    tools.encoder.stamp.require(judged.served.generation.stamp)
    return gather(judged.served, tools, judged.judgements, date.today())  # noqa: DTZ011 - as the API


def gather(served: Served, tools: Tools, judgements: Sequence[Judgement], today: date) -> Contest:
    """Return the contest on a generation: its passages and those judgements that have an answer.

    Sources that have expired are left out for everybody: our own search hides them, and a peer
    without filters must not pay for that.
    """
    entries = [entry for entry in served.sources.values() if not entry.metadata.expired(today)]
    passages = tuple(each for entry in entries for each in served.generation.passages(entry.source))
    answerable = tuple(each for each in judgements if each.relevant)
    return Contest(served, tools, passages, answerable, today)


def exported(contest: Contest, encoder: PassageEncoder) -> Export:
    """Return what the peers get: texts as our encoder sees them, and our vectors of them."""
    passages = tuple(
        ExportedPassage(passage.id, passage.source, f"{passage.headline}\n{passage.text}")
        for passage in contest.passages
    )
    questions = tuple(ExportedQuestion(each.question, each.language) for each in contest.judgements)
    return Export(
        passages=passages,
        passage_vectors=encoder.encode_passages([passage.text for passage in passages]),
        questions=questions,
        question_vectors=contest.tools.encoder.encode_queries([question.text for question in questions]),
    )


def own_rankings(contest: Contest) -> dict[int, tuple[str, ...]]:
    """Return our product's rankings: what the API finds for each question, as deep as it is scored."""
    filters = Filters(valid_on=contest.today)
    answers = (
        ask(Wish(each.question, filters, _DEPTH), contest.served, contest.tools)
        for each in contest.judgements
    )
    return {
        number: tuple(arranged.hit.passage.id for arranged in answer.hits)
        for number, answer in enumerate(answers)
    }
