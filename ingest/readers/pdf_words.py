"""The words of a PDF page with their place, as PDFium tells them.

PDFium (https://pdfium.googlesource.com/pdfium, `public/fpdf_text.h`) knows where every letter stands;
which letters form a word, a line, a column is told in `pdf_layout.py`.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from ingest.readers.symbol_fonts import BULLETS, SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdfium2 import PdfPage

_NEW_WORD = 0.28  # of the letter size: a wider gap without a blank is a blank
_GUESSED_WORD = 0.12  # of the letter size: where PDFium guesses a blank, a narrower gap is one
_GUESSED_BLANK = ""
_BACK = 0.5  # of the letter size: a letter that begins so far before the former's end begins a word
_OFF_LINE = 0.2  # of the letter size: a letter whose foot stands so much higher or lower begins a word
_QUARTER = math.pi / 2
_BOLD = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600  # of 100 to 900; 400 is regular, 700 bold
_FONT_NAME_BYTES = 128

_ACCENT_ROW_PT = 4.0  # points; an accent's foot differs from its letter's by a point or two

# What fonts hide in Unicode's private area: signs, bullets, ligatures of old Adobe fonts.
_PRIVATE = {
    **SIGNS,
    **dict.fromkeys(BULLETS, "•"),
    "\uf02d": "-",
    "\uf001": "fi",
    "\uf002": "fl",
    **{chr(0xF730 + digit): str(digit) for digit in range(10)},  # old-style digits
    **{chr(0xF761 + letter): chr(0x61 + letter) for letter in range(26)},  # small capitals
}
_HYPHEN_MARKS = "\x02\ufffe"  # PDFium's own signs for a hyphen at the end of a line
# Control signs are no blanks here: fonts without a table of letters have ligatures there.
_BLANKS = " \xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\x00\uf020"
_LINE_ENDS = "\r\n"
_LIGATURES = re.compile("[\ufb00-\ufb06]")  # ﬀ ﬁ ﬂ …; NFKC on all text would also turn ² into 2
# TeX sets an accent and its letter one over the other, in either order.
_ACCENTS = {
    "\u00a8": "\u0308",
    "\u00b4": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "\u02c6": "\u0302",
    "~": "\u0303",
    "\u02dc": "\u0303",
    "\u00b8": "\u0327",
    "\u02da": "\u030a",
    "\u02c7": "\u030c",
}


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank. Points from the page's lower left, turned so that it stands upright.

    `foot` is the baseline, `size` that of the letters, `turned` says whether the word runs across the page.
    """

    text: str
    left: float
    right: float
    foot: float
    size: float
    bold: bool = False
    turned: bool = False

    @property
    def middle(self) -> float:
        """The height of the middle of small letters."""
        return self.foot + self.size * 0.25


class _Letter(NamedTuple):  # made faster than a frozen dataclass, and there are thousands on a page
    text: str
    left: float
    right: float
    foot: float
    size: float
    quarter: int
    number: int


def page_words(page: PdfPage) -> list[Word]:
    """Return the words of `page` in the order in which the file draws them.

    Signs that no one names are left as they come, see `pdf_ligatures.py`.

    Raises:
        pypdfium2.PdfiumError: the page is damaged.
    """
    textpage = page.get_textpage()
    try:
        letters = _accented(list(_letters(textpage.raw)))
        upright = Counter(letter.quarter for letter in letters if letter.text.strip()).most_common(1)
        usual = upright[0][0] if upright else 0
        return [_word(textpage.raw, run, usual) for run in _runs(letters)]
    finally:
        textpage.close()


def repaired(text: str) -> str:
    """Return `text` with ligatures and private signs as ordinary letters."""
    if text.isascii():
        return text
    text = "".join(_PRIVATE.get(character, character) for character in text)
    return _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _letters(raw: object) -> Iterator[_Letter]:
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    quarter, size, font_size = 0, 0.0, -1.0
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        text = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        if text in _BLANKS or (text in _LINE_ENDS and pdfium.FPDFText_IsGenerated(raw, index)):
            is_guessed = pdfium.FPDFText_IsGenerated(raw, index)
            yield _Letter(_GUESSED_BLANK if is_guessed else " ", 0, 0, 0, 0, 0, index)
            font_size = -1.0
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        if font_size != (font_size := pdfium.FPDFText_GetFontSize(raw, index)):
            # Asked once a word and size, for speed: its letters are turned and enlarged alike.
            pdfium.FPDFText_GetMatrix(raw, index, matrix)
            quarter = round(math.atan2(matrix.b, matrix.a) / _QUARTER) % 4
            size = font_size * math.hypot(matrix.a, matrix.b)
        left, right, foot = _upright(box, x.value, y.value, quarter)
        yield _Letter("-" if text in _HYPHEN_MARKS else text, left, right, foot, size, quarter, index)


def _accented(letters: Sequence[_Letter]) -> list[_Letter]:
    """Return the letters with accents that were set apart put back on them.

    PDFium moves such accents to the end of their line, so their letter is told by its place.
    """
    rows: dict[int, list[int]] = defaultdict(list)
    for number, letter in enumerate(letters):
        if letter.text.isalpha():
            rows[int(letter.foot // _ACCENT_ROW_PT)].append(number)
    kept = list(letters)
    for number, accent in enumerate(letters):
        if accent.text not in _ACCENTS:
            continue
        row = int(accent.foot // _ACCENT_ROW_PT)
        near = (below for at in (row, row - 1, row + 1) for below in rows.get(at, ()))
        for below in near:
            if joined := _joined(letters[below], accent):
                kept[below], kept[number] = joined, accent._replace(text=" ")
                break
    return kept


def _joined(letter: _Letter, accent: _Letter) -> _Letter | None:
    """Return the letter with the accent if that stands over it and they make one letter."""
    middle = (accent.left + accent.right) / 2
    if letter.quarter != accent.quarter or not letter.left <= middle <= letter.right:
        return None
    base = "i" if letter.text == "\u0131" else letter.text
    text = unicodedata.normalize("NFC", base + _ACCENTS[accent.text])
    return letter._replace(text=text) if len(text) == 1 and base.isalpha() else None


def _upright(box: pdfium.FS_RECTF, x: float, y: float, quarter: int) -> tuple[float, float, float]:
    """Return left, right and baseline of a letter as if the page were turned until it stands upright."""
    match quarter:
        case 0:
            return box.left, box.right, y
        case 1:
            return box.bottom, box.top, -x
        case 2:
            return -box.right, -box.left, -y
        case _:
            return -box.top, -box.bottom, x


def _runs(letters: Sequence[_Letter]) -> Iterator[list[_Letter]]:
    run: list[_Letter] = []
    least_gap = _NEW_WORD
    for letter in letters:
        if letter.text == _GUESSED_BLANK:
            least_gap = _GUESSED_WORD
            continue
        if run and (letter.text == " " or _begins_word(run[-1], letter, least_gap)):
            yield run
            run = []
        if letter.text != " ":
            run.append(letter)
        least_gap = _NEW_WORD
    if run:
        yield run


def _begins_word(former: _Letter, letter: _Letter, least_gap: float) -> bool:
    size = max(former.size, letter.size)
    gap = letter.left - former.right
    return (
        letter.quarter != former.quarter
        or abs(letter.foot - former.foot) > _OFF_LINE * size
        or gap > least_gap * size
        or gap < -_BACK * size
    )


def _word(raw: object, run: Sequence[_Letter], usual: int) -> Word:
    first, longest = run[0], max(letter.size for letter in run)
    return Word(
        repaired("".join(letter.text for letter in run)),
        min(letter.left for letter in run),
        max(letter.right for letter in run),
        first.foot,
        longest,
        _is_bold(raw, first.number),
        turned=first.quarter != usual,
    )


def _is_bold(raw: object, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(raw, index) >= _BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(_FONT_NAME_BYTES), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, _FONT_NAME_BYTES, flags)
    return bool(_BOLD.search(name.value.decode("ascii", "ignore")))
