"""Subtitles, whatever file they come from: times, rolling lines, chapters and sections."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import Cue, Section, TimeLocation
from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Sequence

# Hours are optional, some tools write a comma or a dot where the format has the other, or fewer digits.
_TIMESTAMP = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIMESTAMP}\s*-->\s*{_TIMESTAMP}(?:\s+(.*))?\s*")
_TOUCHING_S = 0.1  # seconds between cues that are one rolling display
_SECONDS_IN_HOUR = 3600
_SECONDS_IN_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of a recording that begins with the cue at index `first_cue`."""

    name: str
    first_cue: int


def is_timing(line: str) -> bool:
    """Whether `line` is meant as the times of a cue, readable or not."""
    return "-->" in line


def parse_timing(line: str, number: int) -> tuple[float, float]:
    """Return start and end in seconds of the timing at line `number`.

    Raises:
        UnreadableSourceError: when it is no timing, or ends before it starts.
    """
    match = _TIMING.fullmatch(line)
    if match is None:
        raise UnreadableSourceError(
            f"Die Zeitangabe in Zeile {number} ist nicht lesbar: „{line.strip()}“. "
            "Bitte schreiben Sie sie wie 00:01:02.500 --> 00:01:05.000."
        )
    groups = match.groups()
    start, end = _seconds(*groups[:4]), _seconds(*groups[4:8])
    if end < start:
        raise UnreadableSourceError(
            f"Der Untertitel in Zeile {number} endet vor seinem Anfang. Bitte berichtigen Sie die Zeiten."
        )
    return start, end


def stray_text(line: str, number: int) -> UnreadableSourceError:
    """Return the error for text that no cue holds: it would be lost otherwise."""
    return UnreadableSourceError(
        f"Der Text in Zeile {number} gehört zu keinem Untertitel: „{line.strip()[:60]}“. "
        "Bitte prüfen Sie die Zeitangaben davor und danach."
    )


def sections_from_cues(cues: Sequence[Cue], chapters: Sequence[Chapter]) -> tuple[Section, ...]:
    """Return one section a chapter (one in all without chapters); cues before the first have no heading.

    Within a section, a line of rolling captions is kept once, see `without_rolled_lines`. The text is
    the cues' texts joined by single blanks. A chapter without cues has no section.
    """
    parts = [Chapter("", 0), *chapters]
    ends = [chapter.first_cue for chapter in chapters] + [len(cues)]
    spans = ((part.name, cues[part.first_cue : end]) for part, end in zip(parts, ends, strict=True))
    return tuple(_section(name, without_rolled_lines(spoken)) for name, spoken in spans if spoken)


def without_rolled_lines(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """Return the cues with each line of rolling captions once; line ends separate lines in their texts.

    Captions made by machines show a line again while the next one comes in. Lines at the beginning of
    a cue are dropped if the cue right before (touching or overlapping in time, same speaker) ended with
    them; a cue left empty lengthens the one before it.

    What this does not do yet: lines that grow word by word ("Wir", "Wir fahren") stay, and so do lines
    repeated after a pause; somebody who says the same line twice without a pause is heard once.
    """
    kept = list(cues[:1])
    for former, cue in pairwise(cues):
        fresh = _without_repeated(former, cue)
        if fresh.text:
            kept.append(fresh)
        else:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, fresh.end))
    return tuple(kept)


def _section(name: str, cues: Sequence[Cue]) -> Section:
    spoken = tuple(replace(cue, text=collapse(cue.text)) for cue in cues)
    span = TimeLocation(min(cue.start for cue in spoken), max(cue.end for cue in spoken))
    return Section((name,) if name else (), span, " ".join(cue.text for cue in spoken), cues=spoken)


def _without_repeated(former: Cue, cue: Cue) -> Cue:
    if cue.speaker != former.speaker or not former.start <= cue.start <= former.end + _TOUCHING_S:
        return cue
    shown, lines = former.text.split("\n"), cue.text.split("\n")
    longest = min(len(shown), len(lines))
    repeated = next((count for count in range(longest, 0, -1) if shown[-count:] == lines[:count]), 0)
    return replace(cue, text="\n".join(lines[repeated:]))


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * _SECONDS_IN_HOUR + int(minutes) * _SECONDS_IN_MINUTE + int(seconds)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000
