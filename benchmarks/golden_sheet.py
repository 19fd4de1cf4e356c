"""A PDF drawn line by line, so that it is known which words a reader should find, and in which order."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence

_NOTE_SIZE = 7.5  # points
_FONT, _BOLD = "Helvetica", "Helvetica-Bold"
SIZE = 10.0
_LEADING = 1.3  # of the letter size, between lines
MARGIN = 60.0
_LEAST_BROKEN = 9  # letters of a word that may be broken at a line's end
_HEADER = "Handbuch für Partnerschaften"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle to write in, from its upper left, in points."""

    left: float
    top: float
    width: float
    bottom: float = 0.0


class Sheet:
    """A PDF in the making, and the words that a reader should find, in reading order."""

    def __init__(self, paragraphs: Iterator[str], size: tuple[float, float], shuffle: random.Random) -> None:
        self.words: list[str] = []
        self._paragraphs = paragraphs
        self._size = size
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=size, invariant=1)
        self._page = 1
        self._shuffle = shuffle
        self._drawn: list[Callable[[], None]] = []

    def new_page(self) -> None:
        """End the page with its running header and number, which no reader should find.

        Programs draw the lines of a page in any order.
        """
        small = (_FONT, 8.0)
        self._write(_HEADER, (MARGIN, self._size[1] - 30), small)
        self._write(f"– {self._page} –", (self._size[0] / 2, 25), small)
        self._shuffle.shuffle(self._drawn)
        for draw in self._drawn:
            draw()
        self._drawn = []
        self._canvas.showPage()
        self._page += 1

    def heading(self, words: str, x: float, y: float, size: float = 15) -> float:
        """Write a heading and return the height below it."""
        self._write(words, (x, y), (_BOLD, size))
        self.words += words.split()
        return y - size * 1.6

    def column(self, area: Area, *, size: float = SIZE, justify: bool = True) -> float:
        """Fill a column with paragraphs; return the height below it."""
        leading, y = size * _LEADING, area.top
        while y > area.bottom:
            words = next(self._paragraphs).split()
            lines = list(broken(words, area.width, size))[: int((y - area.bottom) / leading) + 1]
            for number, line in enumerate(lines):
                is_last = number == len(lines) - 1
                self.line(line, (area.left, y), size, area.width if justify and not is_last else None)
                y -= leading
            self.words += unbroken(lines)
            y -= leading * 0.5
        return y

    def note(self, number: int, x: float, y: float, width: float) -> list[str]:
        """Write the beginning of a paragraph as a note in small letters and return its words."""
        words = [f"{number}.", *next(self._paragraphs).split()[:6]]
        while stringWidth(" ".join(words), _FONT, _NOTE_SIZE) > width:
            words.pop()
        self.line(words, (x, y), _NOTE_SIZE)
        return words

    def line(
        self, words: Sequence[str], at: tuple[float, float], size: float, width: float | None = None
    ) -> None:
        """Write a line; with `width` its blanks grow until it is filled."""
        blanks = max(len(words) - 1, 1)
        spare = width - stringWidth(" ".join(words), _FONT, size) if width is not None else 0
        self._write(" ".join(words), at, (_FONT, size), spare / blanks)

    def table(
        self, rows: Sequence[Sequence[str]], x: float, y: float, widths: Sequence[float], rules: str
    ) -> float:
        """Write a table with rules "all", "header" or "none" and return the height below it."""
        end = x + sum(widths)
        tops = [y + 12]
        for number, row in enumerate(rows):
            y = self._row(row, (x, y), widths, _BOLD if number == 0 else _FONT)
            tops.append(y + 12)
        drawn = {"all": tops, "header": [*tops[:2], tops[-1]], "none": []}[rules]
        for top in drawn:
            self._canvas.line(x, top, end, top)
        for edge in accumulate(widths, initial=x) if rules == "all" else ():
            self._canvas.line(edge, tops[0], edge, tops[-1])
        named = (f"{name} {cell}" for row in rows[1:] for name, cell in zip(rows[0], row, strict=True))
        self.words += " ".join(named).split()
        return y - 10

    def finished(self) -> tuple[bytes, list[str]]:
        """Return the file and its words."""
        self._canvas.save()
        return self._buffer.getvalue(), self.words

    def _row(self, row: Sequence[str], at: tuple[float, float], widths: Sequence[float], font: str) -> float:
        left, y = at
        cells = [list(broken(cell.split(), width - 8, 9)) for cell, width in zip(row, widths, strict=True)]
        for cell, width in zip(cells, widths, strict=True):
            for number, line in enumerate(cell):
                self._write(" ".join(line), (left + 4, y - number * 11), (font, 9))
            left += width
        return y - 11 * max(map(len, cells)) - 5

    def _write(self, words: str, at: tuple[float, float], font: tuple[str, float], blank: float = 0) -> None:
        """Have words written when the page ends, each blank larger by `blank` points."""

        def draw() -> None:
            text = self._canvas.beginText(*at)
            text.setFont(*font)
            text.setWordSpace(blank)
            text.textOut(words)
            self._canvas.drawText(text)

        self._drawn.append(draw)


def broken(words: Sequence[str], width: float, size: float) -> Iterator[list[str]]:
    """Yield lines that fit; long words are broken with a hyphen where they would leave a gap."""
    line: list[str] = []
    todo = list(words)
    while todo:
        word = todo.pop(0)
        if stringWidth(" ".join([*line, word]), _FONT, size) <= width:
            line.append(word)
            continue
        cut = _cut(line, word, width, size)
        if cut:
            line.append(word[:cut] + "-")
            todo.insert(0, word[cut:])
        else:
            todo.insert(0, word)
        if not line:  # a word that is wider than the column
            line.append(todo.pop(0))
        yield line
        line = []
    if line:
        yield line


def _cut(line: Sequence[str], word: str, width: float, size: float) -> int:
    if len(word) < _LEAST_BROKEN or not word.isalpha():
        return 0
    fitting = [
        cut
        for cut in range(4, len(word) - 3)
        if stringWidth(" ".join([*line, word[:cut] + "-"]), _FONT, size) <= width
    ]
    return max(fitting, default=0)


def unbroken(lines: Sequence[Sequence[str]]) -> list[str]:
    """Return the words of lines that `broken` made, whole again; a cut-off last one loses its hyphen."""
    words: list[str] = []
    joins = False
    for line in lines:
        for word in line:
            whole = word[:-1] if word.endswith("-") and word is line[-1] and word[:-1].isalpha() else word
            if joins:
                words[-1] += whole
            else:
                words.append(whole)
            joins = whole is not word
    return words
