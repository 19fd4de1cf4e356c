"""Chapters in a file of their own beside a transcript: as in a video's description, or as WebVTT."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from ingest.companions import chapter_files
from ingest.readers.cues import Chapter, clock, is_timing, parse_timing, quoted, seconds
from ingest.readers.running_text import collapse
from ingest.readers.text_encoding import read_text
from ingest.readers.vtt_cues import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ingest.readers.cues import Caption

_TIME = r"(?:(?P<hours>\d+):)?(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)(?:[.,](?P<fraction>\d+))?"
_TIME_FIRST = re.compile(rf"[^\w:]*{_TIME}(?!\d)[^\w\"„“»«(§]*(?P<name>\S.*)")
_NAME_FIRST = re.compile(rf"[-–—•*\s]*(?P<name>\S.*?)[^\w:\"“»«)?!.]*{_TIME}\W*")
_MAX_LINE = 500  # characters; a longer line is a text
_IS_COMMENT = ("#", "//")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A chapter by its time."""

    start: float
    name: str


def chapters_beside(path: Path, captions: Sequence[Caption]) -> tuple[list[Chapter], list[str]]:
    """Return the chapters from the file beside a transcript, if there is one, and a remark for each bad line.

    A caption belongs to the chapter that most of it lies in: times in descriptions are whole seconds.

    Raises:
        UnreadableSourceError: naming the file, when it cannot be decoded or opened.
    """
    remarks: list[str] = []
    file = next(iter(chapter_files(path)), None)
    if file is None:
        return [], remarks
    read_marks = _webvtt_marks if file.suffix == ".vtt" else _written_marks
    marks = sorted(read_marks(_text(file), file.name, remarks), key=lambda mark: mark.start)
    if not marks:
        remarks.append(f"{file.name}: Die Datei nennt kein Kapitel. Erwartet werden Zeilen wie 12:34 Geld.")
    middles = list(accumulate(((each.start + each.end) / 2 for each in captions), max))
    chapters = [Chapter(mark.name, bisect_left(middles, mark.start)) for mark in marks]
    remarks += [
        f"{file.name}: Hinter dem Beginn des Kapitels {quoted(mark.name)} ({clock(mark.start)}) "
        "steht kein Untertitel mehr."
        for mark, chapter in zip(marks, chapters, strict=True)
        if chapter.first_cue == len(captions)
    ]
    return chapters, remarks


def _text(file: Path) -> str:
    try:
        return read_text(file)
    except UnreadableSourceError as error:
        message = f"{file.name}: {error}"
        raise UnreadableSourceError(message) from error
    except OSError as error:
        message = f"Die Kapitel in {file.name} lassen sich nicht lesen ({error.strerror})."
        raise UnreadableSourceError(message) from error


def _written_marks(text: str, name: str, remarks: list[str]) -> Iterator[_Mark]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith(_IS_COMMENT):
            continue
        match = _mark_in(line.strip())
        if match is None:
            remarks.append(
                f"{name}, Zeile {number}: {quoted(line)} nennt kein Kapitel. "
                "Bitte schreiben Sie es wie 12:34 Versicherung."
            )
            continue
        start = seconds(match["hours"], match["minutes"], match["seconds"], match["fraction"])
        yield _Mark(start, collapse(match["name"]))


def _mark_in(line: str) -> re.Match[str] | None:
    if len(line) > _MAX_LINE:
        return None
    return _TIME_FIRST.fullmatch(line) or _NAME_FIRST.fullmatch(line)


def _webvtt_marks(text: str, name: str, remarks: list[str]) -> Iterator[_Mark]:
    for block in blocks(text):
        at = next((index for index, line in enumerate(block.lines) if is_timing(line)), None)
        if at is None:
            continue
        timing, words = parse_timing(block.lines[at]), collapse(" ".join(block.lines[at + 1 :]))
        if timing is None or not words:
            line = quoted(block.lines[at])
            remarks.append(f"{name}, Zeile {block.number + at}: Zu {line} ist kein Kapitel zu lesen.")
        else:
            yield _Mark(timing[0], words)
