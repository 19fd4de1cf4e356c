"""`GET /search` and the example questions."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Annotated

from fastapi import APIRouter, Query

from index.judgements import read_judgements
from search_api.explanation import with_explanation
from search_api.problems import described
from search_api.question import cleaned
from search_api.resources import ResourcesOf
from search_api.schemas import Examples, ExampleTopic, SearchQuery, SearchResponse
from search_api.search import Wish, ask
from search_api.wire import to_filters, to_search_response

router = APIRouter(tags=["Suche"])


@router.get(
    "/search",
    summary="Eine Frage stellen",
    responses=described(422, 503),
)
def search(asked: Annotated[SearchQuery, Query()], resources: ResourcesOf) -> SearchResponse:
    """Return the passages that answer the question, best first, and whether they do."""
    began = time.perf_counter()
    question = cleaned(asked.q)
    present = resources.present()
    wish = Wish(question, to_filters(asked, present.today), asked.limit, asked.per_document, asked.as_written)
    served = resources.publication.current()
    answer = ask(wish, served, resources.tools)
    took_ms = (time.perf_counter() - began) * 1_000
    response = to_search_response(question, answer, served, took_ms, present)
    return with_explanation(response, answer, served) if asked.explain else response


@router.get("/examples", summary="Fragen zum Ausprobieren")
def examples(resources: ResourcesOf) -> Examples:
    """Return the judged questions of the corpus that are marked as examples."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for judgement in read_judgements(resources.corpus):
        if judgement.example:
            by_topic["" if judgement.example is True else judgement.example].append(judgement.question)
    topics = [ExampleTopic(topic=topic, questions=questions) for topic, questions in by_topic.items()]
    return Examples(questions=[each for topic in topics for each in topic.questions], topics=topics)
