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
from ingest.readers import docx_package
from tests.ingest.readers.written import LINES, SLOW_ROUND_TRIP, read_written, told_words

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
    assert _read(word).sections[0].text == "Siehe Formular neu\nZeile\nKasten"


def test_content_controls_are_read_and_tables_of_contents_are_not() -> None:
    word = python_docx.Document()
    word.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    word.add_paragraph("Geld ... 3", style="toc 1")
    _add(word, "<w:sdt><w:sdtContent><w:p><w:r><w:t>Feld</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    assert [section.text for section in _read(word).sections] == ["Feld"]


def test_cells_that_span_columns_are_read_once() -> None:
    word = python_docx.Document()
    table = word.add_table(rows=2, cols=3)
    for cell, text in zip(table._cells, ["A", "B", "C", "breit", "", "z"], strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1))
    assert _read(word).sections[0].text == "A: breit; C: z"


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


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_bomb_is_not_unpacked() -> None:
    with pytest.raises(UnreadableSourceError, match="entpackt zu groß"):
        read_written("a.docx", _zip({"word/document.xml": b" " * (docx_package.MAX_RATIO * 100_000)}))


def test_an_archive_that_is_no_real_word_file_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="beschädigt"):
        read_written("a.docx", _zip({"word/document.xml": b"<x/>"}))


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
        document = read_written("a.docx", _zip({**parts, "word/document.xml": bomb.encode()}))
    except UnreadableSourceError:
        return
    assert "haha" not in document.sections[0].text


@SLOW_ROUND_TRIP
@given(
    st.lists(
        st.tuples(st.sampled_from(["Heading 2", "Heading 3", "Normal", "List Bullet"]), LINES), min_size=1
    )
)
def test_every_word_comes_out_once_and_in_order(paragraphs: list[tuple[str, str]]) -> None:
    word = python_docx.Document()
    texts = [f"{number} {words}" for number, (_, words) in enumerate(paragraphs)]
    for (style, _), words in zip(paragraphs, texts, strict=True):
        word.add_paragraph(words, style=style)
    assert [told for told in told_words(_read(word)) if told != "–"] == " ".join(texts).split()
