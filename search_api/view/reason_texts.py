"""Why a funding programme fits or not: a sentence for each rule; the tables are in `languages/reasons.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.schemas import ApplicantName, PurposeName


@dataclass(frozen=True, slots=True)
class ReasonTexts:
    """The sentences of one language, each under the name of its rule; `{quoted}` is the sheet's own words."""

    applicant_open: str
    applicant_other: str
    applicant_partly: str
    applicant_named: str
    country_open: str
    country_other: str
    country_named: str
    purpose_open: str
    purpose_other: str
    purpose_meant: str
    people_told: str
    amount_below: str
    amount_open: str
    amount_above: str
    amount_within: str
    advance_open: str
    advance_never: str
    advance_partly: str

    # What is put in: `{applicant}` begins a sentence, `{purpose}` stands within one
    applicants: Mapping[ApplicantName, str]
    purposes: Mapping[PurposeName, str]
