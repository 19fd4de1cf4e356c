"""From the house's vocabulary to what goes over the wire."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, assert_never

from index.collection import Filters
from index.health import counts, health_of_all
from index.passage import HeadingLocation, Kind, PageLocation, QuestionLocation, TimeLocation, document_id
from search_api import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from index.health import Health
    from index.last_run import LastRun
    from index.passage import Location, Metadata, Passage, SourceEntry, Span
    from search_api.arrangement import ArrangedHit
    from search_api.recordings import Recordings
    from search_api.search import Answer
    from search_api.served import Served

_NO_LAST_RUN = (
    "Der Bericht der letzten Aufnahme fehlt oder ist unlesbar: Genannt sind nur die veröffentlichten "
    "Quellen. Nach der nächsten Aufnahme (»python -m ingest«) ist er wieder da."
)


@dataclass(frozen=True, slots=True)
class Present:
    """What the index does not know of its sources: the day, and which recordings lie beside them."""

    today: date
    recordings: Recordings


def to_search_response(
    query: str, answer: Answer, served: Served, took_ms: float, present: Present
) -> schemas.SearchResponse:
    """Return the answer as `GET /search` sends it."""
    understood, judged = answer.understanding, answer.judgement
    return schemas.SearchResponse(
        query=query,
        language=understood.language,
        verdict=judged.verdict,
        confidence=None if judged.confidence is None else round(judged.confidence, 3),
        corrections=[schemas.Correction(written=c.written, meant=c.meant) for c in understood.corrections],
        expansions=[schemas.Expansion(word=e.word, means=list(e.means)) for e in understood.expansions],
        took_ms=round(took_ms, 1),
        hits=to_hits(answer.hits, answer.highlights, served, present),
        facets={name: dict(counts) for name, counts in answer.facets.items()},
    )


def to_filters(asked: schemas.SearchQuery | schemas.SimilarQuery, today: date) -> Filters:
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


def to_document(
    source: str, metadata: Metadata, today: date, recording: schemas.RecordingKind | None = None
) -> schemas.Document:
    """Return a source with its metadata; `recording` if there is one that can be played."""
    return schemas.Document.model_validate(
        {
            **asdict(metadata),
            "id": document_id(source),
            "source": source,
            "expired": metadata.expired(today),
            "recording": recording,
        }
    )


def to_present_document(source: str, metadata: Metadata, present: Present) -> schemas.Document:
    """Return a source with its metadata and whether its recording can be played."""
    return to_document(source, metadata, present.today, present.recordings.kind_of(source))


def to_catalogue_entry(entry: SourceEntry, present: Present) -> schemas.CatalogueEntry:
    """Return a source as the list of documents shows it."""
    document = to_present_document(entry.source, entry.metadata, present)
    return schemas.CatalogueEntry(**document.model_dump(), passages=entry.passages)


def to_passage(passage: Passage) -> schemas.Passage:
    """Return a passage with its place."""
    return schemas.Passage(
        passage_id=passage.id,
        text=passage.text,
        heading=list(passage.heading),
        location=_location(passage.location),
    )


def to_sources_health(
    sources: Mapping[str, SourceEntry], last_run: LastRun | None, today: date
) -> schemas.SourcesHealth:
    """Return all sources with their grades; those that failed are known from the last run."""
    failed = last_run.failed if last_run else {}
    as_of = last_run.as_of if last_run else None
    unpublished = last_run.unpublished if last_run else None
    healths = health_of_all(list(sources.values()), failed, today)
    return schemas.SourcesHealth.model_validate(
        {
            "as_of": as_of,
            "note": _NO_LAST_RUN if as_of is None else None,
            "sources": [_source_health(name, sources.get(name), each) for name, each in healths.items()],
            "counts": counts(healths.values()),
            "unpublished": unpublished and {"at": unpublished.at, "reasons": unpublished.reasons},
        }
    )


def _source_health(source: str, entry: SourceEntry | None, health: Health) -> dict[str, object]:
    """Return a source with its grade; one that was never taken in is called by its file's name."""
    return {
        "source": source,
        "document_id": entry.id if entry else None,
        "title": entry.metadata.title if entry else PurePosixPath(source).name,
        "kind": entry.metadata.kind if entry else Kind.of_folder(source),
        "grade": health.grade,
        "reasons": health.reasons,
    }


def to_hits(
    hits: Sequence[ArrangedHit], highlights: Mapping[str, Span], served: Served, present: Present
) -> list[schemas.Hit]:
    """Return hits with their ranks; one that had to wait is worth no more than those before it."""
    scores = accumulate((each.hit.score for each in hits), min)
    return [
        _hit(each, highlights[each.hit.passage.id], served, present).model_copy(
            update={"rank": rank, "score": score}
        )
        for rank, (each, score) in enumerate(zip(hits, scores, strict=True), start=1)
    ]


def _hit(arranged: ArrangedHit, highlight: Span, served: Served, present: Present) -> schemas.Hit:
    passage = arranged.hit.passage
    return schemas.Hit(
        **to_passage(passage).model_dump(),
        rank=1,
        score=arranged.hit.score,
        highlight=schemas.Highlight(start=highlight.start, end=highlight.end),
        document=to_present_document(passage.source, passage.metadata, present),
        also_in=[_place(passage) for passage in arranged.also_in],
        newer_version=_newer(arranged.newer, served),
    )


def _place(passage: Passage) -> schemas.Place:
    return schemas.Place(
        passage_id=passage.id,
        document_id=document_id(passage.source),
        source=passage.source,
        title=passage.metadata.title,
        heading=list(passage.heading),
        location=_location(passage.location),
    )


def _newer(source: str | None, served: Served) -> schemas.NewerVersion | None:
    if source is None:
        return None
    title = served.sources[source].metadata.title
    return schemas.NewerVersion(document_id=document_id(source), source=source, title=title)


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
