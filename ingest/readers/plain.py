"""Plain text: paragraphs in one section, the title a short first line; typed transcripts have times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.passage import Document, HeadingLocation, Section
from ingest.readers.extracted import extracted, sensible_title
from ingest.readers.hyphenation import join_lines
from ingest.readers.running_text import collapse, collapse_lines
from ingest.readers.text_encoding import read_text
from ingest.readers.timed_text import is_transcript, read_transcript

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_MAX_TITLE = 100  # characters; a longer first line is already the text
_SENTENCE_END = re.compile(r"[.,;:!]$")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_WRAPPED_WIDTH = 100  # characters; a file without longer lines was broken into lines by a program
_FULL_LINE = 50  # characters; a shorter line in a wrapped file was ended by its author
_LIST_POINT = re.compile(r"\s*([-–•*]|\d+[.)])\s")


def read(path: Path) -> Document:
    """Return the document of a text file as one section; the title line stays in its text.

    A typed transcript with times, see `is_transcript`, becomes turns with their times instead.

    Raises:
        UnreadableSourceError: when the encoding cannot be told.
    """
    text = read_text(path)
    if is_transcript(text):
        return read_transcript(path, text, _title(text))
    words = "\n\n".join(paragraphs(text))
    section = Section((), HeadingLocation(), words)
    return Document((section,) if words else (), extracted=extracted(_title(text)))


def _title(text: str) -> str | None:
    first = collapse(text.strip().partition("\n")[0])
    is_short = len(first) <= _MAX_TITLE and not _SENTENCE_END.search(first)
    return sensible_title(first) if is_short else None


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text; lines that a program broke are joined again."""
    is_wrapped = max(map(len, text.split("\n"))) <= _WRAPPED_WIDTH
    for paragraph in _PARAGRAPH_END.split(text):
        lines = paragraph.strip().split("\n")
        words = "\n".join(map(join_lines, _unwrapped(lines))) if is_wrapped else paragraph
        if words := collapse_lines(words):
            yield words


def _unwrapped(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the runs of lines that were one line before a program broke them."""
    run: list[str] = []
    for line in lines:
        if run and (len(run[-1]) < _FULL_LINE or _LIST_POINT.match(line)):
            yield run
            run = []
        run.append(line)
    yield run
