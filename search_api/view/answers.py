"""The parts of the page of answers: the first hit by itself, since it stands above all that is about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from search_api.view.address import link_to
from search_api.view.choices import choices
from search_api.view.languages import texts_in
from search_api.view.links import more_link
from search_api.view.markup import link_row
from search_api.view.question_form import question_form
from search_api.view.render import HITS_AT_ONCE, hit_card, searched_too, verdict_box
from search_api.view.wording import as_written_note

if TYPE_CHECKING:
    from search_api.schemas import SearchResponse
    from search_api.view.address import Address

_FILES: Final = "."  # the original files lie beside the page


def answer_parts(address: Address, answer: SearchResponse, contact: str) -> dict[str, object]:
    """What the template of answers puts in order; of hits that answer nothing, none is open."""
    texts, verdict = texts_in(address.language), answer.verdict if answer.hits else "none"
    cards = [Markup(hit_card(hit, address, _FILES)) for hit in answer.hits]  # noqa: S704 - escaped by render
    shown = 0 if verdict == "none" else len(cards) if address.many else HITS_AT_ONCE
    said = verdict_box(texts, verdict, narrowed=address.narrowed, contact=contact)
    form = "" if verdict == "answered" else question_form(address, verdict)
    return {
        "verdict": Markup(said),  # noqa: S704 - a text of ours
        "first": cards[: min(shown, 1)],
        "searched_too": Markup(searched_too(texts, answer) + as_written_note(answer, address)),  # noqa: S704 - escaped by render
        "question_form": Markup(form),  # noqa: S704 - escaped by question_form
        "cards": cards[1:shown],
        "folded": cards[shown:],
        "folded_title": texts.more_hits if shown else texts.nearest,
        "more": _more(answer, address),
        **_filters(address, answer),
    }


def _more(answer: SearchResponse, address: Address) -> Markup:
    way = more_link(answer, address)
    return Markup(link_row([way]) if way else "")  # noqa: S704 - escaped by link_row


def _filters(address: Address, answer: SearchResponse) -> dict[str, object]:
    return {
        "facets": choices(answer.facets, address) if answer.facets else (),
        "chosen": sum(len(values) for values in address.filters.values()),
        "unfiltered": link_to(replace(address, filters={})),
    }
