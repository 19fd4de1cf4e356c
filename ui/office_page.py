"""The office hour: the question on the left, on the right the case that collects the passages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from search_api.schemas.cases import MAX_PINS, MAX_QUESTION
from search_api.view.address import Address, asked_of_search, link_to
from search_api.view.desk import DESK, OFFICE, VIEW, Desk
from search_api.view.languages import texts_in
from search_api.view.links import Link, more_link
from search_api.view.markup import escaped, link_row
from search_api.view.office import pin_of, pinned, position_of, with_question
from search_api.view.render import hit_card, notice, searched_too, verdict_box
from search_api.view.wording import as_written_note
from ui import layout, office_keys
from ui.cases_client import CaseRefusedError
from ui.client import QuestionRefusedError, ServiceError
from ui.filters import show_filters
from ui.office_case import show_case, taken_off
from ui.office_unsaved import show_unsaved
from ui.open_case import Opened, change_at_click, change_case, open_case, unsaved_changes
from ui.open_question import show_question_box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from search_api.schemas import CaseContent, Hit, SearchResponse
    from search_api.view.texts import Texts
    from ui.cases_client import CasesClient
    from ui.client import SearchClient

_FIELD: Final = "sprechstunde_frage"
_SENT: Final = "sprechstunde_gesendet"
_ASKED: Final = "sprechstunde_gefragt"  # a question that goes into the case as soon as it is answered
_ANSWER: Final = "sprechstunde_antwort"
_KEYS: Final = "sprechstunde_tasten"


@dataclass(frozen=True, slots=True)
class Office:
    """What the office hour asks, where the browser finds the files, and whom else to ask (may be empty)."""

    search: SearchClient
    cases: CasesClient
    files: str
    contact: str


def show_office_page(office: Office, address: Address, new_key: Callable[[], UUID]) -> None:
    """The desk that the address names; without one it gets a new one, in the URL at once."""
    texts = texts_in(address.language)
    if address.desk is None and not st.query_params.get(DESK):
        address = replace(address, desk=Desk(str(new_key())))
        layout.go_to(address)  # the links of the head, drawn next, need to know the desk
    layout.begin(texts)
    office_keys.install()
    if address.desk is None:
        _show_broken_bookmark(texts, address)
        return
    with st.container(key="sprechstunde"):
        _show_head(texts, address.desk)
        with layout.troubles_shown(texts):
            _show_desk(office, address, address.desk)


def _show_broken_bookmark(texts: Texts, address: Address) -> None:
    st.html(notice(texts, texts.office.broken_bookmark, texts.office.broken_bookmark_advice))
    fresh = f"{link_to(Address(language=address.language))}&{VIEW}={OFFICE}".replace("?&", "?")
    st.html(link_row([Link(fresh, texts.office.new_desk)]))


def _show_head(texts: Texts, desk: Desk) -> None:
    words, keys = texts.office, office_keys.KEYS_ON if desk.keys else ""
    st.html(f"<h2>{escaped(words.headline)}</h2><p>{escaped(words.bookmark)}</p>")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="auch">{escaped(words.keys)}</p>{keys}')
        if st.session_state.get(_KEYS) != desk.keys:
            st.session_state[_KEYS] = desk.keys
        st.toggle(words.use_keys, key=_KEYS, on_change=_keys_switched)


def _keys_switched() -> None:
    address = layout.current_address()
    if address.desk:
        desk = replace(address.desk, keys=bool(st.session_state[_KEYS]))
        layout.go_to(replace(address, desk=desk))


def _show_desk(office: Office, address: Address, desk: Desk) -> None:
    """Both columns. Raises `ServiceError` where the desk cannot be read; what was typed is shown before."""
    texts = texts_in(address.language)
    address = _with_what_was_asked(address)
    _keep_question(office, address)
    show_unsaved(office.cases, texts)
    address = layout.current_address()
    try:
        opened = open_case(office.cases, address.desk or desk)
    except CaseRefusedError as error:
        layout.show_trouble(texts, notice(texts, texts.office.unread, told=error.detail))
        return
    # Only now: a click meanwhile ends a run anywhere and begins another.
    if st.session_state.get(_ASKED) in opened.content.questions or unsaved_changes():
        st.session_state.pop(_ASKED, None)
    if opened.gone:
        st.html(notice(texts, texts.office.unknown_case, texts.office.unknown_case_advice))
        address = layout.current_address()
    if not opened.cases:
        st.html(f"<p>{escaped(texts.office.have_bookmark)}</p>")
    left, right = st.columns([6, 5], gap="large")
    with left:
        _show_question_box(texts, address)
        with st.container(key="antworten"), layout.troubles_shown(texts, "suche_nochmal"):
            _show_answers(office, address, opened)
    with right, st.container(key="fall"):
        show_case(office.cases, address, opened, office.files)


def _with_what_was_asked(address: Address) -> Address:
    """Return the address with the question that waits for its answer.

    A browser that has not yet heard of the new address sends the old one along with its next click.
    """
    asked = st.session_state.get(_ASKED)
    if not asked or asked == address.question:
        return address
    wanted = replace(address, question=asked, as_written=False, many=False)
    layout.go_to(wanted)
    return wanted


def _keep_question(office: Office, address: Address) -> None:
    """Puts a question into the case once it is answered, before both columns are drawn with it."""
    if not address.question or st.session_state.get(_ASKED) != address.question:
        return
    try:
        with st.spinner(texts_in(address.language).searching):
            _answer(office.search, address)
    except QuestionRefusedError:
        del st.session_state[_ASKED]
        return
    except ServiceError:
        return  # it is asked again in its place, where the reason is told
    change_case(office.cases, partial(with_question, question=address.question))


def _show_question_box(texts: Texts, address: Address) -> None:
    if st.session_state.get(_SENT) != address.question or _FIELD not in st.session_state:
        st.session_state[_SENT] = st.session_state[_FIELD] = address.question
    with st.form("sprechstunde_form", border=False):
        example = texts.question_example
        st.text_input(texts.question_label, key=_FIELD, placeholder=example, max_chars=MAX_QUESTION)
        st.form_submit_button(texts.search, type="primary", on_click=_asked, width="stretch")


def _asked() -> None:
    question = str(st.session_state[_FIELD] or "").strip()
    st.session_state[_ASKED] = question
    layout.go_to(replace(layout.current_address(), question=question, as_written=False, many=False))


def _show_answers(office: Office, address: Address, opened: Opened) -> None:
    texts = texts_in(address.language)
    if not address.question:
        return
    try:
        with st.spinner(texts.searching):
            answer = _answer(office.search, address)
    except QuestionRefusedError as error:
        advice = "" if error.detail else texts.refused_without_reason
        st.html(notice(texts, texts.refused, advice, told=error.detail))
        return
    verdict = answer.verdict if answer.hits else "none"
    said = verdict_box(texts, verdict, narrowed=address.narrowed, contact=office.contact or None)
    st.html(said + searched_too(texts, answer) + as_written_note(answer, address))
    if verdict != "answered":
        show_question_box(office.search, texts, address.question, verdict)
    show_filters(address, answer.facets)
    if verdict == "none" and answer.hits:
        st.html(f"<h2>{escaped(texts.nearest)} ({len(answer.hits)})</h2>")
    _show_hits(office, answer.hits, address, opened.content)
    more = more_link(answer, address)
    if more:
        st.html(link_row([more]))


def _answer(client: SearchClient, address: Address) -> SearchResponse:
    """The answer, kept while nothing but the case changes: each pin and each note draws the page anew."""
    asked = asked_of_search(address)
    kept = st.session_state.get(_ANSWER)
    if kept is None or kept[0] != asked:
        kept = st.session_state[_ANSWER] = (asked, client.search(address))
    answer: SearchResponse = kept[1]
    return answer


def _show_hits(office: Office, hits: Sequence[Hit], address: Address, content: CaseContent) -> None:
    texts = texts_in(address.language)
    for hit in hits:
        with st.container(key=f"treffer_{hit.rank}"):
            st.html(hit_card(hit, address, office.files))
            _show_pin_button(texts, office.cases, hit, content)


def _show_pin_button(texts: Texts, client: CasesClient, hit: Hit, content: CaseContent) -> None:
    key, full = f"heften_{hit.passage_id}", len(content.pins) >= MAX_PINS
    if position_of(content, hit.passage_id) is not None:
        take_off = partial(taken_off, client, hit.passage_id)
        st.button(texts.office.unpin, key=key, type="primary", on_click=take_off)
    elif full:
        st.html(f"<p>{escaped(texts.office.full.format(most=MAX_PINS))}</p>")
    else:
        change = partial(pinned, pin=pin_of(hit))
        st.button(texts.office.pin, key=key, on_click=change_at_click, args=(client, change))
