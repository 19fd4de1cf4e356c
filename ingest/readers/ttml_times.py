"""Times of TTML: expressions to seconds, and elements whose times count from their parents'.

The rules: https://www.w3.org/TR/ttml1/#timing (the same in TTML2).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.readers.cues import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CLOCK = re.compile(
    r"(?:(?P<hours>\d+):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{1,2})"
    r"(?:[.,](?P<fraction>\d+)|:(?P<frames>\d+)(?:\.(?P<sub_frames>\d+))?)?"
)
_OFFSET = re.compile(r"(?P<count>\d+(?:\.\d+)?)\s*(?P<metric>h|ms|m|s|f|t)?")
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_USUAL_FRAME_RATE = 30.0  # what the specification takes where a file is silent


@dataclass(frozen=True, slots=True)
class Rates:
    """How a file counts: frames, parts of frames and ticks a second; `drops` for NTSC's left-out numbers."""

    frames: float = _USUAL_FRAME_RATE
    multiplier: float = 1.0
    sub_frames: float = 1.0
    ticks: float = 1.0
    is_smpte: bool = False
    drops: bool = False

    @property
    def effective_frames(self) -> float:
        """How many frames really pass in a second."""
        return self.frames * self.multiplier


@dataclass(frozen=True, slots=True)
class Span:
    """When an element is shown; `end` is infinite where nothing says it, `own_end` that it says it itself."""

    begin: float
    end: float
    own_end: bool = False


def rates_from(parameters: Mapping[str, str]) -> Rates:
    """Return the rates that the parameters of a file's root say, the specification's where they do not."""
    frames = _positive(parameters.get("frameRate"))
    sub_frames = _positive(parameters.get("subFrameRate")) or 1.0
    over, under = (
        _positive(part)
        for part in (*re.split(r"[\s:]+", parameters.get("frameRateMultiplier", "")), "", "")[:2]
    )
    ticks = _positive(parameters.get("tickRate")) or (frames * sub_frames if frames else 1.0)
    return Rates(
        frames=frames or _USUAL_FRAME_RATE,
        multiplier=(over or 1.0) / (under or 1.0),
        sub_frames=sub_frames,
        ticks=ticks,
        is_smpte=parameters.get("timeBase") == "smpte",
        drops=parameters.get("dropMode") == "dropNTSC",
    )


def seconds_of(expression: str, rates: Rates) -> float | None:
    """Return a time expression in seconds, None when it is none; a bare number is taken as seconds."""
    text = expression.strip()
    if clock := _CLOCK.fullmatch(text):
        return _clock_seconds(clock, rates)
    offset = _OFFSET.fullmatch(text)
    if offset is None:
        return None
    count, metric = float(offset["count"]), offset["metric"] or "s"
    if metric == "f":
        return count / rates.effective_frames
    return count / rates.ticks if metric == "t" else count * _SECONDS[metric]


def span_of(
    times: Mapping[str, str], origin: float, parent: Span, rates: Rates, remark: Callable[[str], None]
) -> Span:
    """Return when an element with these attributes is shown, counted from `origin`, within its parent."""
    written = {name: times[name] for name in ("begin", "end", "dur") if name in times}
    read = {name: _read(words, rates, remark) for name, words in written.items()}
    given = {name: value for name, value in read.items() if value is not None}
    begin = origin + given.get("begin", 0.0)
    end = min(origin + given.get("end", math.inf), begin + given.get("dur", math.inf))
    if end < begin:
        remark(f"{quoted(' '.join(written.values()))} endet vor seinem Anfang; das Ende ist jetzt geschätzt.")
        end = math.inf
    if begin >= parent.end:  # never shown, but the words were written to be read
        remark(
            f"{quoted(' '.join(written.values()))} beginnt erst nach dem Ende des Absatzes, der es enthält."
        )
        return Span(begin, end, end < math.inf)
    return Span(begin, min(end, parent.end), end < math.inf)


def _read(expression: str, rates: Rates, remark: Callable[[str], None]) -> float | None:
    value = seconds_of(expression, rates)
    if value is None:
        remark(f"Die Zeitangabe {quoted(expression)} ist nicht lesbar und wurde übergangen.")
    return value


def _clock_seconds(clock: re.Match[str], rates: Rates) -> float:
    hours, minutes = int(clock["hours"] or 0), int(clock["minutes"])
    whole = hours * 3600 + minutes * 60 + int(clock["seconds"])
    part = int(clock["frames"] or 0) + int(clock["sub_frames"] or 0) / rates.sub_frames
    if rates.is_smpte:
        dropped = (hours * 54 + minutes - minutes // 10) * 2 if rates.drops else 0
        return (whole * rates.frames - dropped + part) / rates.effective_frames
    return whole + float(f"0.{clock['fraction'] or 0}") + part / rates.effective_frames


def _positive(text: str | None) -> float:
    try:
        value = float(text or 0)
    except ValueError:
        return 0.0
    return value if 0 < value < math.inf else 0.0
