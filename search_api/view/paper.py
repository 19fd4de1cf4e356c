"""What a page says of itself on paper: the day, and its address where the pages have a public one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search_api.view.address import link_to
from search_api.view.languages import texts_in
from search_api.view.locales import date_words
from search_api.view.markup import escaped

if TYPE_CHECKING:
    from datetime import date

    from search_api.view.address import Address


@dataclass(frozen=True, slots=True)
class Paper:
    """The day on which a page is drawn, and the public address of the pages (empty: there is none)."""

    day: date
    page_url: str = ""


def paper_note(address: Address, paper: Paper) -> str:
    """A line that only a printer shows: `Gedruckt am 22.11.2026 · https://…/suche?q=…`."""
    texts = texts_in(address.language)
    words = texts.printed_on.format(date=date_words(address.language, paper.day))
    place = link_to(replace(address, embedded=False))
    where = f" · {paper.page_url.rstrip('/')}{place}" if paper.page_url else ""
    return f'<p class="gedruckt">{escaped(words + where)}</p>'
