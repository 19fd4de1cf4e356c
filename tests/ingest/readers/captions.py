"""Plain captions and the ways in which machines roll them, written as the files that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.ingest.readers.written import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.passage import Cue, Document

Shown = tuple[float, float, str]  # start, end, text

# Every word once: of a word that comes twice nobody can tell whether it was said or shown again. At least
# four lines: of fewer that return after pauses nobody can tell whether somebody insisted on them.
SPEECHES = st.lists(WORDS, min_size=16, max_size=40, unique=True).flatmap(
    lambda words: st.lists(st.integers(1, 5), min_size=len(words), max_size=len(words)).map(
        lambda sizes: _cut(words, sizes)
    )
)


def _cut(words: Sequence[str], sizes: Iterable[int]) -> list[str]:
    lines, begin = [], 0
    for size in sizes:
        if begin < len(words):
            lines.append(" ".join(words[begin : begin + size]))
            begin += size
    return lines


def stamp(at_s: float, mark: str = ".") -> str:
    milliseconds = round(at_s * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{mark}{rest % 1000:03}"


def as_vtt(shown: Iterable[Shown], head: str = "") -> str:
    cues = (f"\n{stamp(start)} --> {stamp(end)}\n{text}\n" for start, end, text in shown)
    return f"WEBVTT\n{head}" + "".join(cues)


def as_srt(shown: Iterable[Shown]) -> str:
    return "\n".join(
        f"{number}\n{stamp(start, ',')} --> {stamp(end, ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(shown, start=1)
    )


def cues_of(document: Document) -> list[Cue]:
    return [cue for section in document.sections for cue in section.cues]


def spoken_words(document: Document) -> list[str]:
    return " ".join(section.text for section in document.sections).split()


def starts_of_words(document: Document) -> dict[str, float]:
    """Each word with the start of the cue that says it."""
    return {word: cue.start for cue in cues_of(document) for word in cue.text.split()}


def repeated(lines: Sequence[str], times: int, pause: float) -> list[Shown]:
    """Each line in `times` cues of a second, with a pause between cues."""
    step = 1.0 + pause
    return [
        ((index * times + turn) * step, (index * times + turn) * step + 1, line)
        for index, line in enumerate(lines)
        for turn in range(times)
    ]


def growing(lines: Sequence[str], pause: float = 0.0) -> list[Shown]:
    """Each line word by word, a cue each."""
    shown, at = [], 0.0
    for line in lines:
        words = line.split()
        for count in range(1, len(words) + 1):
            shown.append((at, at + 0.5, " ".join(words[:count])))
            at += 0.5 + pause
    return shown


def lettered(lines: Sequence[str]) -> list[Shown]:
    """Each line growing by two letters, a cue each."""
    shown, at = [], 0.0
    for line in lines:
        for count in range(2, len(line) + 2, 2):
            shown.append((at, at + 0.2, line[:count].strip()))
            at += 0.2
    return shown


def windowed(lines: Sequence[str], height: int, pause: float = 0.0) -> list[Shown]:
    """A window of some lines that moves on by one each two seconds."""
    return [
        (
            index * (2 + pause),
            index * (2 + pause) + 2,
            "\n".join(lines[max(0, index - height + 1) : index + 1]),
        )
        for index in range(len(lines))
    ]


def youtube(lines: Sequence[str]) -> list[Shown]:
    """Two lines, the lower one with a time for each word, and after each cue one of 10 ms."""
    shown = []
    for index, line in enumerate(lines):
        start, (first, *others) = index * 3.0, line.split()
        timed = "".join(
            f"<{stamp(start + 0.25 * number)}><c> {word}</c>" for number, word in enumerate(others, start=1)
        )
        above = lines[index - 1] if index else " "
        shown += [
            (start, start + 2.99, f"{above}\n{first}{timed}"),
            (start + 2.99, start + 3.0, f"{line}\n "),
        ]
    return shown
