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

from search_api.view.address import Address, link_to, write_address
from search_api.view.answers import answer_parts
from search_api.view.guide import programme_groups
from search_api.view.languages import texts_in
from search_api.view.links import Link, way_back
from search_api.view.look import look
from search_api.view.markup import link, link_row, said_by_api
from search_api.view.names import countries
from search_api.view.paper import paper_note
from search_api.view.plan import write_plan
from search_api.view.reading import document_head, document_text
from search_api.view.render import catalogue, hit_card, notice
from search_api.view.switch import language_switch
from search_api.view.texts import API_LANGUAGE, NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_api.schemas import (
        CatalogueEntry,
        DocumentDetail,
        ExampleTopic,
        Hit,
        Programme,
        SearchResponse,
    )
    from search_api.view.paper import Paper
    from search_api.view.plan import Plan
    from search_api.view.texts import Texts

_FILES: Final = "."  # the original files lie beside the page
_PACKAGE: Final = "search_api.view"


def start_page(
    address: Address, documents: Sequence[CatalogueEntry], examples: Sequence[ExampleTopic]
) -> str:
    """The page with the question box, examples by topic and all documents."""
    texts, plain = texts_in(address.language), _plain(address)
    ways = [Link(link_to(replace(plain, document=entry.id)), entry.title) for entry in documents]
    return _page(
        "start.html",
        address,
        texts.headline,
        problem="",
        examples=[(each.topic, _asked(plain, each.questions)) for each in examples],
        tongue=API_LANGUAGE,
        catalogue=Markup(catalogue(texts, zip(documents, ways, strict=True))),  # noqa: S704 - escaped by render
        size=texts.documents_counted(len(documents)),
    )


def _asked(plain: Address, questions: Sequence[str]) -> list[Markup]:
    links = (link(Link(link_to(replace(plain, question=each)), each)) for each in questions)
    return [Markup(each) for each in links]  # noqa: S704 - escaped by render.link


def answer_page(address: Address, answer: SearchResponse, contact: str, paper: Paper | None = None) -> str:
    """The question, the verdict and the hits, the first of them before everything else."""
    parts = answer_parts(address, answer, contact)
    return _page(
        "antworten.html", address, address.question, problem="", printed=_printed(address, paper), **parts
    )


def similar_page(address: Address, hits: Sequence[Hit]) -> str:
    """What says something like a passage, with the way back to the answers it was found among."""
    texts = texts_in(address.language)
    return _page(
        "aehnlich.html",
        address,
        texts.similar,
        way_back=Markup(link_row([way_back(address)])),  # noqa: S704 - escaped by link_row
        cards=[Markup(hit_card(hit, address, _FILES)) for hit in hits],  # noqa: S704 - escaped by render
    )


def document_page(address: Address, detail: DocumentDetail, paper: Paper | None = None) -> str:
    """A document with all its passages; the browser goes to the wanted one by the address's anchor."""
    return _page(
        "dokument.html",
        address,
        detail.document.title,
        way_back=Markup(link_row([way_back(address)])),  # noqa: S704 - escaped by render
        head=Markup(document_head(texts_in(address.language), detail.document, _FILES)),  # noqa: S704 - escaped by reading
        printed=_printed(address, paper),
        text=Markup(document_text(detail, address, _FILES)),  # noqa: S704 - escaped by reading
    )


def _printed(address: Address, paper: Paper | None) -> Markup:
    return Markup(paper_note(address, paper) if paper else "")  # noqa: S704 - escaped by paper_note


def refusal_page(address: Address, *, told: str = "", advice: str = "") -> str:
    """The question box again, with what is wrong: `told` by the API, or the page's own `advice`."""
    texts = texts_in(address.language)
    words = notice(texts, texts.refused, advice, told=told)
    return _page(
        "start.html",
        replace(address, filters={}),
        texts.refused,
        problem=Markup(words),  # noqa: S704 - escaped by render
        examples=[],
        catalogue="",
        size="",
    )


def notice_page(address: Address, headline: str, advice: str, told: str) -> str:
    """Something is not as it should be: what it is and what to do, and what the API `told` of it."""
    said = Markup(said_by_api(texts_in(address.language), told))  # noqa: S704 - escaped by markup
    return _page("hinweis.html", address, headline, advice=advice, told=said, done=False)


def done_page(address: Address, headline: str, said: str) -> str:
    """Something was done as it was wished: what, and what comes of it."""
    return _page("hinweis.html", address, headline, advice=said, told="", done=True)


def guide_page(texts: Texts, plan: Plan, programmes: Sequence[Programme], told: str = "") -> str:
    """The funding guide with the programmes for a plan, or `told` what has to be answered otherwise."""
    drawn = [
        {"heading": texts.fits[fit], "cards": [Markup(each) for each in cards], "folded": fit == "no"}  # noqa: S704 - escaped by guide
        for fit, cards in programme_groups(texts, programmes, "suche").items()
        if cards
    ]
    parts = {"plan": plan, "fields": _fields(texts, plan), "groups": drawn, "problem": told}
    address = Address(language=texts.language)
    return _page("foerderlotse.html", address, texts.guide, write_plan(plan), **parts)


def _fields(texts: Texts, plan: Plan) -> list[dict[str, object]]:
    asked: tuple[tuple[str, str, Mapping[str, str]], ...] = (
        ("applicant", texts.guide_applicant, texts.applicants),
        ("country", texts.guide_country, countries(texts)),
        ("purpose", texts.guide_purpose, texts.purposes),
        ("people", texts.guide_people, {}),
        ("amount", texts.guide_amount, {}),
    )
    return [
        {"name": name, "label": label, "options": options, "value": getattr(plan, name)}
        for name, label, options in asked
    ]


def standing_page(texts: Texts, name: str, contact: str) -> str:
    """One of the pages that say something about this site; `contact` says whom to ask, or nothing.

    They are German in every language: what a German body has to say, and German plain language.
    """
    return _page(
        f"{name}.html", Address(language=texts.language), texts.standing_pages[name], contact=contact
    )


@cache
def stylesheet() -> str:
    """The look of all pages."""
    return look() + files(_PACKAGE).joinpath("site.css").read_text(encoding="utf-8")


def _plain(address: Address) -> Address:
    """The start in the same language and the same frame."""
    return Address(embedded=address.embedded, language=address.language)


def _page(
    template: str, address: Address, title: str, view: Mapping[str, str] | None = None, /, **parts: object
) -> str:
    """A whole page; `view` are its query parameters where they are not the address."""
    texts, start = texts_in(address.language), link_to(_plain(address))
    shown: Mapping[str, str | Sequence[str]] = write_address(address) if view is None else view
    return (
        _environment()
        .get_template(template)
        .render(
            address=address,
            title=title,
            name=NAME,
            texts=texts,
            embed=address.embedded,
            kept=write_address(_plain(address)),
            start="" if start == "?" else start,
            switch=Markup(language_switch(texts, shown)),  # noqa: S704 - escaped by switch
            home=API_LANGUAGE,
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
