"""Where people leave a question that the search could not answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from search_api.question import MAX_CHARACTERS, cleaned
from search_api.quota import Quota

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from index.open_questions import OpenQuestions
    from search_api.schemas import Verdict

MIN_CHARACTERS = 3
_A_MINUTE = 30  # questions of all people together; office hours bring a handful
_TOO_SHORT = f"Bitte schreiben Sie Ihre Frage in {MIN_CHARACTERS} bis {MAX_CHARACTERS} Zeichen."
_TOO_MANY = "Gerade kommen sehr viele Fragen an. Bitte versuchen Sie es in einer Minute noch einmal."


class QuestionTooShortError(KnowledgeBaseError):
    """What was left is too short to be a question."""


class TooManyQuestionsError(KnowledgeBaseError):
    """More questions come in than people ask."""


class QuestionBox:
    """Takes questions in; `today` is asked for each."""

    def __init__(self, kept: OpenQuestions, today: Callable[[], date], quota: Quota | None = None) -> None:
        self._kept = kept
        self._today = today
        self._quota = quota or Quota(_A_MINUTE)

    def leave(self, question: str, verdict: Verdict) -> bool:
        """Keep a question for the staff; return whether something personal was taken out of it.

        Raises:
            QuestionRefusedError: it is too long or has no words.
            QuestionTooShortError: it has fewer than three characters.
            TooManyQuestionsError: too many came in the last minute.
            QuestionsUnavailableError: they cannot be kept.
        """
        words = cleaned(question)
        if len(words) < MIN_CHARACTERS:
            raise QuestionTooShortError(_TOO_SHORT)
        if not self._quota.take():
            raise TooManyQuestionsError(_TOO_MANY)
        return self._kept.note(words, verdict, self._today())
