"""Plain German for dates, times, amounts, places and sources; no HTML here."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Final

from search_api.schemas import Heading, Page, Time
from search_api.view.texts import kind_name

if TYPE_CHECKING:
    from search_api.schemas import Document, Funding, Hit, Location

_SEPARATOR: Final = " · "
SLIDES: Final = (".pptx", ".odp")


def german_date(day: date) -> str:
    """`22.11.2026`."""
    return f"{day:%d.%m.%Y}"


def clock(seconds: float) -> str:
    """Time since the start: `12:34`, from one hour on `1:02:03`; fractions are cut off."""
    minutes, second = divmod(math.floor(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def location_words(location: Location, heading: list[str], source: str) -> str:
    """Where a passage of a source stands; empty when there is nothing to say."""
    if isinstance(location, Page):
        return f"Folie {location.page}" if source.lower().endswith(SLIDES) else _page_words(location)
    if isinstance(location, Time):
        return f"ab {clock(location.start)}"
    if isinstance(location, Heading):
        return f"Abschnitt »{heading[-1]}«" if heading else ""
    return f"Frage »{location.question}«"


def _page_words(location: Page) -> str:
    if location.label is None or location.label == str(location.page):
        return f"S. {location.page}"
    return f"S. {location.label} (Seite {location.page} der Datei)"


def currency_words(document: Document) -> str:
    """How current a document is: when it was checked, else its year, else nothing."""
    if document.last_checked:
        return f"geprüft am {german_date(document.last_checked)}"
    return f"Stand {document.year}" if document.year else ""


def origin_words(document: Document) -> str:
    """`automatisches Transkript` where a machine has listened; else nothing."""
    return "automatisches Transkript" if document.automatic else ""


def expired_words(document: Document) -> str:
    """`abgelaufen seit 31.12.2025`; empty for a document that is still valid."""
    if not document.expired:
        return ""
    return f"abgelaufen seit {german_date(document.valid_until)}" if document.valid_until else "abgelaufen"


def source_line(hit: Hit) -> str:
    """`Handbuch · Versicherung bei Fahrten · S. 4 · geprüft am 22.11.2026`."""
    document = hit.document
    place = location_words(hit.location, hit.heading, document.source)
    kind = kind_name(document.kind)
    return _joined(kind, document.title, place, currency_words(document), origin_words(document))


def document_line(document: Document) -> str:
    """`Mitschrift · aufgezeichnet am 03.05.2026 · geprüft am 22.11.2026 · Lizenz: CC BY 4.0`."""
    recorded = f"aufgezeichnet am {german_date(document.recorded_on)}" if document.recorded_on else ""
    licence = f"Lizenz: {document.licence}" if document.licence else ""
    kind = kind_name(document.kind)
    return _joined(kind, recorded, currency_words(document), origin_words(document), licence)


def funding_facts(funding: Funding) -> tuple[tuple[str, str], ...]:
    """The facts of a funding sheet as (name, value), only those that are known."""
    facts = (
        ("Fördergeber", funding.funder or ""),
        ("Wer kann beantragen", ", ".join(funding.applicants)),
        ("Betrag", _amount_words(funding.amount_min, funding.amount_max)),
        ("Anteil", _share_words(funding.funding_rate)),
        ("Müssen Sie Geld auslegen?", _yes_or_no(funding.prefinancing)),
        ("Antragsfrist", _deadline_words(funding.deadline)),
    )
    return tuple((name, value) for name, value in facts if value)


def euros(amount: float) -> str:
    """`50.745 Euro`, with cents only if there are any."""
    return f"{_amount(amount)} Euro"


def _amount(amount: float) -> str:
    digits = f"{amount:,.0f}" if amount == round(amount) else f"{amount:,.2f}"
    return digits.translate(str.maketrans(",.", ".,"))


def _amount_words(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return euros(low) if low == high else f"{_amount(low)} bis {euros(high)}"
    if high is not None:
        return f"bis zu {euros(high)}"
    return f"ab {euros(low)}" if low is not None else ""


def _share_words(rate: float | None) -> str:
    return "" if rate is None else f"bis zu {rate * 100:.0f} % der Kosten"


def _yes_or_no(answer: bool | None) -> str:
    return {None: "", True: "ja", False: "nein"}[answer]


def _deadline_words(deadline: str | None) -> str:
    try:
        return german_date(date.fromisoformat(deadline or ""))
    except ValueError:
        return deadline or ""


def _joined(*parts: str) -> str:
    return _SEPARATOR.join(part for part in parts if part)
