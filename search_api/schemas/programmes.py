"""Which funding programmes fit a plan."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.base import Model
from search_api.schemas.documents import Document

ApplicantName = Literal["verein", "kommune", "schule", "informell"]
PurposeName = Literal["begegnung", "jugend", "schule", "kultur", "hilfe", "ehrenamt"]
CriterionName = Literal["applicant", "country", "purpose", "people", "amount", "advance"]
FitName = Literal["yes", "unsure", "no"]


class ProgrammeQuery(BaseModel):
    """What `GET /programmes` takes; what is left out is no condition."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    applicant: ApplicantName | None = Field(None, description="wer den Antrag stellt")
    country: Annotated[str, Field(pattern="^[a-zA-Z]{2}$")] | None = Field(
        None, description="Land des Partners nach ISO 3166", examples=["fr"]
    )
    purpose: PurposeName | None = Field(None, description="wofür das Geld ist")
    people: int | None = Field(None, ge=1, le=100_000, description="so viele Menschen nehmen teil")
    amount: float | None = Field(None, gt=0, le=1e9, description="so viel Geld wird gebraucht, in Euro")
    advance: bool = Field(False, description="ob das Geld vorher gebraucht wird")
    include_expired: bool = Field(False, description="auch Programme, deren Gültigkeit vorbei ist")


class Criterion(Model):
    """One condition: whether the programme fulfils it, null if its sheet does not say; a German sentence."""

    name: CriterionName
    fits: bool | None
    sentence: str


class Programme(Model):
    """A funding sheet against a plan: `no` if a condition fails, `unsure` if one is not known."""

    document: Document
    fits: FitName
    criteria: list[Criterion]


class Programmes(Model):
    """All programmes, those that fit first."""

    programmes: list[Programme]
