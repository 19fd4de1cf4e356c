"""A published generation with all that follows from it, worked out once when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.vocabulary import Vocabulary
from search_api.versions import newer_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.collection import Filters, Generation
    from index.passage import SourceEntry

_REMEMBERED_FACETS = 256  # sets of filters; a few kB each


@dataclass(frozen=True, slots=True)
class Served:
    """`versions` names for each older version of a sheet the newest one; `languages` those of texts.

    `facets` counts as the generation does, and remembers: the counts do not depend on the question.
    """

    generation: Generation
    facets: Callable[[Filters], Mapping[str, Mapping[str, int]]]
    vocabulary: Vocabulary
    sources: Mapping[str, SourceEntry]
    versions: Mapping[str, str]
    languages: frozenset[str]


def serve(generation: Generation) -> Served:
    """Return a generation ready to be asked."""
    entries = generation.catalogue()
    passages = sum(entry.passages for entry in entries)
    return Served(
        generation,
        lru_cache(_REMEMBERED_FACETS)(generation.facets),
        Vocabulary(generation.words(), passages),
        {entry.source: entry for entry in entries},
        newer_versions(entries),
        frozenset(entry.metadata.language for entry in entries),
    )
