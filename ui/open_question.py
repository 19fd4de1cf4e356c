"""The button that leaves a question for the staff, where the search has nothing or not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from search_api.view.markup import escaped
from search_api.view.render import notice
from ui.client import QuestionRefusedError, ServiceError, TooManyQuestionsError

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
        except ServiceError as error:  # said here: the answers below stay
            st.html(_not_noted(texts, error))
        else:
            said = texts.question_noted_removed if noted.removed else texts.question_noted
            st.html(f'<p role="status"><b>{escaped(said)}</b></p>')


def _not_noted(texts: Texts, error: ServiceError) -> str:
    if isinstance(error, TooManyQuestionsError):
        return notice(texts, texts.question_not_noted, texts.question_too_many)
    if isinstance(error, QuestionRefusedError) and error.detail:
        return notice(texts, texts.question_not_noted, told=error.detail)
    return notice(texts, texts.question_not_noted, texts.question_not_kept)
