"""PDF pages as people make them, with the words that a reader should find on them, in order.

Columns, broken words, justified lines, tables with and without rules, notes, running headers. The words
are those of the corpus' own handbooks.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]

from benchmarks.golden_sheet import MARGIN, Area, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_ROWS = (
    ("Programm", "Was es fördert", "Höchstbetrag"),
    ("Bürgerfonds", "Begegnungen von Vereinen und Initiativen beider Länder, auch kleine", "5.000 Euro"),
    ("Jugendwerk", "Austausch von Schulklassen und Jugendgruppen", "40 Euro je Tag"),
    ("Landesmittel", "Fahrten zu Jubiläen der Partnerschaft", "2.500 Euro"),
    ("Städtepartnerschaftspreis", "Besondere Verdienste", "1.000 Euro"),
)


def one_column(sheet: Sheet) -> None:
    """A handbook: chapters with headings, two pages."""
    for chapter in ("Versicherung", "Förderung"):
        y = sheet.heading(chapter, MARGIN, 760, 18)
        y = sheet.column(Area(MARGIN, y, 475, 480))
        y = sheet.heading("Was zu beachten ist", MARGIN, y - 10, 12)
        sheet.column(Area(MARGIN, y, 475, 100))
        sheet.new_page()


def two_columns(sheet: Sheet) -> None:
    """A study: title over both columns, columns on one grid, justified, words broken."""
    for subject in ("lebendig bleiben und was sie dafür brauchen", "ihren Austausch auf Dauer bezahlen"):
        y = sheet.heading(f"Wie Partnerschaften {subject}", MARGIN, 760, 14)
        sheet.column(Area(MARGIN, y, 227, 90))
        sheet.column(Area(MARGIN + 247, y, 227, 90))
        sheet.new_page()


def uneven_columns(sheet: Sheet) -> None:
    """A newsletter: ragged columns whose lines do not stand side by side, a paragraph over both below."""
    sheet.column(Area(MARGIN, 760, 210, 400), justify=False)
    sheet.column(Area(MARGIN + 240, 754, 235, 380), size=9, justify=False)
    sheet.column(Area(MARGIN, 340, 475, 250))
    sheet.new_page()


def three_columns(sheet: Sheet) -> None:
    """A flyer, folded twice."""
    for x, heading in ((40.0, "Mitmachen"), (310.0, "Mitreden"), (580.0, "Mitfahren")):
        y = sheet.heading(heading, x, 520, 13)
        sheet.column(Area(x, y, 225, 80), justify=False)
    sheet.new_page()


def tables(sheet: Sheet) -> None:
    """A funding sheet: a table in a grid, one with few rules, one without, text between them."""
    y = 770.0
    for rules in ("all", "header", "none"):
        y = sheet.column(Area(MARGIN, y, 475, y - 40))
        y = sheet.table(_ROWS, MARGIN, y - 10, (140, 235, 100), rules)
    sheet.column(Area(MARGIN, y, 475, y - 60))
    sheet.new_page()


def table_in_column(sheet: Sheet) -> None:
    """A study with a narrow table in the left of its two columns."""
    y = sheet.column(Area(MARGIN, 760, 227, 560))
    rows = [(name, amount) for name, _, amount in _ROWS]
    y = sheet.table(rows, MARGIN, y - 10, (130, 97), "all")
    sheet.column(Area(MARGIN, y, 227, 90))
    sheet.column(Area(MARGIN + 257, 760, 227, 90))
    sheet.new_page()


def notes(sheet: Sheet) -> None:
    """Two columns with notes in small letters below the left one: they are read after both."""
    sheet.column(Area(MARGIN, 760, 227, 200))
    below = [word for number in (1, 2) for word in sheet.note(number, MARGIN, 160 - number * 10, 227)]
    sheet.column(Area(MARGIN + 247, 760, 227, 90))
    sheet.words += below
    sheet.new_page()


KINDS: Mapping[str, tuple[Callable[[Sheet], None], tuple[float, float]]] = {
    "one column": (one_column, A4),
    "two columns": (two_columns, A4),
    "uneven columns": (uneven_columns, A4),
    "three columns": (three_columns, landscape(A4)),
    "tables": (tables, A4),
    "table in a column": (table_in_column, A4),
    "notes": (notes, A4),
}


def golden_pdf(kind: str, paragraphs: Sequence[str], seed: int) -> tuple[bytes, list[str]]:
    """Return a file of this kind with its words; the seed shuffles the paragraphs and the drawing."""
    draw, size = KINDS[kind]
    chance = random.Random(seed)  # noqa: S311 - no secret
    sheet = Sheet(_endless(chance.sample(list(paragraphs), len(paragraphs))), size, chance)
    draw(sheet)
    return sheet.finished()


def _endless(paragraphs: Sequence[str]) -> Iterator[str]:
    while True:
        yield from paragraphs
