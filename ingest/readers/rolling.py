"""Rolling captions: machines show a line again while the next one comes in; here each word stays once.

They roll in several ways, often in the same file: a window of two or three lines moves on by a line, with
or without a moment's cue in between; a line stands in two or three cues; a line grows by words or letters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.readers.running_text import collapse_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.readers.cues import Caption

_TOUCHING_S = 0.1  # seconds between captions that are one display
_PAUSE_S = 2.0  # seconds; after a longer one a line is said again, not shown again
_MANY_WORDS = 3  # that begin the next caption again: nobody says so many twice by chance
_MOST_LINES = 8  # that a window can have
_ROLLING_SHARE = 1 / 3  # of the pairs of captions; in speech itself hardly one pair in a hundred repeats
_DIFFERENT_LINES = 4  # shown again after pauses; fewer may be somebody who insists


@dataclass(frozen=True, slots=True)
class Unrolled:
    """The captions with their words once, each with its index in the file; whether they rolled at all."""

    captions: tuple[tuple[int, Caption], ...]
    rolled: bool


@dataclass(frozen=True, slots=True)
class _Overlap:
    """How a caption begins with what the one before it has shown.

    `lines` many lines are shared, the last of them being longer now if it `grows`; `fresh` is the
    text behind them. `touches` and `overlaps` say how near the captions are in time.
    """

    shown: str
    lines: int
    grows: bool
    fresh: str
    touches: bool
    overlaps: bool

    @property
    def cuts_word(self) -> bool:
        """Whether the shown text ended within a word: "Wir fah", "Wir fahren"."""
        return self.grows and not self.fresh[:1].isspace()


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a file rolls: by growing lines, by showing lines again after a pause."""

    grows: bool
    pauses: bool


def unroll(captions: Sequence[Caption]) -> Unrolled:
    """Return the captions with each line of rolling ones once; one left empty lengthens the one before.

    A caption that repeats the one right before it (touching or overlapping in time, same speaker) is
    taken as rolling. After a pause the same words are kept, for people do say things twice: unless
    new lines follow them in the same caption or the whole file shows its lines again after pauses.
    """
    overlaps = [_overlap(former, caption) for former, caption in pairwise(captions)]
    manner = _manner(overlaps, captions)
    rolls = [overlap if overlap and _is_shown_again(overlap, manner) else None for overlap in overlaps]
    kept = list(enumerate(captions[:1]))
    for index, overlap in enumerate(rolls, start=1):
        _take(kept, index, captions[index], overlap)
    count = sum(overlap is not None for overlap in rolls)
    return Unrolled(tuple(kept), count > 1 and count >= len(overlaps) * _ROLLING_SHARE)


def _take(kept: list[tuple[int, Caption]], index: int, caption: Caption, overlap: _Overlap | None) -> None:
    if overlap is None:
        kept.append((index, caption))
        return
    fresh = overlap.fresh
    if overlap.cuts_word:
        rest = fresh.split(maxsplit=1)[0]
        fresh = fresh.removeprefix(rest)
        kept[-1] = (kept[-1][0], replace(kept[-1][1], text=kept[-1][1].text + rest))
    fresh = collapse_lines(fresh)
    if fresh:
        kept.append((index, _cut_to(caption, fresh)))
    else:
        former = kept[-1][1]
        kept[-1] = (kept[-1][0], replace(former, end=max(former.end, caption.end)))


def _cut_to(caption: Caption, fresh: str) -> Caption:
    starts = caption.word_starts[-len(fresh.split()) :]
    start = max(caption.start, starts[0]) if starts else caption.start
    return replace(caption, text=fresh, start=start, word_starts=starts)


def _overlap(former: Caption, caption: Caption) -> _Overlap | None:
    pause = caption.start - former.end
    if caption.speaker != former.speaker or caption.start < former.start or pause > _PAUSE_S:
        return None
    shown, lines = former.text.split("\n"), caption.text.split("\n")
    for count in range(min(len(shown), len(lines), _MOST_LINES), 0, -1):
        last = lines[count - 1]
        if shown[-count:-1] == lines[: count - 1] and last.startswith(shown[-1]):
            rest = last[len(shown[-1]) :]
            fresh = "\n".join([rest, *lines[count:]])
            said_before = "\n".join(shown[-count:])
            return _Overlap(said_before, count, bool(rest), fresh, pause <= _TOUCHING_S, pause < 0)
    return None


def _manner(overlaps: Sequence[_Overlap | None], captions: Sequence[Caption]) -> _Manner:
    pauses = [caption.start - former.end for former, caption in pairwise(captions)]
    touching = sum(pause <= _TOUCHING_S for pause in pauses)
    paused = sum(_TOUCHING_S < pause <= _PAUSE_S for pause in pauses)
    growing = sum(overlap is not None and overlap.touches and overlap.grows for overlap in overlaps)
    again = [overlap for overlap in overlaps if overlap is not None and not overlap.touches]
    different = {overlap.shown for overlap in again}
    return _Manner(
        grows=growing > 1 and growing >= touching * _ROLLING_SHARE,
        pauses=len(different) >= _DIFFERENT_LINES and len(again) >= paused * _ROLLING_SHARE,
    )


def _is_shown_again(overlap: _Overlap, manner: _Manner) -> bool:
    words = len(overlap.shown.split())
    if not overlap.touches:
        if overlap.grows:  # after a pause that is another line which happens to begin alike
            return False
        return manner.pauses or (words > 1 and bool(overlap.fresh.strip()))
    if not overlap.grows:
        return True
    if overlap.cuts_word:
        return manner.grows
    return manner.grows or overlap.overlaps or overlap.lines > 1 or words >= _MANY_WORDS
