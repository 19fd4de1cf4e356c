"""WebVTT subtitles: cues with voices; `NOTE Kapitel: …` (or `NOTE Chapter: …`) begins a chapter.

The format: https://www.w3.org/TR/webvtt1/#file-structure
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import Cue, Document
from ingest.readers.cues import Chapter, is_timing, parse_timing, sections_from_cues, stray_text
from ingest.readers.extracted import extracted, language_code
from ingest.readers.running_text import collapse, collapse_lines
from ingest.readers.text_encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SIGNATURE = re.compile(r"WEBVTT([ \t].*)?")
_SKIPPED = re.compile(r"(STYLE|REGION)[ \t]*")  # how cues look and where they stand
_NOTE = re.compile(r"NOTE([ \t]+(?P<words>.*))?")
_CHAPTER = re.compile(r"(kapitel|chapter)\s*:\s*(?P<name>.*\S)", re.IGNORECASE | re.DOTALL)
_LANGUAGE = re.compile(r"language\s*:\s*(\S+)", re.IGNORECASE)  # YouTube writes it below the signature
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>")
_TAG = re.compile(r"</?(?:[a-z]+|\d[\d:.]*)(?:[.\s][^>]*)?/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines between blank lines; `number` is the first one's, counted from 1."""

    number: int
    lines: Sequence[str]


@dataclass(slots=True)
class _Recording:
    cues: list[Cue] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)


def read(path: Path) -> Document:
    """Return the spoken words of a WebVTT file, a section for each chapter.

    Raises:
        UnreadableSourceError: naming the line, for text that is neither cue nor known block, times
            that cannot be read or run backwards, and a file without the signature.
    """
    blocks = _blocks(read_text(path))
    head = next(blocks, _Block(1, ("",)))
    if not _SIGNATURE.fullmatch(head.lines[0]):
        raise UnreadableSourceError(
            "Die Datei beginnt nicht mit „WEBVTT“. "
            "Bitte prüfen Sie, ob es wirklich Untertitel in diesem Format sind."
        )
    recording = _Recording()
    first_timing = next((index for index, line in enumerate(head.lines) if is_timing(line)), None)
    if first_timing is not None:  # some tools leave out the blank line after the signature
        _read_block(_Block(head.number + first_timing, head.lines[first_timing:]), recording)
    for block in blocks:
        _read_block(block, recording)
    language = next((match[1] for line in head.lines[1:] if (match := _LANGUAGE.match(line))), None)
    sections = sections_from_cues(recording.cues, recording.chapters)
    return Document(sections, extracted=extracted(language=language_code(language)))


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            lines.append(line)
        elif lines:
            yield _Block(number - len(lines), lines)
            lines = []


def _read_block(block: _Block, recording: _Recording) -> None:
    first = block.lines[0]
    note = _NOTE.fullmatch(first)
    if note:
        words = "\n".join((note["words"] or "", *block.lines[1:])).strip()
        if chapter := _CHAPTER.match(words):
            recording.chapters.append(Chapter(collapse(chapter["name"]), len(recording.cues)))
    elif not _SKIPPED.fullmatch(first):
        recording.cues.extend(_cues(block))


def _cues(block: _Block) -> Iterator[Cue]:
    """Yield the cue of a block, one for each voice in it."""
    has_name = len(block.lines) > 1 and not is_timing(block.lines[0])
    timing, *payload = block.lines[has_name:]
    number = block.number + has_name
    if not is_timing(timing):
        raise stray_text(block.lines[0], block.number)
    start, end = parse_timing(timing, number)
    for offset, line in enumerate(payload, start=1):
        if is_timing(line):
            raise stray_text(line, number + offset)
    for speaker, words in _voices("\n".join(payload)):
        yield Cue(start, end, words, speaker)


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """Yield who speaks and what, without marks; words before the first voice are nobody's."""
    pieces = [None, *_VOICE.split(payload)]
    for speaker, words in zip(pieces[::2], pieces[1::2], strict=True):
        spoken = collapse_lines(html.unescape(_TAG.sub("", words or "")))
        if spoken:
            yield (collapse(html.unescape(speaker)) or None) if speaker else None, spoken
