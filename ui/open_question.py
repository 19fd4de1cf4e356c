"""The button that leaves a question for the staff, where the search has nothing or not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search_api.view.markup import escaped
from search_api.view.render import notice
from ui.client import QuestionRefusedError

if TYPE_CHECKING:
    from search_api.schemas import Verdict
    from search_api.view.texts import Texts
    from ui.client import SearchClient


def show_question_box(client: SearchClient, texts: Texts, question: str, verdict: Verdict) -> None:
    """A button with a sentence that says what is kept; after it, what became of the question."""
    with st.container(key="dalassen"):
        st.html(f"<p>{escaped(texts.leave_question_promise)}</p>")
        if not st.button(texts.leave_question, key=f"dalassen_{question}"):
            return
        try:
            noted = client.leave_question(question, verdict)
        except QuestionRefusedError as error:
            st.html(notice(texts, texts.question_not_noted, told=error.detail))
        else:
            said = texts.question_noted_removed if noted.removed else texts.question_noted
            st.html(f'<p role="status"><b>{escaped(said)}</b></p>')
