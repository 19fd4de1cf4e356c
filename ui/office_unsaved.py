"""What could not be saved: why, what was typed, and the choice to save it again or to let it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search_api.view.render import notice
from ui.cases_client import CaseChangedError, CaseRefusedError
from ui.open_case import drop_unsaved, save_again, unsaved_changes

if TYPE_CHECKING:
    from search_api.view.texts import Texts
    from ui.cases_client import CasesClient
    from ui.client import ServiceError


def show_unsaved(client: CasesClient, texts: Texts) -> None:
    """A notice on each change that waits, with what was typed; nothing where all is saved."""
    waiting = unsaved_changes()
    if not waiting:
        return
    with st.container(key="ungespeichert"):
        for reason in dict.fromkeys(_told(texts, each.reason) for each in waiting):
            st.html(reason)
        for each in waiting:
            if each.typed:
                st.caption(texts.office.typed)
                st.code(each.typed, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.button(
                texts.office.save_again, key="nochmal", type="primary", on_click=save_again, args=(client,)
            )
            st.button(texts.office.drop_change, key="verwerfen", on_click=drop_unsaved)


def _told(texts: Texts, reason: ServiceError) -> str:
    words = texts.office
    if isinstance(reason, CaseChangedError):
        return notice(texts, words.changed_elsewhere, words.changed_elsewhere_advice)
    detail = reason.detail if isinstance(reason, CaseRefusedError) else ""
    return notice(texts, words.not_saved, "" if detail else words.not_saved_advice, told=detail)
