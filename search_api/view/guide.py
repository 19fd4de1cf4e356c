"""The funding guide as HTML: which programmes fit and why, every word of a sheet escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_api.view.address import Address, link_to
from search_api.view.links import Link
from search_api.view.markup import escaped, link, phrase_html
from search_api.view.reasons import reason_phrase
from search_api.view.render import badge, funding_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_api.schemas import Criterion, FitName, Programme
    from search_api.view.texts import Texts


def programme_groups(texts: Texts, programmes: Iterable[Programme], door: str) -> dict[FitName, list[str]]:
    """The cards of all programmes by how they fit; `door` is the page that shows documents."""
    groups: dict[FitName, list[str]] = {"yes": [], "unsure": [], "no": []}
    for programme in programmes:
        groups[programme.fits].append(programme_card(texts, programme, door))
    return groups


def programme_card(texts: Texts, programme: Programme, door: str) -> str:
    """A programme: title with the way to its sheet, the conditions, and the facts of the sheet."""
    document = programme.document
    opened = Address(document=document.id, language=texts.language)
    sheet = Link(f"{door}{link_to(opened)}", document.title)
    title = f'<h3 class="programm" lang="{escaped(document.language)}">{link(sheet)}</h3>'
    conditions = "".join(_condition(texts, each, document.language) for each in programme.criteria)
    reasons = f'<ul class="gruende">{conditions}</ul>' if conditions else ""
    facts = f"{badge(texts, document)}{reasons}{funding_list(texts, document)}"
    return f'<article class="treffer">{title}{facts}</article>'


def _condition(texts: Texts, criterion: Criterion, tongue: str) -> str:
    """Whether it is fulfilled, and why; the words of the sheet are in `tongue`."""
    answer = {True: texts.fulfilled, False: texts.not_fulfilled, None: texts.not_known}[criterion.fits]
    reason = phrase_html(texts, reason_phrase(texts, criterion.reason), tongue)
    return f"<li><b>{escaped(answer)}</b> {reason}</li>"
