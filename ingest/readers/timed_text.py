"""Typed transcripts in plain text: a time at the beginning of a line begins a turn, "12:34 Name: words"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from index.passage import HeadingLocation, Section
from ingest.readers.cues import Caption, seconds
from ingest.readers.running_text import collapse, collapse_lines
from ingest.readers.speakers import speaker_and_words
from ingest.readers.transcript import Transcript, document_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.passage import Document

_MIN_TURNS = 3
_MOST = 0.5  # of the paragraphs
_ASCENDING = 0.9  # of the times; a mistyped one does not make a transcript plain text


def _time(name: str) -> str:
    return (
        rf"(?P<h{name}>\d{{1,3}}(?=:\d+:))?:?(?P<m{name}>\d{{1,3}}):(?P<s{name}>[0-5]\d)"
        rf"(?:[.,](?P<f{name}>\d{{1,3}}))?(?![\d:])"
    )


_TURN = re.compile(
    rf"\s*(?:(?P<open>[\[(])\s*)?{_time('1')}(?:\s*[-–—]+>?\s*{_time('2')})?\s*(?(open)[\])])"
    r"(?!\s*Uhr\b)(?:\s*[-–—|:]+(?=\s|$)|(?=\s|$))\s*(?P<words>.*)"
)
_LENGTH = re.compile(rf"(?:dauer|länge|duration|length)\s*:\s*{_time('1')}", re.IGNORECASE)


@dataclass(slots=True)
class _Turn:
    """What somebody says from a moment on; lines below belong to it."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)


def is_transcript(text: str) -> bool:
    """Whether a text clearly is a transcript with times, and no programme of an event with times of day.

    At least three lines begin with ascending times, and most paragraphs do. Times of day in programmes
    are full minutes in steps of five; in a transcript at most the first is.
    """
    turns = [match for line in text.split("\n") if (match := _TURN.match(line))]
    if len(turns) < _MIN_TURNS:
        return False
    starts = [_seconds(turn, "1") for turn in turns]
    rising = sum(former <= start for former, start in pairwise(starts))
    return rising >= _ASCENDING * (len(starts) - 1) and _most_begin(text) and not _is_programme(turns)


def read_transcript(path: Path, text: str, title: str | None) -> Document:
    """Return the document of a text that `is_transcript`; what stands above the first time stays text.

    A turn ends where the next begins, the last one after as long as its words usually take. A time
    without words only ends the turn above it.
    """
    above, turns = _turns(text.split("\n"))
    preface = collapse_lines("\n".join(above))
    length = next((match for line in above if (match := _LENGTH.search(line))), None)
    transcript = Transcript(
        title=title if above and preface else None,
        end=_seconds(length, "1") if length else math.inf,
        preface=(Section((), HeadingLocation(), preface),) if preface else (),
    )
    for index, turn in enumerate(turns):
        words = collapse(" ".join(turn.lines))
        following = turns[index + 1] if index + 1 < len(turns) else None
        end = following.start if following and not "".join(following.lines).strip() else turn.end
        if words:
            speaker, spoken = speaker_and_words(words)
            transcript.add(Caption(turn.start, end if end >= turn.start else math.inf, spoken, speaker))
    return document_from(path, transcript)


def _turns(lines: Sequence[str]) -> tuple[list[str], list[_Turn]]:
    above: list[str] = []
    turns: list[_Turn] = []
    for line in lines:
        match = _TURN.match(line)
        if match:
            end = _seconds(match, "2") if match["m2"] else math.inf
            turns.append(_Turn(_seconds(match, "1"), end, [match["words"]]))
        elif turns:
            turns[-1].lines.append(line)
        else:
            above.append(line)
    return above, turns


def _seconds(match: re.Match[str], name: str) -> float:
    return seconds(match[f"h{name}"], match[f"m{name}"], match[f"s{name}"], match[f"f{name}"])


def _most_begin(text: str) -> bool:
    """Whether most paragraphs begin with a time; one of several turns counts as that many."""
    marked = unmarked = 0
    for paragraph in re.split(r"\n[ \t]*\n", text.strip()):
        turns = sum(_TURN.match(line) is not None for line in paragraph.split("\n"))
        if paragraph.strip() and turns:
            marked += turns
        elif paragraph.strip():
            unmarked += 1
    return marked > _MOST * (marked + unmarked)


def _is_programme(turns: Sequence[re.Match[str]]) -> bool:
    has_hours = any(turn["h1"] for turn in turns)
    begins = _seconds(turns[0], "1")
    return not has_hours and begins > 0 and all(int(turn["s1"]) % 5 == 0 for turn in turns)
