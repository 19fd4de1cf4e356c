"""YouTube's captions in its own format JSON3: events with pieces of text, timed in milliseconds.

No specification is published. An event without `segs` places a window, one with `aAppend` ends a line;
`tOffsetMs` and `acAsrConf` stand on the words that a machine has heard.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from ingest.readers.cues import Caption, quoted
from ingest.readers.running_text import collapse_lines
from ingest.readers.text_encoding import read_text
from ingest.readers.transcript import Transcript, document_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from index.passage import Document

_HEARD_BY_MACHINE = frozenset({"tOffsetMs", "acAsrConf"})
_WORD = re.compile(r"\S+")


def is_json3(value: object) -> bool:
    """Whether a loaded JSON value is what YouTube writes as captions."""
    if not isinstance(value, dict) or not isinstance(value.get("events"), list):
        return False
    if value.get("wireMagic") == "pb3":
        return True
    return any(isinstance(event, dict) and "tStartMs" in event for event in value["events"][:10])


def read(path: Path) -> Document:
    """Return the words of YouTube's JSON3 captions; those heard by a machine are marked as such.

    Raises:
        UnreadableSourceError: for text that is no complete JSON, or none of YouTube's.
    """
    value = _loaded(read_text(path))
    if not is_json3(value):
        raise UnreadableSourceError(
            "Die Datei ist JSON, enthält aber keine Untertitel von YouTube (JSON3). "
            "Bitte prüfen Sie, ob es die richtige ist."
        )
    transcript = Transcript()
    for number, event in enumerate(value["events"], start=1):
        _read_event(number, event, transcript)
    return document_from(path, transcript)


def _loaded(text: str) -> dict[str, list[object]]:
    try:
        value: dict[str, list[object]] = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableSourceError(
            f"Die Datei ist kein vollständiges JSON (Zeile {error.lineno}). "
            "Bitte laden Sie sie noch einmal herunter."
        ) from error
    except (RecursionError, ValueError) as error:  # nested without end, or a number of a million digits
        message = "Die Datei ist zu tief verschachtelt. Bitte laden Sie sie noch einmal herunter."
        raise UnreadableSourceError(message) from error
    return value


def _read_event(number: int, event: object, transcript: Transcript) -> None:
    segments = event.get("segs") if isinstance(event, dict) else None
    if not isinstance(event, dict) or not isinstance(segments, list):
        if not isinstance(event, dict) or segments is not None:
            transcript.unread.append(f"Ereignis {number}: {quoted(str(event))} ist nicht lesbar und fehlt.")
        return
    pieces = [each for each in segments if isinstance(each, dict) and isinstance(each.get("utf8"), str)]
    text = "".join(each["utf8"] for each in pieces)
    start = _milliseconds(event.get("tStartMs"))
    if len(pieces) < len(segments) or (start is None and text.strip()):
        transcript.unread.append(
            f"Ereignis {number}: Text oder Zeit ist nicht lesbar, es fehlt ({quoted(text)})."
        )
    if start is None or not text.strip():
        return
    length = _milliseconds(event.get("dDurationMs"))
    is_heard = any(_HEARD_BY_MACHINE & each.keys() for each in pieces)
    transcript.automatic |= is_heard
    end = math.inf if length is None else (start + length) / 1000
    starts = _word_starts(start, pieces) if is_heard else ()
    transcript.add(_caption(start / 1000, end, text, starts))


def _caption(start: float, end: float, text: str, starts: tuple[float, ...]) -> Caption:
    words = collapse_lines(text)
    is_known = len(starts) == len(words.split()) and list(starts) == sorted(starts)
    return Caption(start, end, words, word_starts=starts if is_known else ())


def _word_starts(start: float, pieces: Sequence[Mapping[str, object]]) -> tuple[float, ...]:
    """Return for each word when it begins: the time of the piece that holds its first letter."""
    times: list[float] = []
    text = ""
    for piece in pieces:
        at = start + (_milliseconds(piece.get("tOffsetMs")) or 0.0)
        is_continued = bool(text) and not text[-1].isspace()
        fresh = str(piece["utf8"])
        words = len(_WORD.findall(fresh))
        times += [at / 1000] * (words - (is_continued and words > 0 and not fresh[0].isspace()))
        text = fresh or text
    return tuple(times)


def _milliseconds(value: object) -> float | None:
    """Return a time that is written as a number or in quotes; None where there is none."""
    try:
        found = float(value) if isinstance(value, int | float | str) else math.nan
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found < math.inf else None
