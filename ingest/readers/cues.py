"""Subtitles as their files write them: times, captions, chapters and sections."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.passage import Cue, Section, TimeLocation
from ingest.readers.running_text import collapse
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Hours are optional, some tools write a comma or a dot where the format has the other, or fewer digits.
_TIMESTAMP = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIMESTAMP}\s*-->\s*{_TIMESTAMP}(?:\s+(.*))?\s*")
_SECONDS_IN_HOUR = 3600
_SECONDS_IN_MINUTE = 60
_WORDS_PER_SECOND = 2.2  # 130 words a minute: an unhurried talk in German
_QUOTED = 60  # characters of a line that a remark shows


@dataclass(frozen=True, slots=True)
class Caption:
    """A subtitle as its file shows it; line ends separate the lines of its text.

    `end` is infinite where the file does not say it. `word_starts`, where known, holds for each
    word of the text the second at which it begins.
    """

    start: float
    end: float
    text: str
    speaker: str | None = None
    word_starts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of a recording that begins with the caption at index `first_cue`."""

    name: str
    first_cue: int


def is_timing(line: str) -> bool:
    """Whether `line` is meant as the times of a cue, readable or not."""
    return "-->" in line


def parse_timing(line: str) -> tuple[float, float] | None:
    """Return start and end in seconds of a timing; None when it cannot be read."""
    match = _TIMING.fullmatch(line)
    if match is None:
        return None
    groups = match.groups()
    return seconds(*groups[:4]), seconds(*groups[4:8])


def seconds(hours: str | None, minutes: str, second: str, fraction: str | None = None) -> float:
    """Return the parts of a time of day or of a recording in seconds."""
    whole = int(hours or 0) * _SECONDS_IN_HOUR + int(minutes) * _SECONDS_IN_MINUTE + int(second)
    return whole + int((fraction or "0")[:3].ljust(3, "0")) / 1000


def clock(at_s: float) -> str:
    """Return a moment as people read it: 01:02:03."""
    minutes, second = divmod(int(at_s), _SECONDS_IN_MINUTE)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"


def spoken_seconds(text: str) -> float:
    """Return how long it takes to say `text`, by the usual speed of a talk."""
    return max(1.0, len(text.split()) / _WORDS_PER_SECOND)


def quoted(text: str) -> str:
    """Return the beginning of `text` in quotation marks, for a remark."""
    words = collapse(text)
    return f"„{words}“" if len(words) <= _QUOTED else f"„{words[:_QUOTED].rstrip()} …“"


def unreadable_timing(line: str, number: int) -> str:
    """Return the remark about a cue whose timing, at line `number`, says no times."""
    return (
        f"Zeile {number}: Die Zeitangabe {quoted(line)} ist nicht lesbar, der Untertitel fehlt. "
        "Bitte schreiben Sie sie wie 00:01:02.500 --> 00:01:05.000."
    )


def stray_text(line: str, number: int) -> str:
    """Return the remark about text that no cue holds."""
    return f"Zeile {number}: Der Text {quoted(line)} gehört zu keinem Untertitel und fehlt."


def early_end(number: int) -> str:
    """Return the remark about a cue that ends before it starts."""
    return f"Zeile {number}: Der Untertitel endet vor seinem Anfang; sein Ende ist jetzt geschätzt."


def sections_from(
    captions: Sequence[tuple[int, Caption]], chapters: Sequence[Chapter]
) -> tuple[Section, ...]:
    """Return one section a chapter (one in all without chapters); captions before the first have no heading.

    Each caption comes with the index that chapters count by. The text is the cues' texts joined by
    single blanks. A chapter without captions has no section.
    """
    indexes = [index for index, _ in captions]
    parts = [Chapter("", 0), *chapters]
    starts = [0, *(bisect_left(indexes, chapter.first_cue) for chapter in chapters), len(captions)]
    return tuple(
        _section(part.name, [caption for _, caption in captions[starts[number] : starts[number + 1]]])
        for number, part in enumerate(parts)
        if starts[number] < starts[number + 1]
    )


def _section(name: str, captions: Iterable[Caption]) -> Section:
    spoken = tuple(cue for caption in captions for cue in _cues(caption))
    span = TimeLocation(min(cue.start for cue in spoken), max(cue.end for cue in spoken))
    return Section((name,) if name else (), span, " ".join(cue.text for cue in spoken), cues=spoken)


def _cues(caption: Caption) -> Iterator[Cue]:
    """Yield a caption as one cue; where its words have times, as one for each sentence in it."""
    text = collapse(caption.text)
    words, starts = text.split(" "), caption.word_starts
    if len(words) != len(starts):
        yield _cue(caption, caption.start, caption.end, text)
        return
    cuts = [text.count(" ", 0, span.start) for span in sentence_spans(text)][1:]
    for first, behind in zip([0, *cuts], [*cuts, len(words)], strict=True):
        end = starts[behind] if behind < len(words) else caption.end
        yield _cue(caption, starts[first], end, " ".join(words[first:behind]))


def _cue(caption: Caption, start: float, end: float, words: str) -> Cue:
    return Cue(round(start, 3), round(end, 3), words, caption.speaker)  # no file counts finer
