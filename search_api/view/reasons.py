"""Why a funding programme fits a plan or not, in the words of a page's language; no HTML here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_api.view.locales import country_name, euros
from search_api.view.words import Phrase

if TYPE_CHECKING:
    from search_api.schemas import Reason
    from search_api.view.texts import Texts


def reason_phrase(texts: Texts, reason: Reason) -> Phrase:
    """The sentence of a reason; what it quotes are the sheet's own words, in the sheet's language."""
    pattern: str = getattr(texts.reasons, reason.rule)  # each rule has its field, a test compares them
    return Phrase(pattern, ", ".join(reason.named), _put_in(texts, reason))


def _put_in(texts: Texts, reason: Reason) -> dict[str, str]:
    values: dict[str, str] = {}
    if reason.applicant is not None:
        values["applicant"] = texts.reasons.applicants[reason.applicant]
    if reason.country is not None:
        values["country"] = country_name(texts.language, reason.country)
    if reason.purpose is not None:
        values["purpose"] = texts.reasons.purposes[reason.purpose]
    if reason.amount is not None:
        values["amount"] = euros(texts.language, reason.amount)
    return values
