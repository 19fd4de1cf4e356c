"""The form with which a question is left for the staff, where the search has nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from search_api.view.address import EMBEDDED, QUESTION, write_language
from search_api.view.languages import texts_in
from search_api.view.markup import escaped

if TYPE_CHECKING:
    from search_api.schemas import Verdict
    from search_api.view.address import Address

FORM_ACTION: Final = "suche/frage"
NOTED_PAGE: Final = "frage-notiert"
VERDICT: Final = "verdict"


def question_form(address: Address, verdict: Verdict) -> str:
    """One button that sends the question as it is, with a sentence that says what is kept; no script."""
    texts, frame = texts_in(address.language), {EMBEDDED: "1"} if address.embedded else {}
    fields = {QUESTION: address.question, VERDICT: verdict, **frame, **write_language(address.language)}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escaped(value)}">' for name, value in fields.items()
    )
    button = f'<button type="submit">{escaped(texts.leave_question)}</button>'
    promise = f"<p>{escaped(texts.leave_question_promise)}</p>"
    return f'<form class="dalassen" action="{FORM_ACTION}" method="post">{hidden}{promise}{button}</form>'
