"""The view with the question box: start, answers, and what can go wrong on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from search_api.view.address import Address, link_to
from search_api.view.languages import texts_in
from search_api.view.links import Link, more_link, print_link
from search_api.view.markup import escaped, in_language, link_row, markdown_escaped
from search_api.view.render import (
    HITS_AT_ONCE,
    catalogue,
    hit_card,
    notice,
    searched_too,
    verdict_box,
)
from search_api.view.texts import API_LANGUAGE
from search_api.view.wording import as_written_note
from ui import layout
from ui.client import QuestionRefusedError
from ui.filters import show_filters
from ui.open_question import show_question_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_api.schemas import CatalogueEntry, ExampleTopic, Hit, SearchResponse
    from search_api.view.texts import Texts
    from ui.client import SearchClient


def show_search_page(client: SearchClient, address: Address, files: str, contact: str) -> None:
    """The question box, and below it the answer to the address's question or an introduction."""
    texts = texts_in(address.language)
    layout.begin(texts)
    _show_question_box(texts, address)
    with layout.troubles_shown(texts):
        if not address.question:
            _show_introduction(client, texts)
            return
        try:
            with st.spinner(texts.searching):
                answer = client.search(address)
        except QuestionRefusedError as error:
            _show_refusal(error.detail, address)
        else:
            _show_answer(client, answer, address, files, contact)


def _show_question_box(texts: Texts, address: Address) -> None:
    was_away = "frage_field" not in st.session_state  # at first, and after another view
    if was_away or st.session_state.get("frage_sent") != address.question:
        st.session_state["frage_sent"] = st.session_state["frage_field"] = address.question
    with st.form("frage_form", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(texts.question_label, key="frage_field", placeholder=texts.question_example)
        st.form_submit_button(texts.search, type="primary", on_click=_asked)
    if st.session_state.pop("frage_missing", False):
        st.html(f'<p role="alert"><b>{escaped(texts.ask_first)}</b></p>')


def _asked() -> None:
    question = str(st.session_state["frage_field"]).strip()
    st.session_state["frage_missing"] = not question
    layout.go_to(replace(layout.current_address(), question=question, as_written=False, many=False))


def _show_introduction(client: SearchClient, texts: Texts) -> None:
    collection = client.documents().documents
    if not collection:
        layout.show_nothing_published(texts, "")
        return
    st.html(f"<p>{escaped(texts.promise)}</p>")
    _show_examples(texts, client.examples())
    _show_catalogue(texts, collection)


def _show_examples(texts: Texts, examples: Sequence[ExampleTopic]) -> None:
    if examples:
        st.html(f'<h2 class="beispiele">{escaped(texts.examples)}</h2>')
    for each in examples:
        if each.topic:
            st.html(f'<h3 class="thema">{in_language(texts, API_LANGUAGE, escaped(each.topic))}</h3>')
        for question in each.questions:
            label = markdown_escaped(question)
            key = f"beispiel_{question}"
            st.button(label, key=key, on_click=_ask_example, args=(question,), width="stretch")


def _ask_example(question: str) -> None:
    layout.go_to(Address(question=question, language=layout.current_address().language))


def _show_catalogue(texts: Texts, collection: Sequence[CatalogueEntry]) -> None:
    size, language = texts.documents_counted(len(collection)), texts.language
    with st.expander(f"{texts.all_documents} ({size})"):
        ways = [
            Link(link_to(Address(document=entry.id, language=language)), entry.title) for entry in collection
        ]
        st.html(catalogue(texts, zip(collection, ways, strict=True)))


def _show_answer(
    client: SearchClient, answer: SearchResponse, address: Address, files: str, contact: str
) -> None:
    texts, verdict = texts_in(address.language), answer.verdict if answer.hits else "none"
    said = verdict_box(texts, verdict, narrowed=address.narrowed, contact=contact)
    st.html(said)
    shown = 0 if verdict == "none" else len(answer.hits) if address.many else HITS_AT_ONCE
    first = min(shown, 1)
    _show_hits(answer.hits[:first], address, files)
    _show_understood(texts, answer, address)
    if verdict != "answered":
        show_question_box(client, texts, address.question, verdict)
    filters = st.container()  # above the other hits, but drawn after them: they are what is waited for
    _show_hits(answer.hits[first:shown], address, files)
    _show_folded(texts.more_hits if shown else texts.nearest, answer.hits[shown:], address, files)
    more = more_link(answer, address)
    st.html(link_row([*([more] if more else []), print_link(address, files)]))
    with filters:
        show_filters(address, answer.facets)


def _show_understood(texts: Texts, answer: SearchResponse, address: Address) -> None:
    said = searched_too(texts, answer) + as_written_note(answer, address)
    if said:
        st.html(said)


def _show_folded(title: str, hits: Sequence[Hit], address: Address, files: str) -> None:
    if hits:
        with st.expander(f"{title} ({len(hits)})"):
            _show_hits(hits, address, files)


def _show_hits(hits: Sequence[Hit], address: Address, files: str) -> None:
    for hit in hits:
        st.html(hit_card(hit, address, files))


def _show_refusal(detail: str, address: Address) -> None:
    texts = texts_in(address.language)
    st.html(notice(texts, texts.refused, "" if detail else texts.refused_without_reason, told=detail))
    if address.narrowed:
        show_filters(address, {})
