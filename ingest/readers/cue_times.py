"""Times that cannot be: found, named and replaced by what the neighbours allow."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.readers.cues import clock, quoted, spoken_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.cues import Caption

_LONGEST_BREAK_S = 6 * 3600.0  # in a recording; what comes later than that is a mistyped time
_STRAY_SHARE = 20  # at most one caption in so many stands beyond such a break, else the recording is long
_LONG_S = 600.0  # a longer caption is looked at
_SLOW = 20  # times the usual speed: nobody speaks slower, so the end is wrong
_LATE_BEGIN_S = 3600.0  # a recording that is silent for longer counts its time from elsewhere


def plausible(captions: Sequence[Caption], end: float = math.inf) -> tuple[list[Caption], list[str]]:
    """Return the captions with possible times and a remark for each one that was changed.

    A caption hours behind all others moves to the end of the one before it, an absurd end to where the
    words end by the usual speed. An end that is missing becomes the start of the next caption, the last
    one's such an estimate, at most `end`, the recording's last second.
    """
    placed, doubts = _placed(captions)
    doubts += _jumps(placed)
    if placed and placed[0].start > _LATE_BEGIN_S:
        doubts.append(
            f"Der erste Untertitel beginnt erst bei {clock(placed[0].start)}. "
            "Bitte prüfen Sie, ob die Zeiten vom Beginn der Aufnahme an zählen."
        )
    for index, caption in enumerate(placed):
        if _is_too_long(caption):
            doubts.append(
                f"Der Untertitel bei {clock(caption.start)} ({quoted(caption.text)}) soll bis "
                f"{clock(caption.end)} dauern; sein Ende ist jetzt geschätzt."
            )
            placed[index] = replace(caption, end=caption.start + spoken_seconds(caption.text))
    return _with_ends(placed, end), doubts


def _placed(captions: Sequence[Caption]) -> tuple[list[Caption], list[str]]:
    latest = _latest_start(captions)
    placed: list[Caption] = []
    doubts: list[str] = []
    for caption in captions:
        if caption.start <= latest:
            placed.append(caption)
            continue
        former = placed[-1] if placed else None
        moved = 0.0 if former is None else min(former.end, former.start + spoken_seconds(former.text))
        doubts.append(
            f"Der Untertitel bei {clock(caption.start)} ({quoted(caption.text)}) liegt Stunden hinter allen "
            f"anderen; er steht jetzt bei {clock(moved)}. Bitte berichtigen Sie seine Zeit."
        )
        end = moved + spoken_seconds(caption.text)
        placed.append(replace(caption, start=moved, end=end, word_starts=()))
    return placed, doubts


def _latest_start(captions: Sequence[Caption]) -> float:
    """Return the last start that can be: before a break of hours with next to nothing behind it."""
    starts = sorted(caption.start for caption in captions)
    tolerated = max(1, len(starts) // _STRAY_SHARE)
    for count, (former, start) in enumerate(pairwise(starts), start=1):
        if start - former > _LONGEST_BREAK_S and len(starts) - count <= tolerated:
            return former
    return math.inf


def _jumps(captions: Sequence[Caption]) -> list[str]:
    return [
        f"Die Zeit springt bei {clock(former.start)} zurück auf {clock(caption.start)} "
        f"({quoted(caption.text)}). Bitte prüfen Sie die Reihenfolge."
        for former, caption in pairwise(captions)
        if caption.start < former.start
    ]


def _is_too_long(caption: Caption) -> bool:
    length = caption.end - caption.start
    return _LONG_S < length < math.inf and length > _SLOW * spoken_seconds(caption.text)


def _with_ends(captions: Sequence[Caption], end: float) -> list[Caption]:
    ended = []
    for index, caption in enumerate(captions):
        if caption.end == math.inf:
            following = captions[index + 1].start if index + 1 < len(captions) else -1.0
            estimate = min(caption.start + spoken_seconds(caption.text), max(end, caption.start))
            stop = following if following > caption.start else estimate
            ended.append(replace(caption, end=stop))
        else:
            ended.append(caption)
    return ended
