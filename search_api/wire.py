"""From the house's vocabulary to what goes over the wire."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, assert_never

from index.collection import Filters
from index.passage import HeadingLocation, Kind, PageLocation, QuestionLocation, TimeLocation, document_id
from search_api import schemas

if TYPE_CHECKING:
    from datetime import date

    from index.passage import Hit, Location, Metadata, Passage, SourceEntry
    from search_api.search import Answer


def to_search_response(query: str, answer: Answer, took_ms: float, today: date) -> schemas.SearchResponse:
    """Return the answer as `GET /search` sends it."""
    return schemas.SearchResponse(
        query=query,
        language=answer.language,
        verdict=answer.verdict,
        took_ms=round(took_ms, 1),
        hits=[_hit(rank, hit, today) for rank, hit in enumerate(answer.hits, start=1)],
        facets={name: dict(counts) for name, counts in answer.facets.items()},
    )


def to_filters(asked: schemas.SearchQuery, today: date) -> Filters:
    """Return what a hit must fulfil."""
    return Filters(
        kind=tuple(Kind(name) for name in asked.kind),
        topic=tuple(asked.topic),
        country=tuple(asked.country),
        audience=tuple(asked.audience),
        language=tuple(asked.language),
        year=tuple(asked.year),
        valid_on=None if asked.include_expired else today,
    )


def to_document(source: str, metadata: Metadata, today: date) -> schemas.Document:
    """Return a source with its metadata."""
    return schemas.Document.model_validate(
        {
            **asdict(metadata),
            "id": document_id(source),
            "source": source,
            "expired": metadata.expired(today),
        }
    )


def to_catalogue_entry(entry: SourceEntry, today: date) -> schemas.CatalogueEntry:
    """Return a source as the list of documents shows it."""
    document = to_document(entry.source, entry.metadata, today)
    return schemas.CatalogueEntry(**document.model_dump(), passages=entry.passages)


def to_passage(passage: Passage) -> schemas.Passage:
    """Return a passage with its place."""
    return schemas.Passage(
        passage_id=passage.id,
        text=passage.text,
        heading=list(passage.heading),
        location=_location(passage.location),
    )


def _hit(rank: int, hit: Hit, today: date) -> schemas.Hit:
    return schemas.Hit(
        **to_passage(hit.passage).model_dump(),
        rank=rank,
        score=hit.score,
        highlight=schemas.Highlight(start=hit.highlight.start, end=hit.highlight.end),
        document=to_document(hit.passage.source, hit.passage.metadata, today),
    )


def _location(location: Location) -> schemas.Location:
    match location:
        case PageLocation(page, label):
            return schemas.Page(page=page, label=label)
        case TimeLocation(start, end, url):
            return schemas.Time(start=start, end=end, url=url)
        case HeadingLocation(anchor):
            return schemas.Heading(anchor=anchor)
        case QuestionLocation(question):
            return schemas.Question(question=question)
        case _:
            assert_never(location)
