"""What else says something like a passage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.collection import QuestionVectors
from index.passage import Hit
from search_api.arrangement import arrange, overfetched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.collection import Filters
    from index.meaning import Meaning
    from index.passage import Span
    from search_api.arrangement import ArrangedHit
    from search_api.served import Served


@dataclass(frozen=True, slots=True)
class SimilarWish:
    """At most `limit` passages; `same_document`, `duplicates`: also those that are left out else."""

    filters: Filters
    limit: int
    same_document: bool = False
    duplicates: bool = False


@dataclass(frozen=True, slots=True)
class Similar:
    """The passages that were found, and the sentence of each that comes nearest, by passage id."""

    hits: Sequence[ArrangedHit]
    highlights: Mapping[str, Span]


def similar_to(origin: Meaning, wish: SimilarWish, served: Served) -> Similar:
    """Return the passages nearest in meaning to `origin`, never itself.

    Those that say the same as each other are one hit; those that say the same as `origin` fall together
    with it, and so are left out with it.
    """
    passage = origin.passage
    filters = wish.filters if wish.same_document else replace(wish.filters, outside=passage.source)
    wanted = overfetched(wish.limit)
    found = served.generation.nearest(origin.vector, filters, wanted)
    others = [hit for hit in found if hit.passage.id != passage.id]
    itself = [] if wish.duplicates else [Hit(passage, 1.0, 1.0, 1.0, 0.0)]
    arranged = arrange([*itself, *others], wanted, 0, served.versions)
    hits = [each for each in arranged if each.hit.passage.id != passage.id][: wish.limit]
    passages = [each.hit.passage for each in hits]
    return Similar(hits, served.generation.highlights(QuestionVectors(origin.vector), passages))
