"""Question-and-answer pairs: what YAML and CSV sheets of them have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import QuestionLocation, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The words that curators use, and the part of an entry that each means.
FIELD_NAMES: Mapping[str, str] = {
    "frage": "question",
    "question": "question",
    "fragen": "question",
    "questions": "question",
    "antwort": "answer",
    "answer": "answer",
    "kategorie": "category",
    "category": "category",
    "rubrik": "category",
    "quelle": "source",
    "url": "source",
    "source": "source",
}


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """One entry as written; `number` counts entries and `line` the file's lines, both from 1."""

    number: int
    line: int
    questions: tuple[str, ...] = ()
    answer: str = ""
    category: tuple[str, ...] = ()
    source: str = ""

    @property
    def lack(self) -> str | None:
        """What is missing, as a sentence for the report; None when the entry is complete."""
        if not self.questions:
            return f"Eintrag {self.number} (Zeile {self.line}) hat keine Frage."
        if not self.answer:
            return f"Eintrag {self.number} (Zeile {self.line}) hat keine Antwort."
        return None

    def section(self) -> Section:
        """Return the pair as a section that is never split; its first question is its location."""
        lines = [*self.questions, self.answer]
        if self.source:
            lines.append(f"Quelle: {self.source}")
        return Section(self.category, QuestionLocation(self.questions[0]), "\n".join(lines), whole=True)


@dataclass(frozen=True, slots=True)
class Faq:
    """The complete entries as sections, and a sentence about each entry that is not among them."""

    sections: tuple[Section, ...]
    unread: tuple[str, ...]


def collect(entries: Iterable[FaqEntry]) -> Faq:
    """Return the complete entries; an incomplete one is never published half.

    Raises:
        UnreadableSourceError: when no entry is complete.
    """
    entries = list(entries)
    unread = tuple(entry.lack for entry in entries if entry.lack)
    sections = tuple(entry.section() for entry in entries if not entry.lack)
    if sections:
        return Faq(sections, unread)
    reason = unread[0] if unread else "Es gibt keinen Eintrag."
    raise UnreadableSourceError(
        f"Die Datei enthält kein vollständiges Paar aus Frage und Antwort. {reason} Bitte ergänzen Sie es."
    )
