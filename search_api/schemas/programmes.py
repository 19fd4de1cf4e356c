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
RuleName = Literal[
    "applicant_open",
    "applicant_other",
    "applicant_partly",
    "applicant_named",
    "country_open",
    "country_other",
    "country_named",
    "purpose_open",
    "purpose_other",
    "purpose_meant",
    "people_told",
    "amount_below",
    "amount_open",
    "amount_above",
    "amount_within",
    "advance_open",
    "advance_never",
    "advance_partly",
]


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


class Reason(Model):
    """Why, for programs: the rule that decided, and what it was about, null where the rule is not about that.

    `named` are the applicants in the sheet's own words, `amount` is the sheet's least or most in euros.
    """

    rule: RuleName
    applicant: ApplicantName | None = None
    country: str | None = None
    purpose: PurposeName | None = None
    named: list[str] = Field(default=[])
    amount: float | None = None


class Criterion(Model):
    """One condition: whether the programme fulfils it, null if its sheet does not say, and why.

    `sentence` says the reason in German.
    """

    name: CriterionName
    fits: bool | None
    sentence: str
    reason: Reason


class Programme(Model):
    """A funding sheet against a plan: `no` if a condition fails, `unsure` if one is not known."""

    document: Document
    fits: FitName
    criteria: list[Criterion]


class Programmes(Model):
    """All programmes, those that fit first."""

    programmes: list[Programme]
