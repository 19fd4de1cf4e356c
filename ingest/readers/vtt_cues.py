"""The parts of a WebVTT file: its blocks, and the captions in a block with voices and times of words.

The format: https://www.w3.org/TR/webvtt1/#file-structure
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ingest.readers.cues import Caption, is_timing, seconds
from ingest.readers.running_text import collapse, collapse_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VOICE = re.compile(r"<v(?:\.[^ \t<>]*)?[ \t]+([^<>]*)>")
_STAMP = re.compile(r"<(?:(\d+):)?(\d{1,2}):(\d{2})(?:\.(\d{1,3}))?>")
# Only marks that the format knows: a "<" may also be meant as such.
_TAG = re.compile(r"</?(?:[bciuv]|ruby|rt|lang|font)(?:[.\s][^<>]*)?/?>", re.IGNORECASE)
_MACHINE_TIMED = re.compile(r"<[\d:.]+><c(?:\.color\w+)?>")  # how YouTube times each word


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank lines; `number` is the first one's, counted from 1."""

    number: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Timed:
    """A timing and the lines up to the next one; `number` is the timing's line."""

    number: int
    timing: str
    payload: Sequence[str]


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a file in order.

    Lines of blanks separate them, too; but right below a timing YouTube writes one for an empty line.
    """
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip() or (line and lines and is_timing(lines[-1])):
            lines.append(line)
        elif lines:
            yield Block(number - len(lines), lines)
            lines = []


def timed_parts(block: Block) -> Iterator[Timed]:
    """Yield the cues of a block; like browsers, a timing without a blank line before it begins a cue.

    A first line above the first timing is the cue's name and no text.
    """
    timings = [index for index, line in enumerate(block.lines) if is_timing(line)]
    for index, end in zip(timings, [*timings, len(block.lines)][1:], strict=True):
        yield Timed(block.number + index, block.lines[index], block.lines[index + 1 : end])


def captions_of(start: float, end: float, payload: str) -> Iterator[Caption]:
    """Yield what is said between two moments, a caption for each voice; words before it are nobody's."""
    pieces = [None, *_VOICE.split(payload)]
    at = start
    for speaker, words in zip(pieces[::2], pieces[1::2], strict=True):
        text, starts, at = _timed_words(words or "", at)
        if text:
            name = (collapse(html.unescape(speaker)) or None) if speaker else None
            is_ordered = list(starts) == sorted(starts) and all(start <= second <= end for second in starts)
            yield Caption(start, end, text, name, starts if is_ordered else ())


def is_machine_timed(payload: str) -> bool:
    """Whether a machine gave each word its time."""
    return _MACHINE_TIMED.search(payload) is not None


def _timed_words(payload: str, at: float) -> tuple[str, tuple[float, ...], float]:
    """Return the text without marks, when each of its words begins, and the last time that was named.

    Without times between the words nothing is said about their beginnings.
    """
    pieces = _STAMP.split(payload)
    times = [at, *(seconds(*pieces[index : index + 4]) for index in range(1, len(pieces), 5))]
    chunks = [html.unescape(_TAG.sub("", chunk)) for chunk in pieces[::5]]
    text = collapse_lines("".join(chunks))
    if len(times) == 1:
        return text, (), at
    offsets = [0, *accumulate(len(chunk) for chunk in chunks[:-1])]
    found = re.finditer(r"\S+", "".join(chunks))
    starts = tuple(times[bisect_right(offsets, match.start()) - 1] for match in found)
    return text, starts if len(starts) == len(text.split()) else (), times[-1]
