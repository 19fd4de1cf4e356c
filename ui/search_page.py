"""The view with the question box: start, answers, and what can go wrong on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from search_api.view import texts
from search_api.view.address import Address, link_to
from search_api.view.links import Link
from search_api.view.render import (
    HITS_AT_ONCE,
    catalogue,
    escaped,
    hit_card,
    markdown_escaped,
    notice,
    searched_too,
    verdict_box,
)
from ui import layout
from ui.client import QuestionRefusedError
from ui.filters import show_filters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_api.schemas import CatalogueEntry, Hit, SearchResponse
    from ui.client import SearchClient


def show_search_page(client: SearchClient, address: Address, files: str, contact: str) -> None:
    """The question box, and below it the answer to the address's question or an introduction."""
    layout.begin()
    _show_question_box(address)
    with layout.troubles_shown():
        if not address.question:
            _show_introduction(client)
            return
        try:
            with st.spinner(texts.SEARCHING):
                answer = client.search(address)
        except QuestionRefusedError as error:
            _show_refusal(error.detail, address)
        else:
            _show_answer(answer, address, files, contact)


def _show_question_box(address: Address) -> None:
    if "frage_sent" not in st.session_state or st.session_state["frage_sent"] != address.question:
        st.session_state["frage_sent"] = st.session_state["frage_field"] = address.question
    with st.form("frage_form", border=False):
        st.text_input(texts.QUESTION_LABEL, key="frage_field", placeholder=texts.QUESTION_EXAMPLE)
        st.form_submit_button(texts.SEARCH, type="primary", on_click=_asked, width="stretch")
    if st.session_state.pop("frage_missing", False):
        st.html(f'<p role="alert"><b>{escaped(texts.ASK_FIRST)}</b></p>')


def _asked() -> None:
    question = str(st.session_state["frage_field"]).strip()
    st.session_state["frage_missing"] = not question
    layout.go_to(replace(layout.current_address(), question=question))


def _show_introduction(client: SearchClient) -> None:
    collection = client.documents().documents
    if not collection:
        layout.show_nothing_published("")
        return
    st.html(f"<p>{escaped(texts.PROMISE)}</p>")
    examples = client.examples()
    if examples:
        st.html(f"<p><b>{escaped(texts.EXAMPLES)}</b></p>")
    for number, question in enumerate(examples):
        label = markdown_escaped(question)
        st.button(label, key=f"beispiel_{number}", on_click=_ask_example, args=(question,), width="stretch")
    _show_catalogue(collection)


def _ask_example(question: str) -> None:
    layout.go_to(Address(question=question))


def _show_catalogue(collection: Sequence[CatalogueEntry]) -> None:
    size = texts.counted(len(collection), "Dokument", "Dokumente")
    with st.expander(f"{texts.ALL_DOCUMENTS} ({size})"):
        ways = [Link(link_to(Address(document=entry.id)), entry.title) for entry in collection]
        st.html(catalogue(zip(collection, ways, strict=True)))


def _show_answer(answer: SearchResponse, address: Address, files: str, contact: str) -> None:
    verdict = answer.verdict if answer.hits else "none"
    said = verdict_box(verdict, narrowed=address.narrowed, contact=contact)
    st.html(said + searched_too(answer))
    show_filters(address, answer.facets)
    if verdict != "none":
        _show_hits(answer.hits[:HITS_AT_ONCE], address, files)
        _show_folded(texts.MORE_HITS, answer.hits[HITS_AT_ONCE:], address, files)
    else:
        _show_folded(texts.NEAREST, answer.hits, address, files)


def _show_folded(title: str, hits: Sequence[Hit], address: Address, files: str) -> None:
    if hits:
        with st.expander(f"{title} ({len(hits)})"):
            _show_hits(hits, address, files)


def _show_hits(hits: Sequence[Hit], address: Address, files: str) -> None:
    for hit in hits:
        st.html(hit_card(hit, address, files))


def _show_refusal(detail: str, address: Address) -> None:
    st.html(notice(texts.REFUSED, detail or texts.REFUSED_WITHOUT_REASON))
    if address.narrowed:
        show_filters(address, {})
