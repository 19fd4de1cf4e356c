"""WebVTT subtitles: cues with voices; `NOTE Kapitel: …` (or `NOTE Chapter: …`) begins a chapter.

The format: https://www.w3.org/TR/webvtt1/#file-structure
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from ingest.readers.cues import (
    Chapter,
    early_end,
    is_timing,
    parse_timing,
    spoken_seconds,
    stray_text,
    unreadable_timing,
)
from ingest.readers.extracted import language_code
from ingest.readers.running_text import collapse
from ingest.readers.text_encoding import read_text
from ingest.readers.transcript import Transcript, document_from
from ingest.readers.vtt_cues import Block, blocks, captions_of, is_machine_timed, timed_parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.passage import Document
    from ingest.readers.vtt_cues import Timed

_SIGNATURE = re.compile(r"WEBVTT([ \t].*)?")
_SKIPPED = re.compile(r"(STYLE|REGION)[ \t]*|Region: .*", re.IGNORECASE)  # how cues look, where they stand
_NOTE = re.compile(r"NOTE([ \t]+(?P<words>.*))?")
_CHAPTER = re.compile(r"(kapitel|chapter)\s*:\s*(?P<name>.*\S)", re.IGNORECASE | re.DOTALL)
_LANGUAGE = re.compile(r"language\s*:\s*(\S+)", re.IGNORECASE)  # YouTube writes it below the signature
_CAPTIONS = re.compile(r"kind\s*:\s*captions\s*", re.IGNORECASE)  # so does it this


def read(path: Path) -> Document:
    """Return the spoken words of a WebVTT file, a section for each chapter.

    What browsers pass over is named with its line: blocks that are no cue, times that cannot be read.

    Raises:
        UnreadableSourceError: for a file without the signature or without any cue.
    """
    parts = blocks(read_text(path))
    head = next(parts, Block(1, ("",)))
    if not _SIGNATURE.fullmatch(head.lines[0]):
        raise UnreadableSourceError(
            "Die Datei beginnt nicht mit „WEBVTT“. "
            "Bitte prüfen Sie, ob es wirklich Untertitel in diesem Format sind."
        )
    transcript = Transcript(
        language=_language(head.lines[1:]),
        automatic_if_rolling=any(_CAPTIONS.fullmatch(line) for line in head.lines[1:]),
    )
    for timed in timed_parts(head):  # some tools leave out the blank line after the signature
        _read_cue(timed, transcript)
    for block in parts:
        _read_block(block, transcript)
    return document_from(path, transcript)


def _language(lines: Sequence[str]) -> str | None:
    return language_code(next((match[1] for line in lines if (match := _LANGUAGE.match(line))), None))


def _read_block(block: Block, transcript: Transcript) -> None:
    first = block.lines[0]
    note = None if is_timing(first) else _NOTE.fullmatch(first)
    if note:
        words = "\n".join((note["words"] or "", *block.lines[1:])).strip()
        if chapter := _CHAPTER.match(words):
            transcript.chapters.append(Chapter(collapse(chapter["name"]), len(transcript.captions)))
    elif not _SKIPPED.fullmatch(first):
        _read_cues(block, transcript)


def _read_cues(block: Block, transcript: Transcript) -> None:
    first = next((index for index, line in enumerate(block.lines) if is_timing(line)), len(block.lines))
    # Right above its timing stands a cue's name; more lines, or lines without a timing, are words.
    lost = first if first > 1 or first == len(block.lines) else 0
    if lost:
        transcript.unread.append(stray_text(" ".join(block.lines[:lost]), block.number))
    for timed in timed_parts(block):
        _read_cue(timed, transcript)


def _read_cue(timed: Timed, transcript: Transcript) -> None:
    timing = parse_timing(timed.timing)
    payload = "\n".join(timed.payload)
    if timing is None:
        line = f"{timed.timing} {payload}" if payload else timed.timing
        transcript.unread.append(unreadable_timing(line, timed.number))
        return
    start, end = timing
    if end < start and payload:
        transcript.doubts.append(early_end(timed.number))
        end = start + spoken_seconds(payload)
    transcript.automatic |= is_machine_timed(payload)
    for caption in captions_of(start, end, payload):
        transcript.add(caption)
