"""Question-and-answer pairs: what sheets of them have in common, whatever their format."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.folding import fold
from index.passage import QuestionLocation, Section
from ingest.readers.light_markup import plain_text
from ingest.readers.markdown_words import line_words
from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# The words that curators use, and the part of an entry that each means.
FIELD_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("frage", "fragen", "question", "questions", "weitere fragen"), "question"),
    **dict.fromkeys(("antwort", "antworten", "answer", "answers"), "answer"),
    **dict.fromkeys(("kategorie", "category", "rubrik", "thema", "bereich"), "category"),
    **dict.fromkeys(("quelle", "quellen", "url", "source", "link"), "source"),
}
_NOT_A_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """One entry; `number` counts entries and `line` the lines or rows of its file or `sheet`, from 1."""

    number: int
    line: int
    questions: tuple[str, ...] = ()
    answer: str = ""
    category: tuple[str, ...] = ()
    source: str = ""
    sheet: str = ""

    @property
    def place(self) -> str:
        """Where it stands: "Zeile 4", in a workbook of several sheets "Blatt „Geld“, Zeile 4"."""
        return f"Blatt „{self.sheet}“, Zeile {self.line}" if self.sheet else f"Zeile {self.line}"

    @property
    def exact_place(self) -> str:
        """Where it stands, with its number: a file may hold all entries in one line."""
        return f"Eintrag {self.number} ({self.place})"

    @property
    def lack(self) -> str | None:
        """What is missing, as a sentence for the report; None when the entry is complete."""
        if not self.questions:
            return f"{self.exact_place} hat keine Frage."
        if not self.answer:
            return f"{self.exact_place} hat keine Antwort."
        return None

    def section(self) -> Section:
        """Return the pair as a section that is never split; its first question is its location."""
        lines = [*self.questions, self.answer]
        if self.source:
            lines.append(f"Quelle: {self.source}")
        return Section(self.category, QuestionLocation(self.questions[0]), "\n".join(lines), whole=True)


@dataclass(frozen=True, slots=True)
class Faq:
    """The complete entries as sections, a sentence about each other entry, and about what is odd."""

    sections: tuple[Section, ...]
    unread: tuple[str, ...]
    doubts: tuple[str, ...]


def entry_of(number: int, line: int, found: Mapping[str, Sequence[str]], sheet: str = "") -> FaqEntry:
    """Return the entry made of the texts found for its parts, without marks of Markdown or HTML."""
    questions = (collapse(line_words(question)) for question in found.get("question", ()))
    return FaqEntry(
        number,
        line,
        questions=tuple(filter(None, questions)),
        answer=plain_text("\n".join(found.get("answer", ()))),
        category=tuple(filter(None, map(collapse, found.get("category", ())))),
        source=", ".join(found.get("source", ())),
        sheet=sheet,
    )


def collect(entries: Iterable[FaqEntry]) -> Faq:
    """Return the complete entries; an incomplete one is never published half.

    Raises:
        UnreadableSourceError: when no entry is complete.
    """
    entries = list(entries)
    unread = tuple(entry.lack for entry in entries if entry.lack)
    complete = [entry for entry in entries if not entry.lack]
    if complete:
        return Faq(tuple(entry.section() for entry in complete), unread, tuple(_repeated(complete)))
    reason = unread[0] if unread else "Es gibt keinen Eintrag."
    raise UnreadableSourceError(
        f"Die Datei enthält kein vollständiges Paar aus Frage und Antwort. {reason} Bitte ergänzen Sie es."
    )


def _repeated(entries: Sequence[FaqEntry]) -> Iterator[str]:
    """Name the questions that stand in a file more than once, whatever their case and punctuation."""
    asked: dict[str, list[tuple[str, FaqEntry]]] = defaultdict(list)
    for entry in entries:
        for question in entry.questions:
            asked[_NOT_A_WORD.sub("", fold(question)) or question].append((question, entry))
    for same in asked.values():
        if len(same) > 1:
            yield f"Die Frage „{same[0][0]}“ steht {_places([entry for _, entry in same])}."


def _places(entries: Sequence[FaqEntry]) -> str:
    places = list(dict.fromkeys(entry.place for entry in entries))
    if len(places) < len(entries):
        places = list(dict.fromkeys(entry.exact_place for entry in entries))
    if len(places) == 1:
        return f"mehrmals in {places[0]}"
    return f"in {', '.join(places[:-1])} und {places[-1]}"
