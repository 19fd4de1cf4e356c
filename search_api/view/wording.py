"""The way from a question as it was understood to the question as it was typed, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from search_api.view.address import link_to
from search_api.view.languages import texts_in
from search_api.view.links import Link
from search_api.view.markup import escaped, link

if TYPE_CHECKING:
    from search_api.schemas import SearchResponse
    from search_api.view.address import Address


def as_written_link(answer: SearchResponse, address: Address) -> Link | None:
    """The link that asks only what was typed, or, where that was done, the way back; else None.

    There is none where nothing was put right and nothing added.
    """
    texts = texts_in(address.language)
    if address.as_written:
        return Link(link_to(replace(address, as_written=False)), texts.as_written_undone)
    if not answer.corrections and not answer.expansions:
        return None
    return Link(link_to(replace(address, as_written=True)), texts.as_written_only)


def as_written_note(answer: SearchResponse, address: Address) -> str:
    """That link as a line below what was searched for, else nothing."""
    way = as_written_link(answer, address)
    if way is None:
        return ""
    said = f"{escaped(texts_in(address.language).as_written)} " if address.as_written else ""
    return f'<p class="auch">{said}{link(way)}</p>'
