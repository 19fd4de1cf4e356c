"""The folder as the text of a mail: short lines, links by themselves so that every program finds them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from search_api.folder.model import ANSWER, CLOSING, CONTEXT, ENTRIES, NOTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_api.folder.model import Entry, Folder

_WIDTH = 76  # characters; programs that quote a mail add two and break at 78 (RFC 5322, 2.1.1)


def mail(folder: Folder) -> bytes:
    """Return the folder as plain text in UTF-8 with lines of at most 76 characters; only links are longer."""
    return ("\n\n".join(_blocks(folder)) + "\n").encode()


def _blocks(folder: Folder) -> Iterator[str]:
    yield _headline(folder.title, "=")
    if folder.questions:
        yield _headline(folder.questions_heading, "-")
        yield "\n".join(_wrapped(question, "- ", "  ") for question in folder.questions)
    if folder.answer:
        yield _headline(ANSWER, "-")
        yield from map(_wrapped, folder.answer)
    if folder.entries:
        yield _headline(ENTRIES, "-")
    for entry in folder.entries:
        yield from _entry(entry)
    yield _wrapped(CLOSING)


def _entry(entry: Entry) -> Iterator[str]:
    yield _wrapped(entry.heading, "", "   ")
    if entry.sentence:
        yield _wrapped(f"»{entry.sentence}«")
    if entry.whole:
        yield "\n".join((f"{CONTEXT}:", *(_wrapped(each, "| ", "| ") for each in entry.whole)))
    yield _wrapped(entry.facts)
    if entry.ways:
        yield "\n".join(f"{way.words}:\n{way.href}" for way in entry.ways)
    if entry.note:
        yield "\n".join((f"{NOTE}:", *map(_wrapped, entry.note)))


def _headline(words: str, rule: str) -> str:
    return f"{words}\n{rule * len(words)}"


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
