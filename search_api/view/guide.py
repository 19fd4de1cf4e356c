"""The funding guide as HTML: which programmes fit and why, every word of a sheet escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from search_api.view.address import Address, link_to
from search_api.view.links import Link
from search_api.view.render import badge, escaped, funding_list, link
from search_api.view.texts import FITS, FITS_NOT, FITS_PERHAPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_api.schemas import Criterion, FitName, Programme

_HEADINGS: Final[dict[FitName, str]] = {"yes": FITS, "unsure": FITS_PERHAPS, "no": FITS_NOT}
_ANSWERS: Final = {True: "Ja", False: "Nein", None: "Offen"}


def programme_groups(programmes: Iterable[Programme], door: str) -> dict[FitName, list[str]]:
    """The cards of all programmes by how they fit; `door` is the page that shows documents."""
    groups: dict[FitName, list[str]] = {"yes": [], "unsure": [], "no": []}
    for programme in programmes:
        groups[programme.fits].append(programme_card(programme, door))
    return groups


def heading_of(fit: FitName) -> str:
    """`Passt`, `Passt vielleicht`, `Passt nicht`."""
    return _HEADINGS[fit]


def programme_card(programme: Programme, door: str) -> str:
    """A programme: title with the way to its sheet, the conditions, and the facts of the sheet."""
    document = programme.document
    sheet = Link(f"{door}{link_to(Address(document=document.id))}", document.title)
    title = f'<h3 class="programm" lang="{escaped(document.language)}">{link(sheet)}</h3>'
    conditions = "".join(_condition(each) for each in programme.criteria)
    reasons = f'<ul class="gruende">{conditions}</ul>' if conditions else ""
    return f'<article class="treffer">{title}{badge(document)}{reasons}{funding_list(document)}</article>'


def _condition(criterion: Criterion) -> str:
    return f"<li><b>{_ANSWERS[criterion.fits]}:</b> {escaped(criterion.sentence)}</li>"
