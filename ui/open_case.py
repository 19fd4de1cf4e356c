"""The case that is open on a desk: read for each drawing, saved at each change; what fails is kept.

A change is a function of the content, so that it can be made again on what others have made of the case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from search_api.schemas import Case, CaseContent
from search_api.view.office import content_of
from ui.cases_client import CaseGoneError
from ui.client import ServiceError
from ui.layout import current_address, go_to

if TYPE_CHECKING:
    from search_api.schemas import CaseSummary
    from search_api.view.address import Address
    from search_api.view.desk import Desk
    from ui.cases_client import CasesClient

_CASE: Final = "sprechstunde_fall"
_UNSAVED: Final = "sprechstunde_ungespeichert"
_IN_STEP: Final = "sprechstunde_gleichstand"

Change = Callable[[CaseContent], CaseContent]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A change that was not saved, and why; `typed` is what was written into the field, if it was one."""

    change: Change
    reason: ServiceError
    field: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What lies on the desk: all its cases, and the open one with its content. `gone`: it is no more."""

    cases: list[CaseSummary]
    case: Case | None
    gone: bool = False

    @property
    def content(self) -> CaseContent:
        """The open case's content, nothing where there is no case yet."""
        return content_of(self.case)


def open_case(client: CasesClient, desk: Desk) -> Opened:
    """Reads the desk's cases and the open one anew. Raises `ServiceError`."""
    case, gone = None, False
    try:
        case = client.case(desk.key, desk.case) if desk.case else None
    except CaseGoneError:
        gone = True
        open_other("")
    st.session_state[_CASE] = case
    return Opened(client.summaries(desk.key), case, gone)


def open_other(case_id: str) -> None:
    """Puts another case into the address, without the question; empty: none, for a new one."""
    address = current_address()
    if address.desk:
        desk = replace(address.desk, case=case_id)
        go_to(replace(address, question="", filters={}, desk=desk))


def change_case(client: CasesClient, change: Change, field: str = "", typed: str = "") -> bool:
    """Saves a change of the open case at once, a new one is made if there is none; says whether it worked.

    Otherwise it waits in `unsaved_changes`, in the place of an older one of the same field.
    """
    address = current_address()
    if address.desk is None:
        return False
    others = [each for each in unsaved_changes() if not field or each.field != field]
    try:
        case = _saved(client, address.desk, change)
    except ServiceError as error:
        st.session_state[_UNSAVED] = [*others, Unsaved(change, error, field, typed)]
        return False
    st.session_state[_CASE], st.session_state[_UNSAVED] = case, others
    _open(address, case.id)
    return True


def change_at_click(client: CasesClient, change: Change) -> None:
    """`change_case` for a button."""
    change_case(client, change)


def _saved(client: CasesClient, desk: Desk, change: Change) -> Case:
    case = _case_to_change(client, desk)
    before = content_of(case)
    after = change(before)
    if case is None:
        return client.create(desk.key, after)
    return case if after == before else client.change(desk.key, case, after)


def drawn_case() -> Case | None:
    """The open case as the reader sees it."""
    drawn = st.session_state.get(_CASE)
    return drawn if isinstance(drawn, Case) else None


def _case_to_change(client: CasesClient, desk: Desk) -> Case | None:
    """The case as the reader saw it: a change made elsewhere since then must not be overwritten."""
    drawn = drawn_case()
    if drawn and drawn.id == desk.case:
        return drawn
    return client.case(desk.key, desk.case) if desk.case else None


def _open(address: Address, case_id: str) -> None:
    if address.desk and address.desk.case != case_id:
        go_to(replace(address, desk=replace(address.desk, case=case_id)))


def unsaved_changes() -> list[Unsaved]:
    """The changes that wait, the oldest first."""
    return [*st.session_state.get(_UNSAVED, ())]


def save_again(client: CasesClient) -> None:
    """Makes the changes that wait again, on the case as it is now; those that fail again wait on."""
    waiting = unsaved_changes()
    st.session_state[_UNSAVED] = []
    for each in waiting:
        change_case(client, each.change, each.field, each.typed)


def drop_unsaved() -> None:
    """Gives up the changes that wait; the fields show what is saved."""
    st.session_state[_UNSAVED] = []
    st.session_state[_IN_STEP] = {}


def keep_in_step(field: str, saved: str) -> None:
    """Makes a field show what is saved, unless it has been doing so: then it may hold what is being typed."""
    in_step = st.session_state.setdefault(_IN_STEP, {})
    if field not in st.session_state or in_step.get(field) != saved:
        st.session_state[field] = in_step[field] = saved


def save_field(client: CasesClient, field: str, change: Callable[[CaseContent, str], CaseContent]) -> None:
    """Saves what was typed into a field: `change` puts it into the content."""
    typed = str(st.session_state[field] or "")
    if change_case(client, lambda content: change(content, typed), field, typed):
        st.session_state.setdefault(_IN_STEP, {})[field] = typed
