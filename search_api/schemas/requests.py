"""What the API takes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.documents import KindName

MAX_HITS = 100  # more than anybody reads; keeps an answer below a megabyte


class SearchQuery(BaseModel):
    """What `GET /search` takes; a filter may be given several times, one of its values must fit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field(
        description="die Frage, in jeder Sprache",
        examples=["Welche Versicherung braucht unser Verein für eine mehrtägige Fahrt?"],
    )
    limit: int = Field(10, ge=1, le=MAX_HITS, description="höchstens so viele Fundstellen")
    kind: list[KindName] = Field([], description="Art der Quelle")
    topic: list[str] = Field([], description="Thema der Quelle", examples=[["versicherung"]])
    country: list[str] = Field([], description="Land nach ISO 3166", examples=[["fr"]])
    audience: list[str] = Field([], description="für wen die Quelle ist", examples=[["verein"]])
    language: list[str] = Field([], description="Sprache der Quelle nach ISO 639", examples=[["de"]])
    year: list[Annotated[int, Field(ge=1, le=9999)]] = Field(
        [], description="Jahr der Quelle", examples=[[2026]]
    )
    per_document: int = Field(
        3,
        ge=0,
        le=MAX_HITS,
        description="höchstens so viele der ersten zehn aus einer Quelle; 0: beliebig viele",
    )
    explain: bool = Field(False, description="mit Begründung: Ähnlichkeiten, Wörter, Gewichte")
    include_expired: bool = Field(False, description="auch Quellen, deren Gültigkeit vorbei ist")
    as_written: bool = Field(
        False, description="nur wie geschrieben: ohne Berichtigungen und ohne verwandte Wörter"
    )


class PagePictureQuery(BaseModel):
    """What is marked in the picture of a page, and how wide it is in pixels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    passage: UUID | None = Field(None, description="Kennung der Textstelle, die markiert wird")
    width: int = Field(900, ge=300, le=2_000, description="Breite in Pixeln")
    start: int = Field(0, ge=0, description="ab diesem Zeichen der Textstelle kräftiger markiert")
    end: int = Field(0, ge=0, description="bis vor dieses Zeichen")
