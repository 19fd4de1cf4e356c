"""SubRip subtitles (.srt), read as tolerantly as the files in the wild need and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.cues import (
    Caption,
    early_end,
    is_timing,
    parse_timing,
    spoken_seconds,
    stray_text,
    unreadable_timing,
)
from ingest.readers.running_text import collapse_lines
from ingest.readers.speakers import speaker_and_words
from ingest.readers.text_encoding import read_text
from ingest.readers.transcript import Transcript, document_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.passage import Document

_INDEX = re.compile(r"\s*\d+\s*")
# Only marks that players know: a "<" may also be meant as such.
_TAG = re.compile(r"</?(?:[biu]|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)


def read(path: Path) -> Document:
    """Return the spoken words of an SRT file, a section for each chapter beside it.

    Tolerated are missing, wrong or repeated indices, blank lines within a cue, a missing last blank
    line and dots instead of commas. "Anna Muster: Guten Tag" makes Anna Muster the speaker. Text
    before the first timing and times that cannot be read are named with their line.

    Raises:
        UnreadableSourceError: when there is no cue at all.
    """
    lines = read_text(path).split("\n")
    timings = [index for index, line in enumerate(lines) if is_timing(line)]
    ends = [*(_start(lines, timing) for timing in timings), len(lines)]
    transcript = Transcript()
    for number, line in enumerate(lines[: ends[0]], start=1):
        if line.strip():
            transcript.unread.append(stray_text(line, number))
    for timing, end in zip(timings, ends[1:], strict=True):
        _read_cue(timing + 1, lines[timing], lines[timing + 1 : end], transcript)
    return document_from(path, transcript)


def _start(lines: Sequence[str], timing: int) -> int:
    """Return where the cue begins: at the index right above its timing, if there is one."""
    has_index = timing > 0 and _INDEX.fullmatch(lines[timing - 1])
    return timing - 1 if has_index else timing


def _read_cue(number: int, line: str, payload: Sequence[str], transcript: Transcript) -> None:
    timing = parse_timing(line)
    words = collapse_lines(_TAG.sub("", "\n".join(payload)))
    if timing is None:
        transcript.unread.append(unreadable_timing(f"{line} {words}" if words else line, number))
        return
    start, end = timing
    if end < start:
        transcript.doubts.append(early_end(number))
        end = start + spoken_seconds(words)
    if words:
        speaker, spoken = speaker_and_words(words)
        transcript.add(Caption(start, end, spoken, speaker))
