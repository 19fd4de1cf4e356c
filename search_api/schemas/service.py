"""The service about itself: problems, health, examples."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from search_api.schemas.base import Model


class Problem(Model):
    """What went wrong and what to do about it (RFC 9457, media type application/problem+json)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class Health(Model):
    """`missing` names what is not there yet; empty when the API can answer."""

    status: Literal["alive", "ready", "unready"]
    missing: list[str] = Field(default=[])
    generation: str | None = None


class ExampleTopic(Model):
    """Questions to begin with on one topic; those without a topic have an empty one."""

    topic: str
    questions: list[str]


class Examples(Model):
    """Questions to begin with, all of them and by topic."""

    questions: list[str]
    topics: list[ExampleTopic] = Field(default=[])
