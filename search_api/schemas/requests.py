"""What the API takes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.documents import KindName

MAX_HITS = 100  # more than anybody reads; keeps an answer below a megabyte

_Kinds = Annotated[list[KindName], Field(description="Art der Quelle")]
_Topics = Annotated[list[str], Field(description="Thema der Quelle", examples=[["versicherung"]])]
_Countries = Annotated[list[str], Field(description="Land nach ISO 3166", examples=[["fr"]])]
_Audiences = Annotated[list[str], Field(description="für wen die Quelle ist", examples=[["verein"]])]
_Languages = Annotated[list[str], Field(description="Sprache der Quelle nach ISO 639", examples=[["de"]])]
_Years = Annotated[
    list[Annotated[int, Field(ge=1, le=9999)]], Field(description="Jahr der Quelle", examples=[[2026]])
]
_IncludeExpired = Annotated[bool, Field(description="auch Quellen, deren Gültigkeit vorbei ist")]


class SearchQuery(BaseModel):
    """What `GET /search` takes; a filter may be given several times, one of its values must fit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field(
        description="die Frage, in jeder Sprache",
        examples=["Welche Versicherung braucht unser Verein für eine mehrtägige Fahrt?"],
    )
    limit: int = Field(10, ge=1, le=MAX_HITS, description="höchstens so viele Fundstellen")
    kind: _Kinds = []
    topic: _Topics = []
    country: _Countries = []
    audience: _Audiences = []
    language: _Languages = []
    year: _Years = []
    per_document: int = Field(
        3,
        ge=0,
        le=MAX_HITS,
        description="höchstens so viele der ersten zehn aus einer Quelle; 0: beliebig viele",
    )
    explain: bool = Field(False, description="mit Begründung: Ähnlichkeiten, Wörter, Gewichte")
    include_expired: _IncludeExpired = False
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


class SimilarQuery(BaseModel):
    """What `GET /passages/{id}/similar` takes; filters as in `SearchQuery`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(5, ge=1, le=MAX_HITS, description="höchstens so viele Fundstellen")
    kind: _Kinds = []
    topic: _Topics = []
    country: _Countries = []
    audience: _Audiences = []
    language: _Languages = []
    year: _Years = []
    include_expired: _IncludeExpired = False
    same_document: bool = Field(False, description="auch andere Stellen derselben Quelle")
    duplicates: bool = Field(False, description="auch Stellen, die fast wörtlich dasselbe sagen")
