"""What stands in an Antwortmappe, before it has a format: plain text that nothing can act in."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Antwort des Partnerschaftslotsen"
QUESTION, QUESTIONS = "Ihre Frage", "Ihre Fragen"
ANSWER = "Unsere Antwort"
ENTRIES = "Die Fundstellen"
CONTEXT = "Die ganze Stelle"
NOTE = "Dazu"
CLOSING = (
    "Die Fundstellen sind wörtlich aus den genannten Quellen übernommen. Bitte prüfen Sie Beträge und "
    "Fristen vor einem Antrag bei der zuständigen Stelle."
)


@dataclass(frozen=True, slots=True)
class Way:
    """A link: what it is called, and an address of a web page without blanks or control characters."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A pinned passage. `number` counts from 1.

    `sentence` is its answer sentence, `paragraphs` the whole passage; it is left out of no format. `source`
    says kind, title and place in one line, `checked` and `validity` how current it is, `file` its path in the
    corpus. `note` are the consultant's words on it, in paragraphs.
    """

    number: int
    sentence: str
    paragraphs: tuple[str, ...]
    source: str
    checked: str
    validity: str
    file: str
    ways: tuple[Way, ...]
    note: tuple[str, ...]

    @property
    def heading(self) -> str:
        """Number and source."""
        return f"{self.number}. {self.source}"

    @property
    def facts(self) -> str:
        """How current it is and which file it is from, in one line."""
        return " · ".join((self.checked, self.validity, f"Datei: {self.file}"))

    @property
    def whole(self) -> tuple[str, ...]:
        """The passage, if it says more than the answer sentence."""
        return () if self.paragraphs == (self.sentence,) else self.paragraphs


@dataclass(frozen=True, slots=True)
class Folder:
    """An Antwortmappe. `date` is written out in German; `answer` is in paragraphs."""

    date: str
    questions: tuple[str, ...]
    answer: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """What the file is called inside: title and date."""
        return f"{TITLE} vom {self.date}"

    @property
    def questions_heading(self) -> str:
        """One or several."""
        return QUESTION if len(self.questions) == 1 else QUESTIONS
