from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import docx as python_docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import Document, HeadingLocation
from ingest.readers import office_archive
from tests.ingest.readers.written import LINES, PIXEL, SLOW_ROUND_TRIP, read_written, told_words, zipped

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _bytes(document: WordDocument) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _read(document: WordDocument) -> Document:
    return read_written("a.docx", _bytes(document))


def _add(document: WordDocument, xml: str) -> None:
    document.element.body.insert(0, parse_xml(xml.replace(">", f" {_W}>", 1)))


def test_body_is_read_in_order_with_heading_paths() -> None:
    word = python_docx.Document()
    word.add_heading("Handbuch", level=0)
    word.add_heading("Geld", level=1)
    word.add_paragraph("Vorab.")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ["Programm", "Frist", "Reisen", "1. März"], strict=True):
        cell.text = text
    word.add_paragraph("Danach.")
    word.add_paragraph("eins", style="List Bullet")
    word.add_paragraph("zwei", style="List Number")
    word.add_heading("Bus", level=2)
    word.add_paragraph("Fahren.")
    document = _read(word)
    assert document.extracted["title"] == "Handbuch"
    assert [(section.heading, section.location, section.text) for section in document.sections] == [
        (
            ("Geld",),
            HeadingLocation("geld"),
            "Vorab.\n\nProgramm: Reisen; Frist: 1. März\n\nDanach.\n\n– eins\n– zwei",
        ),
        (("Geld", "Bus"), HeadingLocation("bus"), "Fahren."),
    ]


def test_german_and_own_heading_styles_count() -> None:
    word = python_docx.Document()
    word.styles.add_style("Überschrift 1 neu", WD_STYLE_TYPE.PARAGRAPH)
    own = word.styles.add_style("Kapitelname", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = word.styles["Heading 2"]
    word.add_paragraph("Geld", style="Überschrift 1 neu")
    word.add_paragraph("Zuschuss", style="Kapitelname")
    word.add_paragraph("Text")
    word.add_paragraph("Reisen", style="Überschrift 1 neu")
    word.add_paragraph("Text")
    assert [section.heading for section in _read(word).sections] == [("Geld", "Zuschuss"), ("Reisen",)]


def test_title_and_language_come_from_the_properties() -> None:
    word = python_docx.Document()
    word.core_properties.title = "Leitfaden"
    word.core_properties.language = "de-DE"
    word.add_heading("Etwas anderes", level=0)
    word.add_paragraph("Text")
    document = _read(word)
    assert document.extracted == {"title": "Leitfaden", "language": "de"}
    assert document.sections[0].heading == ("Etwas anderes",)


def test_the_first_main_heading_is_the_title_of_last_resort() -> None:
    word = python_docx.Document()
    for name in ("Eins", "Zwei"):
        word.add_heading(name, level=1)
        word.add_paragraph("Text")
    assert _read(word).extracted["title"] == "Eins"


def test_links_insertions_and_text_boxes_are_words_and_deletions_are_not() -> None:
    word = python_docx.Document()
    _add(
        word,
        "<w:p><w:r><w:t>Siehe </w:t></w:r><w:hyperlink><w:r><w:t>Formular</w:t></w:r></w:hyperlink>"
        "<w:ins><w:r><w:t> neu</w:t></w:r></w:ins><w:del><w:r><w:delText>alt</w:delText></w:r></w:del>"
        "<w:r><w:br/><w:t>Zeile</w:t>"
        "<w:txbxContent><w:p><w:r><w:t>Kasten</w:t></w:r></w:p></w:txbxContent></w:r></w:p>",
    )
    assert _read(word).sections[0].text == "Siehe Formular neu\nZeile\n\nKasten"


def test_content_controls_are_read_and_tables_of_contents_are_not() -> None:
    word = python_docx.Document()
    word.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    word.add_paragraph("Geld ... 3", style="toc 1")
    _add(word, "<w:sdt><w:sdtContent><w:p><w:r><w:t>Feld</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    assert [section.text for section in _read(word).sections] == ["Feld"]


@pytest.mark.parametrize("style", ["table of figures", "Abbildungsverzeichnis", "index 1"])
def test_lists_of_figures_and_indexes_are_left_out(style: str) -> None:
    word = python_docx.Document()
    word.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    word.add_paragraph("Abbildung 1 ... 3", style=style)
    word.add_paragraph("Text")
    assert [section.text for section in _read(word).sections] == ["Text"]


def test_cells_that_span_columns_are_read_once() -> None:
    word = python_docx.Document()
    table = word.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["A", "B", "C", "breit", "", "z"], strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1))
    assert _read(word).sections[0].text == "B\nA: breit; C: z"


def test_footnotes_stand_below_their_paragraph() -> None:
    word = python_docx.Document()
    paragraph = word.add_paragraph("Der Verein haftet.")
    reference = parse_xml(f'<w:r {_W}><w:footnoteReference w:id="2"/></w:r>')
    paragraph._p.append(reference)
    word.add_paragraph("Danach.")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>§ 31 BGB</w:t></w:r></w:p></w:footnote>'
    raw = _with_part(_bytes(word), "footnotes", f"<w:footnotes {_W}>{note}</w:footnotes>")
    assert (
        read_written("a.docx", raw).sections[0].text == "Der Verein haftet.\n\nFußnote: § 31 BGB\n\nDanach."
    )


def _with_part(raw: bytes, name: str, xml: str) -> bytes:
    """Return the package with a further part that the main document refers to."""
    kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
    type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    additions = {
        "word/_rels/document.xml.rels": (
            f'<Relationship Id="rX" Type="{kind}" Target="{name}.xml"/></Relationships>'
        ),
        "[Content_Types].xml": f'<Override PartName="/word/{name}.xml" ContentType="{type_}"/></Types>',
    }
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            content = old.read(part).decode("utf-8", "surrogateescape")
            if addition := additions.get(part):
                content = content.replace(addition[addition.rindex("</") :], addition)
            new.writestr(part, content.encode("utf-8", "surrogateescape"))
        new.writestr(f"word/{name}.xml", xml)
    return changed.getvalue()


def test_a_zip_bomb_is_not_unpacked() -> None:
    with pytest.raises(UnreadableSourceError, match="entpackt zu groß"):
        read_written("a.docx", zipped({"word/document.xml": b" " * (office_archive.MAX_RATIO * 100_000)}))


def test_an_archive_that_is_no_real_word_file_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="beschädigt"):
        read_written("a.docx", zipped({"word/document.xml": b"<x/>"}))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_off_file_is_an_error(share: float) -> None:
    raw = _bytes(python_docx.Document())
    with pytest.raises(UnreadableSourceError, match="beschädigt"):
        read_written("a.docx", raw[: int(len(raw) * share)])


def test_an_entity_bomb_is_not_unfolded() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
        f"<w:document {_W}><w:body><w:p><w:r><w:t>&b;Ende</w:t></w:r></w:p></w:body></w:document>"
    )
    raw = _bytes(python_docx.Document())
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    try:
        document = read_written("a.docx", zipped({**parts, "word/document.xml": bomb.encode()}))
    except UnreadableSourceError:
        return
    assert "haha" not in document.sections[0].text


def _paragraph(words: str, style: str = "") -> str:
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"


def _cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def _table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def _text_of(xml: str) -> str:
    word = python_docx.Document()
    _add(word, xml)
    return "\n\n".join(section.text for section in _read(word).sections)


def test_a_text_box_at_a_heading_is_no_part_of_the_heading() -> None:
    word = python_docx.Document()
    word.add_heading("Geld", level=1)
    box = f"<w:r {_W}><w:pict><w:txbxContent>{_paragraph('Kasten')}</w:txbxContent></w:pict></w:r>"
    word.paragraphs[0]._p.append(parse_xml(box))
    word.add_heading("Reisen", level=1)
    word.add_paragraph("Text")
    found = [(section.heading, section.text) for section in _read(word).sections]
    assert found == [(("Geld",), "Kasten"), (("Reisen",), "Text")]


def test_notes_of_deleted_text_are_gone_and_those_of_empty_paragraphs_stay() -> None:
    word = python_docx.Document()
    reference = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    _add(word, f"<w:p>{reference.format(3)}</w:p>")
    _add(word, f"<w:p><w:r><w:t>Text</w:t></w:r><w:del>{reference.format(2)}</w:del></w:p>")
    notes = "".join(
        f"<w:footnote w:id='{key}'>{_paragraph(words)}</w:footnote>"
        for key, words in ((2, "weg"), (3, "bleibt"))
    )
    raw = _with_part(_bytes(word), "footnotes", f"<w:footnotes {_W}>{notes}</w:footnotes>")
    assert read_written("a.docx", raw).sections[0].text == "Text\n\nFußnote: bleibt"


def test_endnotes_are_read_like_footnotes() -> None:
    word = python_docx.Document()
    _add(word, "<w:p><w:r><w:t>Text</w:t><w:endnoteReference w:id='1'/></w:r></w:p>")
    note = f"<w:endnote w:id='1'>{_paragraph('Quelle')}</w:endnote>"
    raw = _with_part(_bytes(word), "endnotes", f"<w:endnotes {_W}>{note}</w:endnotes>")
    assert read_written("a.docx", raw).sections[0].text == "Text\n\nFußnote: Quelle"


def test_rows_and_cells_in_content_controls_are_read() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    header = f"<w:tr>{_cell(_paragraph('Programm'))}{_cell(_paragraph('Frist'))}</w:tr>"
    row = f"<w:tr>{_cell(_paragraph('Reisen'))}{control.format(_cell(_paragraph('März')))}</w:tr>"
    assert _text_of(_table(header, control.format(row))) == "Programm: Reisen; Frist: März"


def test_the_prompt_of_an_empty_content_control_is_no_text() -> None:
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inline = prompt.format("<w:r><w:t>Hier klicken</w:t></w:r>")
    assert _text_of(f"<w:p><w:r><w:t>Name:</w:t></w:r>{inline}</w:p>") == "Name:"


def test_merged_and_indented_cells_stand_under_their_header() -> None:
    header = f"<w:tr>{''.join(_cell(_paragraph(words)) for words in 'ABC')}</w:tr>"
    upper, lower, wide = "<w:vMerge w:val='restart'/>", "<w:vMerge/>", "<w:gridSpan w:val='2'/>"
    first = f"<w:tr>{_cell(_paragraph('x'), upper)}{_cell(_paragraph('1'))}{_cell(_paragraph('2'))}</w:tr>"
    second = f"<w:tr>{_cell(_paragraph(''), lower)}{_cell(_paragraph('breit'), wide)}</w:tr>"
    indented = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>"
    third = f"<w:tr>{indented}{_cell(_paragraph('y'))}{_cell(_paragraph('z'))}</w:tr>"
    told = "A: x; B: 1; C: 2\nA: x; B: breit\nB: y; C: z"
    assert _text_of(_table(header, first, second, third)) == told


def test_tables_that_only_arrange_the_page_are_read_as_text() -> None:
    nested = _table(*(f"<w:tr>{_cell(_paragraph(a))}{_cell(_paragraph(b))}</w:tr>" for a, b in ("AB", "xy")))
    outer = _table(f"<w:tr>{_cell(_paragraph('links'))}{_cell(nested + _paragraph('rechts'))}</w:tr>")
    assert _text_of(outer) == "links\n\nA: x; B: y\n\nrechts"
    heading = _cell(_paragraph("Bus", "Heading2") + _paragraph("Fahren."))
    word = python_docx.Document()
    _add(word, _table(f"<w:tr>{heading}</w:tr>"))
    word.add_heading("Bahn", level=2)
    word.add_paragraph("Auch.")
    assert [section.heading for section in _read(word).sections] == [("Bus",), ("Bahn",)]


def test_numbered_headings_are_headings_and_no_points_of_a_list() -> None:
    word = python_docx.Document()
    for name in ("Geld", "Reisen"):
        heading = word.add_heading(name, level=1)
        numbering = f"<w:numPr {_W}><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
        heading._p.get_or_add_pPr().append(parse_xml(numbering))
        word.add_paragraph("Text")
    assert [section.heading for section in _read(word).sections] == [("Geld",), ("Reisen",)]


def test_comments_headers_and_footers_are_left_out() -> None:
    word = python_docx.Document()
    paragraph = word.add_paragraph("Text")
    word.add_comment(paragraph.runs, text="Bemerkung", author="x")
    word.sections[0].header.paragraphs[0].text = "Kopf"
    word.sections[0].footer.paragraphs[0].text = "Fuß"
    assert _read(word).sections[0].text == "Text"


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("<w:t>a</w:t><w:sym w:font='Wingdings' w:char='F0E0'/><w:t>b</w:t>", "a→b"),
        ("<w:t>8 </w:t><w:sym w:font='Arial' w:char='20AC'/>", "8 €"),
        (
            "<w:t>a</w:t><w:ptab w:relativeTo='margin' w:alignment='right' w:leader='none'/><w:t>b</w:t>",
            "a b",
        ),
        ("<w:t>Städte</w:t><w:softHyphen/><w:t>partner</w:t>", "Städtepartner"),
        ("<w:t>E</w:t><w:noBreakHyphen/><w:t>Mail</w:t>", "E-Mail"),
    ],
)
def test_signs_in_runs_are_kept(run: str, words: str) -> None:
    assert _text_of(f"<w:p><w:r>{run}</w:r></w:p>") == words


def test_formulas_are_read() -> None:
    math = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    run = "<m:r><m:t>{}</m:t></m:r>"
    inside = f"<m:d><m:e>{run.format('a+b')}</m:e></m:d>"
    formula = f"<m:f><m:num>{inside}</m:num><m:den>{run.format('2')}</m:den></m:f>"
    assert _text_of(f"<w:p><m:oMath {math}>{formula}</m:oMath></w:p>") == "(a+b)/2"


def test_pictures_tell_their_description() -> None:
    word = python_docx.Document()
    word.add_paragraph("Text")
    word.add_picture(io.BytesIO(PIXEL))
    next(word.element.body.iter("{*}docPr")).set("descr", "Ein Bus vor dem Rathaus")
    assert _read(word).sections[0].text == "Text\n\nBild: Ein Bus vor dem Rathaus"


def test_documents_within_the_document_are_named() -> None:
    word = python_docx.Document()
    word.add_paragraph("Text")
    _add(word, "<w:altChunk></w:altChunk>")
    assert [reason[:10] for reason in _read(word).unread] == ["Im Dokumen"]


def test_a_word_file_with_a_password_in_its_archive_is_named_as_such() -> None:
    raw = bytearray(_bytes(python_docx.Document()))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.infolist()
    place = raw.index(b"PK\x01\x02") + 8
    raw[place] |= 1  # the flag that this part is encrypted
    with pytest.raises(UnreadableSourceError, match="Kennwort"):
        read_written("a.docx", bytes(raw))


def _write(word: WordDocument, form: str, words: str) -> None:
    if form == "Table":
        word.add_table(rows=1, cols=1).cell(0, 0).text = words
    elif form == "Box":
        box = f"<w:r {_W}><w:pict><w:txbxContent>{_paragraph(words)}</w:txbxContent></w:pict></w:r>"
        word.add_paragraph()._p.append(parse_xml(box))
    else:
        word.add_paragraph(words, style=form)


@SLOW_ROUND_TRIP
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Heading 2", "Heading 3", "Normal", "List Bullet", "Table", "Box"]), LINES
        ),
        min_size=1,
    )
)
def test_every_word_comes_out_once_and_in_order(paragraphs: list[tuple[str, str]]) -> None:
    word = python_docx.Document()
    texts = [f"{number} {words}" for number, (_, words) in enumerate(paragraphs)]
    for (form, _), words in zip(paragraphs, texts, strict=True):
        _write(word, form, words)
    assert [told for told in told_words(_read(word)) if told != "–"] == " ".join(texts).split()
