"""The right side of the office hour: which case, its questions, its passages, its answer."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from search_api.schemas.cases import MAX_ANSWER, MAX_NOTE
from search_api.view.languages import texts_in
from search_api.view.markup import escaped
from search_api.view.office import (
    case_lines,
    content_of,
    moved,
    pin_card,
    pinned,
    position_of,
    taken_off_line,
    unpinned,
    with_answer,
    with_note,
    without_question,
)
from search_api.view.render import notice
from ui.cases_client import CaseGoneError, CaseRefusedError
from ui.client import ServiceError
from ui.office_sending import show_folder, show_release
from ui.open_case import change_at_click, change_case, drawn_case, keep_in_step, open_other, save_field

if TYPE_CHECKING:
    from search_api.schemas import Case, CaseContent, Pin
    from search_api.view.address import Address
    from search_api.view.texts import Texts
    from ui.cases_client import CasesClient
    from ui.open_case import Opened

_CHOICE: Final = "sprechstunde_wahl"
_TAKEN_OFF: Final = "sprechstunde_entfernt"
_DELETING: Final = "sprechstunde_loeschen"  # the case that is to be deleted if that is confirmed
_NOT_DELETED: Final = "sprechstunde_nicht_geloescht"
_NOTE_HEIGHT, _ANSWER_HEIGHT = 90, 220  # CSS pixels: three lines, eight lines


@dataclass(frozen=True, slots=True)
class _TakenOff:
    """The pin that was taken off last, and its place from 0, to put it back."""

    case_id: str
    pin: Pin
    place: int


def show_case(client: CasesClient, address: Address, opened: Opened, files: str) -> None:
    """The open case with all that can be done with it. Raises `ServiceError` from what is done at once."""
    texts = texts_in(address.language)
    _show_choice(texts, opened)
    st.html(f'<p class="auch">{escaped(texts.office.saved_by_itself)}</p>')
    _show_questions(client, texts, opened.content.questions)
    _show_pins(client, address, opened, files)
    if opened.case is None or address.desk is None:
        return
    _show_answer(client, texts, opened.case)
    show_folder(client, texts, address.desk, opened.case)
    show_release(client, texts, address.desk, opened.case)
    _show_deletion(client, texts, address.desk.key, opened.case)


def _show_choice(texts: Texts, opened: Opened) -> None:
    words = {} if opened.case else {"": texts.office.empty_case}
    words |= case_lines(texts, opened.cases)
    chosen = opened.case.id if opened.case else ""
    # Streamlit shows the words that an option had at first: other words need another widget.
    key = f"{_CHOICE}_{zlib.crc32(repr((words, chosen)).encode())}"
    st.selectbox(
        texts.office.open_case, words, [*words].index(chosen), words.__getitem__,
        key=key, on_change=_chosen, args=(key,),
    )  # fmt: skip
    if opened.case:
        st.button(texts.office.new_case, key="neuer_fall", on_click=open_other, args=("",))


def _chosen(key: str) -> None:
    open_other(str(st.session_state[key] or ""))


def _show_questions(client: CasesClient, texts: Texts, questions: list[str]) -> None:
    if not questions:
        return
    st.html(f"<h3>{escaped(texts.office.questions)}</h3>")
    for number, question in enumerate(questions, start=1):
        with st.container(horizontal=True, vertical_alignment="center", key=f"gefragt_{number}"):
            st.html(f"<p>{escaped(question)}</p>", width="stretch")
            words, change = texts.office.drop_question, partial(without_question, question=question)
            key = f"frage_weg_{number}"
            label = words.format(number=number)
            st.button(label, key=key, type="tertiary", on_click=change_at_click, args=(client, change))


def _show_pins(client: CasesClient, address: Address, opened: Opened, files: str) -> None:
    texts, pins = texts_in(address.language), opened.content.pins
    st.html(f"<h3>{escaped(texts.office.pins)} ({len(pins)})</h3>")
    with st.container(key="fundstellen"):
        if not pins:
            st.html(f"<p>{escaped(texts.office.no_pins)}</p>")
        for number, pin in enumerate(pins, start=1):
            with st.container(key=f"fundstelle_{pin.passage_id}"):
                st.html(pin_card(number, pin, address, files))
                _show_note(client, texts, opened.case, number, pin)
                _show_moves(client, texts, number, pin, last=number == len(pins))
    _show_taken_off(client, texts, opened.case)


def _show_note(client: CasesClient, texts: Texts, case: Case | None, number: int, pin: Pin) -> None:
    field = f"notiz_{case.id if case else ''}_{pin.passage_id}"
    keep_in_step(field, pin.note)

    def noted(content: CaseContent, note: str) -> CaseContent:
        return with_note(content, pin.passage_id, note)

    label = texts.office.note.format(number=number)
    st.text_area(
        label, key=field, height=_NOTE_HEIGHT, max_chars=MAX_NOTE,
        on_change=save_field, args=(client, field, noted),
    )  # fmt: skip


def _show_moves(client: CasesClient, texts: Texts, number: int, pin: Pin, *, last: bool) -> None:
    words, key = texts.office, pin.passage_id
    with st.container(horizontal=True):
        if number > 1:
            up = partial(moved, passage_id=key, steps=-1)
            label = words.move_up.format(number=number)
            st.button(label, key=f"hoch_{key}", on_click=change_at_click, args=(client, up))
        if not last:
            down = partial(moved, passage_id=key, steps=1)
            label = words.move_down.format(number=number)
            st.button(label, key=f"runter_{key}", on_click=change_at_click, args=(client, down))
        label = words.take_off.format(number=number)
        st.button(label, key=f"weg_{key}", on_click=taken_off, args=(client, key))


def taken_off(client: CasesClient, passage_id: str) -> None:
    """Takes a passage off and remembers it with its note: a slip of the finger loses nothing."""
    case = drawn_case()
    content = content_of(case)
    place = position_of(content, passage_id)
    if case and place is not None and change_case(client, partial(unpinned, passage_id=passage_id)):
        st.session_state[_TAKEN_OFF] = _TakenOff(case.id, content.pins[place], place)


def _show_taken_off(client: CasesClient, texts: Texts, case: Case | None) -> None:
    gone: _TakenOff | None = st.session_state.get(_TAKEN_OFF)
    if case is None or gone is None or case.id != gone.case_id:
        return
    if position_of(content_of(case), gone.pin.passage_id) is not None:
        return
    st.html(taken_off_line(texts, gone.pin))
    back = partial(pinned, pin=gone.pin, position=gone.place)
    st.button(texts.office.put_back, key="zurueck", on_click=change_at_click, args=(client, back))


def _show_answer(client: CasesClient, texts: Texts, case: Case) -> None:
    field = f"antworttext_{case.id}"
    keep_in_step(field, case.answer)
    st.html(f"<h3>{escaped(texts.office.answer)}</h3>")
    st.text_area(
        texts.office.answer, key=field, height=_ANSWER_HEIGHT, max_chars=MAX_ANSWER,
        label_visibility="collapsed", on_change=save_field, args=(client, field, with_answer),
    )  # fmt: skip


def _show_deletion(client: CasesClient, texts: Texts, desk: str, case: Case) -> None:
    words = texts.office
    if st.session_state.get(_DELETING) != case.id:
        st.button(words.delete_case, key="loeschen", on_click=_ask_first, args=(case.id,))
        return
    st.html(f'<p role="alert"><b>{escaped(words.delete_sure)}</b></p>')
    with st.container(horizontal=True):
        st.button(words.keep_case, key="behalten", on_click=_ask_first, args=("",))
        delete = partial(_delete, client, desk, case.id)
        st.button(words.delete_now, key="endgueltig", type="primary", on_click=delete)
    reason = st.session_state.pop(_NOT_DELETED, None)
    if reason is not None:
        st.html(notice(texts, words.not_deleted, told=reason))


def _ask_first(case_id: str) -> None:
    st.session_state[_DELETING] = case_id


def _delete(client: CasesClient, desk: str, case_id: str) -> None:
    try:
        client.delete(desk, case_id)
    except CaseGoneError:
        open_other("")  # somebody else was faster
    except ServiceError as error:
        st.session_state[_NOT_DELETED] = error.detail if isinstance(error, CaseRefusedError) else ""
    else:
        open_other("")
