"""Cues packed into the texts of passages: whole cues up to a size, whole sentences where it can be."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from index.passage import Cue, Span
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_TAIL = 80  # characters that tell whether a sentence ends: its last words and their abbreviations


@dataclass(frozen=True, slots=True)
class SpokenText:
    """The words of a passage to be, from the start of its first cue to the end of its last."""

    text: str
    start: float
    end: float
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Sized:
    """A cue with its size in tokens, and that of its speaker's name, which is written at each turn."""

    cue: Cue
    words: int
    name: int


def spoken_texts(
    cues: Iterable[Cue], max_tokens: int, count_tokens: Callable[[str], int]
) -> Iterator[SpokenText]:
    """Yield the cues as texts of at most `max_tokens`; each ends with a sentence where one ends.

    A cue that is larger than that is divided, its time shared out by the length of its parts.
    """
    group: list[_Sized] = []
    for sized in _sized(cues, max_tokens, count_tokens):
        group.append(sized)
        while len(group) > 1 and _size(group) > max_tokens:
            cut = _sentence_end(group)
            yield _spoken(group[:cut])
            group = group[cut:]
    if group:
        yield _spoken(group)


def _sized(cues: Iterable[Cue], max_tokens: int, count_tokens: Callable[[str], int]) -> Iterator[_Sized]:
    for cue in cues:
        name = count_tokens(f"{cue.speaker}: ") if cue.speaker else 0
        for part in _parts(cue, max(1, max_tokens - name), count_tokens):
            yield _Sized(part, count_tokens(part.text), name)


def _size(group: Sequence[_Sized]) -> int:
    turns = [next(turn).name for _, turn in groupby(group, key=lambda sized: sized.cue.speaker)]
    return sum(sized.words for sized in group) + sum(turns)


def _parts(cue: Cue, max_tokens: int, count_tokens: Callable[[str], int]) -> Iterator[Cue]:
    """Yield the cue, in parts if it is too large: cut at a sentence if there is one, else in the middle."""
    if count_tokens(cue.text) <= max_tokens or len(cue.text) < 2:
        yield cue
        return
    cut = _middle(cue.text)
    at = round(cue.start + (cue.end - cue.start) * cut / len(cue.text), 3)
    yield from _parts(Cue(cue.start, at, cue.text[:cut].strip(), cue.speaker), max_tokens, count_tokens)
    yield from _parts(Cue(at, cue.end, cue.text[cut:].strip(), cue.speaker), max_tokens, count_tokens)


def _middle(text: str) -> int:
    """Return where a text is best cut: the end of a sentence in its middle half, a blank, any letter."""
    half, reach = len(text) // 2, len(text) // 4
    ends = [span.start for span in sentence_spans(text)[1:]]
    blanks = (index for index, character in enumerate(text) if character == " " and 0 < index < len(text) - 1)
    near = [end for end in ends if abs(end - half) <= reach] or list(blanks)
    return min(near, key=lambda index: abs(index - half), default=half)


def _sentence_end(group: Sequence[_Sized]) -> int:
    """Return how many cues to take: up to the last finished sentence behind the first quarter."""
    for count in range(len(group) - 1, len(group) // 4, -1):
        if _ends_sentence(group[count - 1].cue.text):
            return count
    return len(group) - 1


def _ends_sentence(text: str) -> bool:
    tail = text[-_TAIL:].rstrip()
    return sentence_spans(f"{tail} Und")[-1].start > len(tail)


def _spoken(group: Sequence[_Sized]) -> SpokenText:
    """Return the cues as text, one line a turn, "Name: words"; the name belongs to no sentence."""
    cues = [sized.cue for sized in group]
    text, sentences = "", []
    for speaker, turn in groupby(cues, key=lambda cue: cue.speaker):
        words = " ".join(cue.text for cue in turn)
        text += ("\n" if text else "") + (f"{speaker}: " if speaker else "")
        offset = len(text)
        text += words
        sentences += [Span(span.start + offset, span.end + offset) for span in sentence_spans(words)]
    return SpokenText(text, cues[0].start, cues[-1].end, tuple(sentences))
