from __future__ import annotations

import base64
import io
import zlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import HeadingLocation, QuestionLocation
from tests.ingest.readers.written import LINES, SLOW_ROUND_TRIP, read_written, with_part, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter import Workbook

    from index.passage import Document

_HEADER = ["Frage", "Antwort"]
_SHEET_PART = "xl/worksheets/sheet1.xml"
# A workbook of Excel 97, made once with xlwt: a sheet "Geld" with a merged category, a hidden sheet "Intern".
_OLD_EXCEL = (
    b"c-rk)O-NKx6#nk>z4?(*N7Fz983wX4H_@hzJ&jT#5^K>&1U2Tx28TEC9Qtulmd!E<S`}>sH*Kso{ZK^hS_DQdf*{bMm8+njh"
    b"59=8y!VFDX5l~$8t)tKx#ymHzjyDu=iHxp@8%lkrysQ~U=8-81}jb!p%R;*6!i;nP`%?Q)z2f8oB*2&(Fi#*WZ-$-+pzMX^7"
    b"jHXJk(#41inx@h4UE5Su#;Y9N;meg&IS*&?)vb+@n;FRvuRq%d;%EuzbL6U$E?9%T1Qu)OKE+#GE<MxzCH^AuY*u^&|zJFy|"
    b"9n_MioCR2*NuCET_KdhJX)yD=-;^%!PAp6i#EwA0ynG?NQw@Y6{EKm4`&DiPSLYZoB<uhsT&8T)Nb2PWa15h@T1h@nAOH99#"
    b"oJ5rzkjfRxFLpW^ZrEM)?h_~5@yA>Zv=jCY5&PW63v(uxJBB9sHU(DHgL)DIt%UU2M?Zia-TsCh~;UE=GNLyws;-@k)aUmnK"
    b"CPmeyTJ=oc4&tk}gF0R$F_I%_V7-x-N}NWqbpQMNqr-#dX|_!AxZHzcyLvM?xTY9HuIHMXqU>bGZkE^isoPj@W7$jrPI<>*i"
    b">LHWahn@l+d=*8WqdGql;}H2FDxE=+Ftl-?jn7*e_^6|_M<tCB+b?c@zrk%U7}0ey`%8V^mE~DDW6%k{;|D8w755R$2$!hu#"
    b"8$(8(F#~H9MkM(!9A+Y*B_Sm|f$w7tGd+CB-&8wzh`-lHO1A`c|!7zbJoQ(NsxslLNpv@41?LtZPkp%xX``!Cno|i=y1Do)="
    b"|3ANFSz<z_WNfB*pk1PBmd!$I&R)xDCdYn$O+{leaNon=ZZ!Do{H7RQmJU!MM!9)d-=jms6q&sG@1f0kG$$NyfakfPpgjA59"
    b"^F;;Q>($!s*zR$Xe@xQl(D(!!zl5zgy{(l2$rUpv"
)


def _made(fill: Callable[[Workbook], object]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        fill(workbook)
    return buffer.getvalue()


def _sheet(rows: Sequence[Sequence[object]], name: str | None = None) -> Callable[[Workbook], object]:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return fill


def _sheets(**sheets: Sequence[Sequence[object]]) -> bytes:
    return _made(lambda workbook: [_sheet(rows, name)(workbook) for name, rows in sheets.items()])


def _read(rows: Sequence[Sequence[object]]) -> Document:
    return read_written("a.xlsx", _made(_sheet(rows)))


def _texts(document: Document) -> list[str]:
    return [section.text for section in document.sections]


def test_a_header_below_a_title_several_questions_and_categories() -> None:
    document = _read(
        [
            ["Häufige Fragen", "", "", "", ""],
            [],
            ["Rubrik", "FRAGE", "Frage 2", "Antwort:", "Quelle", "Notiz"],
            [
                "Geld",
                "Wer zahlt?\nWer zahlt alles?",
                "Wer sonst?",
                "Der Verein.\nImmer.",
                "Satzung",
                "intern",
            ],
            ["", "Und wann?", "", "", "", ""],
        ]
    )
    (section,) = document.sections
    assert section.text == "Wer zahlt?\nWer zahlt alles?\nWer sonst?\nDer Verein.\nImmer.\nQuelle: Satzung"
    assert (section.heading, section.location) == (("Geld",), QuestionLocation("Wer zahlt?"))
    assert document.extracted == {"title": "Häufige Fragen"}
    assert document.unread == (
        "Die Spalte „Notiz“ ist unbekannt und wurde nicht gelesen.",
        "Eintrag 2 (Zeile 5) hat keine Antwort.",
    )


def test_cells_are_written_as_a_german_reads_them() -> None:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, _HEADER)
        day, clock = (
            workbook.add_format({"num_format": "d.m.yyyy"}),
            workbook.add_format({"num_format": "h:mm"}),
        )
        moment, hours = (workbook.add_format({"num_format": each}) for each in ("d.m.yyyy h:mm", "[h]:mm"))
        cells: list[tuple[object, object]] = [
            (date(2026, 3, 1), day),
            (datetime(2026, 3, 1, 14, 30), moment),  # noqa: DTZ001 - sheets know no zone
            (time(9, 5), clock),
            (timedelta(hours=30), hours),
            *((number, None) for number in (5000.0, 0.8, 0.1 + 0.2, -3, True, False)),
        ]
        for row, (cell, form) in enumerate(cells, start=1):
            sheet.write(row, 0, f"Frage {row}?")
            sheet.write(row, 1, cell, form)
        sheet.write(11, 0, "Summe?")
        sheet.write_formula(11, 1, "=40+2", None, 42)
        sheet.write(12, 0, "Fehler?")
        sheet.write_formula(12, 1, "=1/0", None, "#DIV/0!")

    document = read_written("a.xlsx", _made(fill))
    expected = "01.03.2026|01.03.2026 14:30|09:05|30:00|5000|0,8|0,3|-3|ja|nein|42"
    assert [text.partition("\n")[2] for text in _texts(document)] == expected.split("|")
    assert document.unread == ("Eintrag 12 (Zeile 13) hat keine Antwort.",)


def test_a_category_merged_over_rows_counts_for_all_of_them() -> None:
    def fill(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Kategorie", *_HEADER])
        sheet.merge_range(1, 0, 2, 0, "Geld")
        for row in (1, 2, 3):
            sheet.write_row(row, 1, [f"Frage {row}?", "Ja"])

    headings = [section.heading for section in read_written("a.xlsx", _made(fill)).sections]
    assert headings == [("Geld",), ("Geld",), ()]


def test_of_several_sheets_the_name_is_the_first_category() -> None:
    rows = [["Rubrik", *_HEADER], ["Bus", "Wer?", "Wir"]]
    document = read_written(
        "a.xlsx", _sheets(Reisen=rows, Tabelle2=rows, Preise=[["Programm", "Preis"], ["A", 5]])
    )
    assert [section.heading for section in document.sections] == [("Reisen", "Bus"), ("Bus",)]
    assert document.unread == (
        "Das Blatt „Preise“ wurde nicht gelesen: "
        "Ihm fehlt die Spalte „Frage“ und „Antwort“; gefunden: „Programm“, „Preis“.",
    )
    assert document.doubts == (
        "Die Frage „Wer?“ steht in Blatt „Reisen“, Zeile 2 und Blatt „Tabelle2“, Zeile 2.",
    )


def test_hidden_sheets_and_charts_are_named_and_not_read() -> None:
    def fill(workbook: Workbook) -> None:
        _sheet([_HEADER, ["Wer?", "Wir"]])(workbook)
        for name, hide in (("Intern", "hide"), ("Geheim", "very_hidden")):
            getattr(workbook.add_worksheet(name), hide)()
        workbook.add_chartsheet("Bild")

    document = read_written("a.xlsx", _made(fill))
    assert _texts(document) == ["Wer?\nWir"]
    assert [words.split("“")[0] for words in document.unread] == [
        "Das Blatt „Intern",
        "Das Blatt „Geheim",
        "Das Blatt „Bild",
    ]


def test_a_workbook_without_any_faq_comes_out_as_tables() -> None:
    prices: list[list[object]] = [
        ["Preisliste"],
        ["Programm", "Preis", "Ab"],
        ["Reisen", 50, date(2026, 5, 1)],
        ["Feste", 20],
    ]
    document = read_written("a.xlsx", _sheets(Preise=prices, Orte=[["Stadt:", "Bonn"], ["Land:", "NRW"]]))
    assert _texts(document)[0].startswith("Preisliste\nProgramm: Reisen; Preis: 50; Ab: ")
    assert _texts(document)[1] == "Stadt: Bonn\nLand: NRW"
    assert [(section.heading, section.location) for section in document.sections] == [
        (("Preise",), HeadingLocation("preise")),
        (("Orte",), HeadingLocation("orte")),
    ]


def test_the_only_sheet_needs_no_heading_and_numbers_are_no_header() -> None:
    document = _read([[1, 2], [3, 4]])
    assert [(section.heading, section.text) for section in document.sections] == [((), "1 | 2\n3 | 4")]


def test_macros_are_not_run_and_no_obstacle() -> None:
    macros = with_part(_made(_sheet([_HEADER, ["Wer?", "Wir"]])), "xl/vbaProject.bin", b"x")
    assert _texts(read_written("a.xlsm", macros)) == ["Wer?\nWir"]


def test_a_workbook_of_old_excel() -> None:
    document = read_written("a.xls", zlib.decompress(base64.b85decode(_OLD_EXCEL)))
    assert _texts(document) == ["Wer zahlt?\nDer Verein", "Wie viel?\n5000"]
    assert {section.heading for section in document.sections} == {("Kasse",)}
    assert document.unread == ("Das Blatt „Intern“ ist ausgeblendet und wurde nicht gelesen.",)


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def _open_document(*rows: str) -> bytes:
    spaces = " ".join(f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text"))
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    rest = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_OFFICE}:manifest:1.0"/>',
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="Eins">{table}{rest}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def _cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def test_a_sheet_of_libreoffice_with_merged_categories() -> None:
    raw = _open_document(
        "".join(map(_cell, ("Kategorie", *_HEADER))),
        _cell("Geld", 'table:number-rows-spanned="2"') + _cell("Wer?") + _cell("Wir"),
        "<table:covered-table-cell/>" + _cell("Wo?") + _cell("Hier"),
    )
    sections = read_written("a.ods", raw).sections
    assert [(section.heading, section.text) for section in sections] == [
        (("Geld",), "Wer?\nWir"),
        (("Geld",), "Wo?\nHier"),
    ]


def _with_rows(rows: str, prolog: str = "") -> bytes:
    xml = (
        f'<?xml version="1.0"?>{prolog}'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
    )
    return with_part(_made(_sheet([_HEADER])), _SHEET_PART, xml.encode())


def _inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


_FILLED = f'<row r="1">{_inline("A1", "Frage")}{_inline("B1", "Antwort")}</row>'
_PAIR = f'<row r="2">{_inline("A2", "Wer?")}{_inline("B2", "Wir")}</row>'


def test_a_sheet_that_only_claims_to_have_a_million_rows_is_read() -> None:
    styled = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert _texts(read_written("a.xlsx", _with_rows(_FILLED + _PAIR + styled))) == ["Wer?\nWir"]


_FAR = f'<row r="1048576">{_inline("C1048576", "x")}</row>'
_REPEATED = _cell("x", 'table:number-columns-repeated="16384"')
_ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
_GOOD = _made(_sheet([_HEADER, ["Wer?", "Wir"]]))


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.xlsx", _GOOD[: len(_GOOD) // 2], "beschädigt"),
        ("a.xlsx", _GOOD[:40], "beschädigt"),
        ("a.xlsx", with_part(_GOOD, _SHEET_PART, b"<worksheet><sheetData><row"), "beschädigt"),
        ("a.xlsx", with_part(_GOOD, "xl/workbook.xml", b""), "beschädigt"),
        ("a.xlsx", with_part(_GOOD, "xl/media/bild.png", b"\0" * 60_000_000), "zu groß"),
        ("a.xlsx", _with_rows(_FILLED + _FAR), "zu viele Zellen: Es reicht bis Zeile 1048576"),
        ("a.xlsx", _with_rows(_FILLED, _ENTITIES), "Entitäten"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "beschädigt"),
        ("a.xls", _GOOD, "endet auf „.xls“, der Inhalt ist aber eine Excel-Tabelle"),
        ("a.csv", _GOOD, "endet auf „.csv“, der Inhalt ist aber eine Excel-Tabelle"),
        ("a.xlsx", b"frage;antwort\nWer?;Wir\n", "endet auf „.xlsx“, der Inhalt ist aber eine Textdatei"),
        ("a.ods", _open_document(*[_REPEATED] * 200), "zu viele Zellen"),
        ("a.xlsx", _made(_sheet([_HEADER, ["Wer?", ""]])), "kein vollständiges Paar"),
        ("a.xlsx", _made(_sheet([])), "keinen Text"),
    ],
)
def test_bad_input_is_one_clear_sentence(name: str, raw: bytes, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message) as caught:
        read_written(name, raw)
    assert "\n" not in str(caught.value)


@SLOW_ROUND_TRIP
@given(st.lists(st.tuples(st.lists(LINES, min_size=1, max_size=3), LINES), min_size=1, max_size=6))
def test_every_word_comes_out_once_and_in_order(pairs: list[tuple[list[str], str]]) -> None:
    rows = [["\n".join(questions), answer] for questions, answer in pairs]
    assert _texts(_read([_HEADER, *rows])) == ["\n".join([*questions, answer]) for questions, answer in pairs]
