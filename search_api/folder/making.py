"""From a case to its folder: everything that was written by others becomes plain text here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_api.folder.model import Entry, Folder
from search_api.folder.plain import line, paragraphs
from search_api.folder.wording import checked_words, date_words, source_words, validity_words, ways

if TYPE_CHECKING:
    from datetime import date

    from search_api.schemas import Case, Pin


def folder_of(case: Case, today: date, page: str = "") -> Folder:
    """Return the folder of a case on the day `today`.

    `page` is the public address of the pages, for links into them; empty: there are none.
    """
    return Folder(
        date=date_words(today),
        questions=tuple(filter(None, map(line, case.questions))),
        answer=paragraphs(case.answer),
        entries=tuple(_entry(number, pin, today, page) for number, pin in enumerate(case.pins, start=1)),
    )


def _entry(number: int, pin: Pin, today: date, page: str) -> Entry:
    start, end = max(pin.highlight.start, 0), max(pin.highlight.end, 0)
    return Entry(
        number=number,
        sentence=line(pin.text[start:end]),
        paragraphs=paragraphs(pin.text),
        source=line(source_words(pin)),
        checked=checked_words(pin.document),
        validity=validity_words(pin.document, today),
        file=line(pin.document.source),
        ways=tuple(ways(pin, page)),
        note=paragraphs(pin.note),
    )
