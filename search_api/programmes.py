"""Which funding programmes fit a plan, from the fields of their sheets alone.

What a sheet does not say stays open: it is never counted as a yes or a no.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from search_api.schemas import Criterion, Reason
from search_api.view.languages.german import GERMAN
from search_api.view.reasons import reason_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.passage import Funding, Metadata
    from search_api.schemas import (
        ApplicantName,
        CriterionName,
        FitName,
        ProgrammeQuery,
        PurposeName,
        RuleName,
    )

_APPLICANTS: Final[dict[ApplicantName, re.Pattern[str]]] = {  # whole words, the heads of compounds
    "verein": re.compile(
        r"\b(?!schul)\w*(?:vereine?n?|komitees?|verbände|organisation(?:en)?|träger)\b|\bjuristische"
    ),
    "kommune": re.compile(
        r"\b(?:stadt|städte|gemeinden?|kommunen?|(?:land)?kreise?|gebietskörperschaft(?:en)?"
        r"|(?:stadt|gemeinde|kommunal)verwaltung(?:en)?)\b"
    ),
    "schule": re.compile(r"\b(?!\w*hochschul)\w*schulen?\b"),
    "informell": re.compile(
        r"\binformelle|\b(?:\w*initiativen?|privatpersonen|einzelpersonen|jugendgruppen)\b"
    ),
}
_BESIDES: Final = re.compile(r" (?:für|mit|ohne|in|ab|von|der|des|aus) ")  # behind it stands no applicant
_PARTLY: Final = re.compile(r"\((?:nur|zum Teil)")  # "Vereine (nur bei einem Teil der Programme)"
_TOPICS: Final[dict[PurposeName, frozenset[str]]] = {
    "begegnung": frozenset({"bürgerbegegnung", "netzwerk"}),
    "jugend": frozenset({"jugendaustausch"}),
    "schule": frozenset({"schüleraustausch"}),
    "kultur": frozenset({"kultur"}),
    "hilfe": frozenset({"hilfsgüter", "ukraine", "globaler süden"}),
    "ehrenamt": frozenset({"ehrenamt"}),
}
_NO_PURPOSE: Final = frozenset({"förderung", "europa", "kleinprojekte", "vorfinanzierung"})  # topics of any
_ADVANCE: Final[dict[bool | None, RuleName]] = {
    True: "advance_partly",
    False: "advance_never",
    None: "advance_open",
}
_TOLD_ONLY: Final = frozenset({"people"})  # no field of a sheet: it must not make every programme doubtful


def criteria(metadata: Metadata, funding: Funding, wanted: ProgrammeQuery) -> list[Criterion]:
    """Return each condition of the plan with whether the programme fulfils it."""
    return [*_who_and_where(metadata, funding, wanted), *_what(metadata, wanted), *_money(funding, wanted)]


def fit_of(found: Sequence[Criterion]) -> FitName:
    """Return `no` if a condition fails, `unsure` if one or all are open, else `yes`."""
    answers = [each.fits for each in found if each.name not in _TOLD_ONLY]
    if False in answers:
        return "no"
    nothing_judged = bool(found) and not answers
    return "unsure" if None in answers or nothing_judged else "yes"


def _who_and_where(metadata: Metadata, funding: Funding, wanted: ProgrammeQuery) -> Iterator[Criterion]:
    if wanted.applicant is not None:
        yield _applicant(funding, wanted.applicant)
    if wanted.country is not None:
        yield _country(metadata, wanted.country.lower())


def _applicant(funding: Funding, wanted: ApplicantName) -> Criterion:
    named = [each for each in funding.applicants if _APPLICANTS[wanted].search(_head(each))]
    if not funding.applicants:
        return _found("applicant", None, Reason(rule="applicant_open", applicant=wanted))
    if not named:
        listed = list(funding.applicants)
        return _found("applicant", False, Reason(rule="applicant_other", applicant=wanted, named=listed))
    if all(_PARTLY.search(each) for each in named):
        return _found("applicant", None, Reason(rule="applicant_partly", applicant=wanted, named=named))
    return _found("applicant", True, Reason(rule="applicant_named", applicant=wanted, named=named))


def _head(applicant: str) -> str:
    return _BESIDES.split(applicant.lower())[0]


def _country(metadata: Metadata, wanted: str) -> Criterion:
    if not metadata.countries:
        return _found("country", None, Reason(rule="country_open", country=wanted))
    if wanted in metadata.countries:
        return _found("country", True, Reason(rule="country_named", country=wanted))
    return _found("country", False, Reason(rule="country_other", country=wanted))


def _what(metadata: Metadata, wanted: ProgrammeQuery) -> Iterator[Criterion]:
    if wanted.purpose is not None:
        yield _purpose(metadata, wanted.purpose)
    if wanted.people is not None:
        yield _found("people", None, Reason(rule="people_told"))


def _purpose(metadata: Metadata, wanted: PurposeName) -> Criterion:
    topics = {*metadata.topics} - _NO_PURPOSE
    if not topics:
        return _found("purpose", None, Reason(rule="purpose_open", purpose=wanted))
    if _TOPICS[wanted].isdisjoint(topics):
        return _found("purpose", False, Reason(rule="purpose_other", purpose=wanted))
    return _found("purpose", True, Reason(rule="purpose_meant", purpose=wanted))


def _money(funding: Funding, wanted: ProgrammeQuery) -> Iterator[Criterion]:
    if wanted.amount is not None:
        yield _amount(funding, wanted.amount)
    if wanted.advance:
        yield _found("advance", funding.prefinancing, Reason(rule=_ADVANCE[funding.prefinancing]))


def _amount(funding: Funding, wanted: float) -> Criterion:
    least, most = funding.amount_min, funding.amount_max
    if least is not None and wanted < least:
        return _found("amount", False, Reason(rule="amount_below", amount=least))
    if most is None:
        return _found("amount", None, Reason(rule="amount_open"))
    if wanted > most:
        return _found("amount", None, Reason(rule="amount_above", amount=most))
    return _found("amount", True, Reason(rule="amount_within", amount=most))


def _found(name: CriterionName, fits: bool | None, reason: Reason) -> Criterion:
    return Criterion(name=name, fits=fits, sentence=str(reason_phrase(GERMAN, reason)), reason=reason)
