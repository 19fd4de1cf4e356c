"""A published generation with all that follows from it, worked out once when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.vocabulary import Vocabulary
from search_api.versions import newer_versions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.collection import Generation
    from index.passage import SourceEntry


@dataclass(frozen=True, slots=True)
class Served:
    """`versions` names for each older version of a sheet the newest one; `languages` those of texts."""

    generation: Generation
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
        Vocabulary(generation.words(), passages),
        {entry.source: entry for entry in entries},
        newer_versions(entries),
        frozenset(entry.metadata.language for entry in entries),
    )
