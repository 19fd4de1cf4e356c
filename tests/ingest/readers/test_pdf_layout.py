"""Pages as people set them: columns, tables, notes, headings, letters that are set apart."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # it carries no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # as above

from tests.ingest.readers.written import read_written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.passage import Section

_LEFT = ["Der Verein lädt ein zu", "einem Fest mit den", "Gästen aus der Partner-", "stadt und tanzt."]
_RIGHT = ["Rechts steht, was das", "alles kostet und wer es", "am Ende bezahlt, ganz", "ohne Streit."]
_ROWS = [
    ("Programm", "Frist", "Betrag"),
    ("Bürgerfonds", "1. März", "5.000 Euro"),
    ("Jugendwerk", "keine", "40 Euro"),
    ("Land NRW", "15. Mai", "2.500 Euro"),
]


class _Page:
    """A page that is drawn word by word."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=A4, invariant=1)

    def lines(
        self, lines: Sequence[str], x: float, y: float, size: float = 10, font: str = "Helvetica"
    ) -> None:
        self.canvas.setFont(font, size)
        for number, line in enumerate(lines):
            self.canvas.drawString(x, y - number * size * 1.3, line)

    def table(self, rows: Sequence[Sequence[str]], y: float, columns: Sequence[float], bold: str) -> None:
        for number, row in enumerate(rows):
            for x, cell in zip(columns, row, strict=True):
                self.lines([cell], x, y - 18 * number, font=bold if number == 0 else "Helvetica")

    def sections(self) -> Sequence[Section]:
        self.canvas.showPage()
        self.canvas.save()
        return read_written("a.pdf", self.buffer.getvalue()).sections

    def text(self) -> str:
        return "\n\n".join(section.text for section in self.sections())


@pytest.mark.parametrize("offset", [0, 5], ids=["side by side", "not side by side"])
def test_columns_are_read_one_after_the_other(offset: float) -> None:
    page = _Page()
    for number in range(4):  # as programs draw them that fill both columns line by line
        page.lines([_LEFT[number]], 60, 700 - 13 * number)
        page.lines([_RIGHT[number]], 320, 700 - offset - 13 * number)
    page.lines(
        ["Dieser Satz steht unter beiden Spalten und reicht von der einen bis weit in die andere."], 60, 620
    )
    assert " ".join(page.text().split()) == (
        "Der Verein lädt ein zu einem Fest mit den Gästen aus der Partnerstadt und tanzt. "
        "Rechts steht, was das alles kostet und wer es am Ende bezahlt, ganz ohne Streit. "
        "Dieser Satz steht unter beiden Spalten und reicht von der einen bis weit in die andere."
    )


def test_a_column_goes_on_below_the_end_of_its_neighbour() -> None:
    page = _Page()
    page.lines(["Seite 1"], 60, 40, 8)
    page.lines(_RIGHT, 320, 700)
    page.lines(_LEFT, 60, 700)
    page.lines(["Anreise"], 60, 610, 13, "Helvetica-Bold")
    page.lines(["Wer mit dem Zug kommt, wird", "am Bahnhof abgeholt, auch", "spät am Abend."], 60, 590)
    text = " ".join(page.text().split())
    assert text.index("spät am Abend.") < text.index("Rechts steht")


def test_rows_of_a_table_carry_the_words_of_its_header() -> None:
    page = _Page()
    page.table(_ROWS, 700, (60, 220, 380), "Helvetica-Bold")
    assert page.text().split("\n") == [
        "Programm: Bürgerfonds; Frist: 1. März; Betrag: 5.000 Euro",
        "Programm: Jugendwerk; Frist: keine; Betrag: 40 Euro",
        "Programm: Land NRW; Frist: 15. Mai; Betrag: 2.500 Euro",
    ]


def test_a_table_that_goes_on_overleaf_keeps_its_header() -> None:
    page = _Page()
    page.lines(["Text davor, der die Seite füllt und über beide Spalten der Tabelle reicht."], 60, 760)
    page.table(_ROWS, 700, (60, 220, 380), "Helvetica-Bold")
    page.canvas.showPage()
    page.table([("Stiftung Nord", "1. Juni", "300 Euro")] * 3, 700, (60, 220, 380), "Helvetica")
    overleaf = page.sections()[-1].text.split("\n")
    assert overleaf == ["Programm: Stiftung Nord; Frist: 1. Juni; Betrag: 300 Euro"] * 3


def test_another_table_overleaf_does_not_take_the_header() -> None:
    page = _Page()
    page.table(_ROWS, 700, (60, 220, 380), "Helvetica-Bold")
    page.lines(
        ["Danach kommt Text, der von der Tabelle wegführt.", "Er ist drei Zeilen lang,", "und endet."],
        60,
        560,
    )
    page.canvas.showPage()
    page.table([("Stiftung Nord", "1. Juni", "300 Euro")] * 3, 700, (60, 220, 380), "Helvetica")
    assert "Programm" not in page.sections()[-1].text


def test_cells_of_several_lines_stay_together_between_rules() -> None:
    page = _Page()
    for number in range(4):
        page.canvas.line(60, 715 - 40 * number, 500, 715 - 40 * number)
    for number, (name, what) in enumerate(
        [("Name", ["Zweck"]), ("Fonds", ["Reisen von Ver-", "einen"]), ("Werk", ["Jugend-", "austausch"])]
    ):
        page.lines([name], 65, 700 - 40 * number, font="Helvetica" if number else "Helvetica-Bold")
        page.lines(what, 300, 700 - 40 * number, font="Helvetica" if number else "Helvetica-Bold")
    assert page.text() == "Name: Fonds; Zweck: Reisen von Vereinen\nName: Werk; Zweck: Jugendaustausch"


def test_numbers_before_points_of_a_list_are_no_column() -> None:
    page = _Page()
    for number, point in enumerate(
        ["Satzung schreiben.", "Vorstand wählen.", "Eintragen lassen.", "Feiern."]
    ):
        page.lines([f"{number + 1}."], 60, 700 - 14 * number)
        page.lines([point], 90, 700 - 14 * number)
    assert page.text().split("\n\n") == [
        "1. Satzung schreiben.",
        "2. Vorstand wählen.",
        "3. Eintragen lassen.",
        "4. Feiern.",
    ]


def test_large_and_bold_lines_are_headings() -> None:
    page = _Page()
    page.lines(["Handbuch Reisen"], 60, 760, 20)
    page.lines(["Versicherung"], 60, 720, 14, "Helvetica-Bold")
    page.lines(["Die Haftpflicht zahlt, was der Verein", "anderen an Schaden zufügt."], 60, 700)
    page.lines(["Bahn"], 60, 650, 10, "Helvetica-Bold")
    page.lines(["Mit der Bahn reisen Gruppen billiger", "als im eigenen Auto."], 60, 636)
    assert [(section.heading, section.text) for section in page.sections()] == [
        (("Versicherung",), "Die Haftpflicht zahlt, was der Verein anderen an Schaden zufügt."),
        (("Versicherung", "Bahn"), "Mit der Bahn reisen Gruppen billiger als im eigenen Auto."),
    ]


def test_a_note_below_a_column_comes_after_the_text_and_its_mark_stays_apart() -> None:
    page = _Page()
    page.lines(_LEFT[:3], 60, 700)
    page.lines(["stadt"], 60, 661)
    page.lines(["1"], 60 + 24, 665, 6)
    page.lines(["und tanzt, wenn sie will."], 94, 661)
    page.lines(["1 Beschluss des Rates vom Mai."], 60, 630, 7)
    page.lines(_RIGHT, 320, 700)
    assert page.text().split("\n\n") == [
        "Der Verein lädt ein zu einem Fest mit den Gästen aus der Partnerstadt [1] und tanzt, wenn sie will.",
        "Rechts steht, was das alles kostet und wer es am Ende bezahlt, ganz ohne Streit.",
        "1 Beschluss des Rates vom Mai.",
    ]


def test_a_column_in_small_letters_is_no_column_of_notes() -> None:
    page = _Page()
    small = ["Im Kasten steht, dass", "200 Gäste kamen und", "drei Tage blieben."]
    page.lines(small, 60, 700, 8)
    page.lines([*_RIGHT, "Das Fest ist im Mai."], 320, 700)
    assert " ".join(page.text().split()).startswith(" ".join(small))


def test_square_metres_stay_square_metres() -> None:
    page = _Page()
    page.lines(["Der Saal hat 80 m"], 60, 700)
    page.lines(["2"], 60 + 78.6, 704, 6)
    page.lines(["und eine Bühne."], 150, 700)
    assert page.text() == "Der Saal hat 80 m² und eine Bühne."


def test_dots_over_a_letter_that_are_set_apart_are_put_back() -> None:
    page = _Page()
    page.lines(["Die Stadte leben."], 60, 700)
    before = page.canvas.stringWidth("Die St", "Helvetica", 10)
    page.lines(["\u00a8"], 60 + before + 1, 700)
    assert page.text() == "Die Städte leben."


def test_a_page_on_its_side_is_read_upright() -> None:
    page = _Page()
    page.canvas.translate(300, 100)
    page.canvas.rotate(90)
    for number in range(4):
        page.lines([_LEFT[number]], 60, 100 - 13 * number)
        page.lines([_RIGHT[number]], 320, 100 - 13 * number)
    assert page.text().startswith("Der Verein lädt ein zu einem Fest mit den Gästen aus der Partnerstadt")


def test_words_at_the_side_of_a_page_come_last() -> None:
    page = _Page()
    page.canvas.saveState()
    page.canvas.translate(30, 300)
    page.canvas.rotate(90)
    page.lines(["Foto: Archiv"], 0, 0)
    page.canvas.restoreState()
    page.lines(_LEFT, 60, 700)
    assert page.text().endswith("tanzt.\n\nFoto: Archiv")


def test_leading_dots_do_not_fill_the_text() -> None:
    page = _Page()
    page.lines(
        ["1 Reisen . . . . . . . . . . . . . . 12", "2 Geld . . . . . . . . . . . . . . . . 14"], 60, 700
    )
    assert page.text().split() == ["1", "Reisen", "…", "12", "2", "Geld", "…", "14"]
