"""The form with which a question is left for the staff, where the search has nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from search_api.view.render import escaped
from search_api.view.texts import LEAVE_QUESTION, LEAVE_QUESTION_PROMISE

if TYPE_CHECKING:
    from search_api.schemas import Verdict

FORM_ACTION: Final = "suche/frage"
NOTED_PAGE: Final = "frage-notiert"
VERDICT: Final = "verdict"
LANGUAGE: Final = "lang"


def question_form(question: str, verdict: Verdict, language: str = "") -> str:
    """One button that sends the question as it is, with a sentence that says what is kept; no script."""
    fields = {"q": question, VERDICT: verdict, **({LANGUAGE: language} if language else {})}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escaped(value)}">' for name, value in fields.items()
    )
    button = f'<button type="submit">{escaped(LEAVE_QUESTION)}</button>'
    promise = f"<p>{escaped(LEAVE_QUESTION_PROMISE)}</p>"
    return f'<form class="dalassen" action="{FORM_ACTION}" method="post">{hidden}{promise}{button}</form>'
