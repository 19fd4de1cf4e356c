"""SubRip subtitles (.srt), read as tolerantly as the files in the wild need and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.passage import Cue, Document
from ingest.readers.cues import is_timing, parse_timing, sections_from_cues, stray_text
from ingest.readers.running_text import collapse, collapse_lines
from ingest.readers.text_encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_INDEX = re.compile(r"\s*\d+\s*")
# Only marks that players know: a "<" may also be meant as such.
_TAG = re.compile(r"</?(?:[biu]|font)(?:\s[^>]*)?>|\{\\[^}]*\}", re.IGNORECASE)
_NAME_WORD = r"(?:[A-ZÄÖÜÀ-Þ][\w.'’-]*|von|van|de|der|zu)"
_SPEAKER = re.compile(
    rf"(?:>>\s*|[-–] )?(?P<name>[A-ZÄÖÜÀ-Þ][\w.'’-]*(?: {_NAME_WORD}){{0,3}})\s*:\s+(?P<words>\S.*)",
    re.DOTALL,
)
# Nouns that introduce a sentence look like a name, and as a name they would be missing from the text.
_NOT_A_NAME = re.compile(
    r"(Achtung|Also|Antwort|Aber|Beispiel|Erstens|Zweitens|Drittens|Fazit|Frage|Hinweis|Kurz|Merke|Nein|Ja|Punkt"
    r"|Stichwort|Thema|Tipp|Und|Warnung|Wichtig|Ergebnis|Vorteil|Nachteil|Frist|Termin|Uhr|Kosten|Ziel"
    r"|\w*(?:ung|heit|keit|schaft|tion|tät|nis|frist|kosten|geld|mittel|verein|pflicht|schutz))(en)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Timed:
    """A timing and the lines up to the next one; `number` is the timing's line, counted from 1."""

    number: int
    timing: str
    payload: Sequence[str]


def read(path: Path) -> Document:
    """Return the spoken words of an SRT file as one section.

    Tolerated are missing, wrong or repeated indices, blank lines within a cue, a missing last blank
    line and dots instead of commas. "Anna Muster: Guten Tag" makes Anna Muster the speaker.

    Raises:
        UnreadableSourceError: naming the line, for text before the first timing, and times that
            cannot be read or run backwards.
    """
    cues = [cue for timed in _timed(read_text(path).split("\n")) if (cue := _cue(timed)) is not None]
    return Document(sections_from_cues(cues, ()))


def _timed(lines: Sequence[str]) -> Iterator[_Timed]:
    timings = [index for index, line in enumerate(lines) if is_timing(line)]
    starts = [_start(lines, timing) for timing in timings]
    head = lines[: starts[0]] if starts else lines
    for number, line in enumerate(head, start=1):
        if line.strip():
            raise stray_text(line, number)
    for timing, end in zip(timings, [*starts, len(lines)][1:], strict=True):
        yield _Timed(timing + 1, lines[timing], lines[timing + 1 : end])


def _start(lines: Sequence[str], timing: int) -> int:
    """Return where the cue begins: at the index right above its timing, if there is one."""
    has_index = timing > 0 and _INDEX.fullmatch(lines[timing - 1])
    return timing - 1 if has_index else timing


def _cue(timed: _Timed) -> Cue | None:
    start, end = parse_timing(timed.timing, timed.number)
    words = collapse_lines(_TAG.sub("", "\n".join(timed.payload)))
    match = _SPEAKER.fullmatch(words)
    if match and not _NOT_A_NAME.fullmatch(match["name"]):
        return Cue(start, end, match["words"], speaker=collapse(match["name"]))
    return Cue(start, end, words) if words else None
