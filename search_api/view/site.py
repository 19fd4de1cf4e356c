"""The pages of the second door, whole: HTML that every browser shows, without a script.

From the contract's schemas to text. Jinja escapes what it is given; only the HTML of `render.py` and
`reading.py`, in which every word of the corpus is escaped, passes as it is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from search_api.view import texts
from search_api.view.address import Address, link_to
from search_api.view.choices import choices
from search_api.view.guide import heading_of, programme_groups
from search_api.view.links import Link, way_back
from search_api.view.reading import document_head, document_text
from search_api.view.render import (
    HITS_AT_ONCE,
    catalogue,
    hit_card,
    link,
    link_row,
    notice,
    searched_too,
    verdict_box,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_api.schemas import CatalogueEntry, DocumentDetail, Programme, SearchResponse
    from search_api.view.plan import Plan

_FILES: Final = "."  # the original files lie beside the page
_PACKAGE: Final = "search_api.view"


def start_page(address: Address, documents: Sequence[CatalogueEntry], examples: Sequence[str]) -> str:
    """The page with the question box, examples and all documents."""
    plain = Address(embedded=address.embedded)
    ways = [Link(link_to(replace(plain, document=entry.id)), entry.title) for entry in documents]
    asked = [Link(link_to(replace(plain, question=each)), each) for each in examples]
    return _page(
        "start.html",
        address,
        texts.HEADLINE,
        **_question_box(address, {}),
        problem="",
        examples=[Markup(link(each)) for each in asked],  # noqa: S704 - escaped by render.link
        catalogue=Markup(catalogue(zip(documents, ways, strict=True))),  # noqa: S704 - escaped by render
        size=texts.counted(len(documents), "Dokument", "Dokumente"),
    )


def answer_page(address: Address, answer: SearchResponse, contact: str) -> str:
    """The question, the verdict and the hits; of hits that answer nothing, none is open."""
    verdict = answer.verdict if answer.hits else "none"
    cards = [Markup(hit_card(hit, address, _FILES)) for hit in answer.hits]  # noqa: S704 - escaped by render
    shown = 0 if verdict == "none" else HITS_AT_ONCE
    said = verdict_box(verdict, narrowed=address.narrowed, contact=contact)
    return _page(
        "antworten.html",
        address,
        address.question,
        **_question_box(address, answer.facets),
        problem="",
        verdict=Markup(said),  # noqa: S704 - a text of ours
        searched_too=Markup(searched_too(answer)),  # noqa: S704 - escaped by render
        cards=cards[:shown],
        folded=cards[shown:],
        folded_title=texts.MORE_HITS if shown else texts.NEAREST,
    )


def document_page(address: Address, detail: DocumentDetail) -> str:
    """A document with all its passages; the browser goes to the wanted one by the address's anchor."""
    return _page(
        "dokument.html",
        address,
        detail.document.title,
        way_back=Markup(link_row([way_back(address)])),  # noqa: S704 - escaped by render
        head=Markup(document_head(detail.document, _FILES)),  # noqa: S704 - escaped by reading
        text=Markup(document_text(detail, address)),  # noqa: S704 - escaped by reading
    )


def refusal_page(address: Address, reason: str) -> str:
    """The question box again, with what is wrong with the question or a filter."""
    told = notice(texts.REFUSED, reason or texts.REFUSED_WITHOUT_REASON)
    return _page(
        "start.html",
        replace(address, filters={}),
        texts.REFUSED,
        **_question_box(address, {}),
        problem=Markup(told),  # noqa: S704 - escaped by render
        examples=[],
        catalogue="",
        size="",
    )


def notice_page(address: Address, headline: str, advice: str) -> str:
    """Something is not as it should be: what it is and what to do."""
    return _page("hinweis.html", address, headline, advice=advice)


def guide_page(plan: Plan, programmes: Sequence[Programme], told: str = "") -> str:
    """The funding guide with the programmes for a plan, or `told` what has to be answered otherwise."""
    drawn = [
        {"heading": heading_of(fit), "cards": [Markup(each) for each in cards], "folded": fit == "no"}  # noqa: S704 - escaped by guide
        for fit, cards in programme_groups(programmes, "suche").items()
        if cards
    ]
    parts = {"plan": plan, "fields": _fields(plan), "groups": drawn, "problem": told}
    return _page("foerderlotse.html", Address(), texts.GUIDE, **parts)


def _fields(plan: Plan) -> list[dict[str, object]]:
    asked: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("applicant", texts.GUIDE_APPLICANT, texts.APPLICANTS),
        ("country", texts.GUIDE_COUNTRY, texts.countries()),
        ("purpose", texts.GUIDE_PURPOSE, texts.PURPOSES),
        ("people", texts.GUIDE_PEOPLE, {}),
        ("amount", texts.GUIDE_AMOUNT, {}),
    )
    return [
        {"name": name, "label": label, "options": options, "value": getattr(plan, name)}
        for name, label, options in asked
    ]


def standing_page(name: str, contact: str) -> str:
    """One of the pages that say something about this site; `contact` says whom to ask, or nothing."""
    return _page(f"{name}.html", Address(), texts.STANDING_PAGES[name], contact=contact)


@cache
def stylesheet() -> str:
    """The look of all pages."""
    return files(_PACKAGE).joinpath("site.css").read_text(encoding="utf-8")


def _question_box(address: Address, facets: Mapping[str, Mapping[str, int]]) -> dict[str, object]:
    return {
        "facets": choices(facets, address) if facets else (),
        "chosen": sum(len(values) for values in address.filters.values()),
        "unfiltered": link_to(replace(address, filters={})),
    }


def _page(template: str, address: Address, title: str, **parts: object) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            address=address,
            title=title,
            name=texts.NAME,
            texts=texts,
            embed=address.embedded,
            start="?embed=1" if address.embedded else "",
            **parts,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
