"""Questions as people type them: cleaned, or refused with a sentence that says what is allowed."""

from __future__ import annotations

import unicodedata

from index.errors import KnowledgeBaseError

MAX_CHARACTERS = 1_000  # the model reads 512 tokens, some 2 000 characters; nobody types more than this


class QuestionRefusedError(KnowledgeBaseError):
    """The question cannot be searched for; the message says what is allowed."""


def cleaned(question: str) -> str:
    """Return the question without control characters and doubled blanks.

    Raises:
        QuestionRefusedError: it is empty, too long or has neither letter nor digit.
    """
    if len(question) > MAX_CHARACTERS:
        message = f"Die Frage ist zu lang: höchstens {MAX_CHARACTERS} Zeichen, es waren {len(question)}."
        raise QuestionRefusedError(message)
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in question)
    words = " ".join(visible.split())
    if not words:
        message = "Bitte geben Sie eine Frage ein: 1 bis 1000 Zeichen."
        raise QuestionRefusedError(message)
    if not any(c.isalnum() for c in words):
        message = "Bitte stellen Sie Ihre Frage in Worten: Sie enthält weder Buchstaben noch Ziffern."
        raise QuestionRefusedError(message)
    return words
