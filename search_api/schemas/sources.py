"""How well the sources are: what the staff should look at."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from search_api.schemas.base import Model
from search_api.schemas.documents import KindName

GradeName = Literal["green", "yellow", "red"]


class SourceHealth(Model):
    """A source with its grade: red was not taken in, yellow should be looked at, green is well.

    `document_id` is null while nothing of the source is published; `kind` is null if its folder names none.
    """

    source: str
    document_id: str | None
    title: str
    kind: KindName | None
    grade: GradeName
    reasons: list[str]


class UnpublishedRun(Model):
    """An ingestion that published nothing: when it ended, and why, a sentence or a line of a list each."""

    at: datetime
    reasons: list[str]


class SourcesHealth(Model):
    """All sources, the worst first. `as_of`: when the last ingestion ended, null if that is not known.

    `note` says what is missing here in that case. `unpublished`: why the last ingestion published nothing,
    null if it did or if there was nothing to publish.
    """

    as_of: datetime | None
    note: str | None
    sources: list[SourceHealth]
    counts: dict[GradeName, int]
    unpublished: UnpublishedRun | None
