"""Questions that people leave for the staff."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.answers import Verdict
from search_api.schemas.base import Model


class OpenQuestion(BaseModel):
    """A question and the verdict that the search gave on it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(description="die Frage, 3 bis 1000 Zeichen", examples=["Wer haftet im Bus?"])
    verdict: Verdict = Field("none", description="was die Suche dazu sagte")


class NotedQuestion(Model):
    """What became of it: `removed` if addresses or numbers were taken out; a German sentence says all."""

    removed: bool
    sentence: str
