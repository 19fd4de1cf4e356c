"""Plain words for dates, times, amounts, places and sources in the language of the page; no HTML here."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from search_api.schemas import Heading, Page, Time
from search_api.view.locales import date_words, euros, number_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.schemas import Document, Funding, Location
    from search_api.view.texts import Texts

SLIDES: Final = (".pptx", ".odp")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of ours and what is put into it; `quoted` are a source's own words, in its language."""

    pattern: str
    quoted: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.pattern.format(quoted=self.quoted, **self.values)


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact; `quoted` if its value is a source's own words."""

    name: str
    value: str
    quoted: bool = False


def clock(seconds: float) -> str:
    """Time since the start: `12:34`, from one hour on `1:02:03`; fractions are cut off."""
    minutes, second = divmod(math.floor(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def place_phrase(texts: Texts, location: Location, heading: list[str], source: str) -> Phrase:
    """Where a passage of a source stands; empty when there is nothing to say."""
    if isinstance(location, Page):
        return _page_phrase(texts, location, slide=source.lower().endswith(SLIDES))
    if isinstance(location, Time):
        return Phrase(texts.from_time, values={"time": clock(location.start)})
    if isinstance(location, Heading):
        return Phrase(texts.section, heading[-1]) if heading else Phrase("")
    return Phrase(texts.question, location.question)


def _page_phrase(texts: Texts, location: Page, *, slide: bool) -> Phrase:
    page = {"page": str(location.page)}
    if slide:
        return Phrase(texts.slide, values=page)
    if location.label is None or location.label == str(location.page):
        return Phrase(texts.page, values=page)
    return Phrase(texts.page_of_file, values={"label": location.label, **page})


def currency_words(texts: Texts, document: Document) -> str:
    """How current a document is: when it was checked, else its year, else nothing."""
    if document.last_checked:
        return texts.checked_on.format(date=date_words(texts.language, document.last_checked))
    return texts.as_of_year.format(year=document.year) if document.year else ""


def origin_words(texts: Texts, document: Document) -> str:
    """`automatisches Transkript` where a machine has listened; else nothing."""
    return texts.automatic if document.automatic else ""


def recorded_words(texts: Texts, document: Document) -> str:
    """`aufgezeichnet am 03.05.2026`; empty for what is no recording."""
    day = document.recorded_on
    return texts.recorded_on.format(date=date_words(texts.language, day)) if day else ""


def expired_words(texts: Texts, document: Document) -> str:
    """`abgelaufen seit 31.12.2025`; empty for a document that is still valid."""
    if not document.expired:
        return ""
    end = document.valid_until
    return texts.expired_since.format(date=date_words(texts.language, end)) if end else texts.expired


def funding_facts(texts: Texts, funding: Funding) -> tuple[Fact, ...]:
    """The facts of a funding sheet, only those that are known."""
    facts = (
        Fact(texts.funder, funding.funder or "", quoted=True),
        Fact(texts.who_can_apply, ", ".join(funding.applicants), quoted=True),
        Fact(texts.amount, _amount_words(texts, funding.amount_min, funding.amount_max)),
        Fact(texts.share, _share_words(texts, funding.funding_rate)),
        Fact(texts.prefinancing, {None: "", True: texts.yes, False: texts.no}[funding.prefinancing]),
        _deadline(texts, funding.deadline or ""),
    )
    return tuple(fact for fact in facts if fact.value)


def _amount_words(texts: Texts, low: float | None, high: float | None) -> str:
    tongue = texts.language
    if low is not None and high is not None:
        between = texts.amount_between.format(low=number_words(tongue, low), high=euros(tongue, high))
        return euros(tongue, low) if low == high else between
    if high is not None:
        return texts.amount_up_to.format(high=euros(tongue, high))
    return texts.amount_from.format(low=euros(tongue, low)) if low is not None else ""


def _share_words(texts: Texts, rate: float | None) -> str:
    return "" if rate is None else texts.share_up_to.format(percent=f"{rate * 100:.0f}")


def _deadline(texts: Texts, deadline: str) -> Fact:
    """A day as the page writes days; other words, such as `laufend`, are the sheet's."""
    try:
        return Fact(texts.deadline, date_words(texts.language, date.fromisoformat(deadline)))
    except ValueError:
        return Fact(texts.deadline, deadline, quoted=True)
