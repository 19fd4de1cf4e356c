"""The folder as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search_api.folder.markdown_text import inert
from search_api.folder.model import ANSWER, CLOSING, CONTEXT, ENTRIES, NOTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_api.folder.model import Entry, Folder, Way

_ENTITY = re.compile(r"&(?=#?\w+;)")


def markdown(folder: Folder) -> bytes:
    """Return the folder as Markdown in UTF-8; no word of it acts, only our own links do."""
    return ("\n\n".join(_blocks(folder)) + "\n").encode()


def _blocks(folder: Folder) -> Iterator[str]:
    yield f"# {inert(folder.title)}"
    if folder.questions:
        yield f"## {folder.questions_heading}"
        yield "\n".join(f"- {inert(question)}" for question in folder.questions)
    if folder.answer:
        yield f"## {ANSWER}"
        yield from map(inert, folder.answer)
    if folder.entries:
        yield f"## {ENTRIES}"
    for entry in folder.entries:
        yield from _entry(entry)
    yield inert(CLOSING)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"### {inert(entry.heading)}"
    if entry.sentence:
        yield f"**{inert(entry.sentence)}**"
    if entry.whole:
        yield f"{CONTEXT}:"
        yield "\n>\n".join(f"> {inert(paragraph)}" for paragraph in entry.whole)
    yield inert(entry.facts)
    if entry.ways:
        yield "\n".join(f"- [{inert(way.words)}]({_target(way)})" for way in entry.ways)
    if entry.note:
        yield f"{NOTE}:"
        yield from map(inert, entry.note)


def _target(way: Way) -> str:
    """The address in angle brackets; what looks like an entity there would be read as one."""
    address = _ENTITY.sub(r"\\&", way.href)
    return f"<{address}>"
