from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pptx as python_pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from index.errors import UnreadableSourceError
from index.passage import Document, PageLocation
from ingest.readers import office_archive
from tests.ingest.readers.written import (
    LINES,
    PIXEL,
    SLOW_ROUND_TRIP,
    read_written,
    with_part,
    zipped,
)

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.slide import Slide

_TITLE_AND_BODY, _TITLE_ONLY, _BLANK = 1, 5, 6
_NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)


def _bytes(deck: Presentation) -> bytes:
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _deck() -> Presentation:
    deck = python_pptx.Presentation()
    deck.core_properties.title = "Vortrag"
    return deck


def _read(deck: Presentation) -> Document:
    return read_written("a.pptx", _bytes(deck))


def _slide(deck: Presentation, title: str | None = None, layout: int | None = None) -> Slide:
    chosen = layout if layout is not None else _TITLE_ONLY if title else _BLANK
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[chosen])
    if title and slide.shapes.title:
        slide.shapes.title.text = title
    return slide


def _box(slide: Slide, words: str, left: float = 1, top: float = 2, height: float = 1) -> None:
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(height))
    box.text_frame.text = words


def _insert(slide: Slide, xml: str) -> None:
    slide.shapes._spTree.append(parse_xml(xml.replace(">", f" {_NAMESPACES}>", 1)))


def _told(document: Document) -> list[tuple[tuple[str, ...], PageLocation, str]]:
    found = []
    for section in document.sections:
        assert isinstance(section.location, PageLocation)
        found.append((section.heading, section.location, section.text))
    return found


def test_each_slide_is_a_section_under_its_title() -> None:
    deck = _deck()
    slide = _slide(deck, "Förderung", _TITLE_AND_BODY)
    slide.placeholders[1].text_frame.text = "Anträge stellen"
    point = slide.placeholders[1].text_frame.add_paragraph()
    point.text, point.level = "bis März", 1
    _box(_slide(deck), "Ohne Titel")
    _slide(deck, "Ende")
    assert _told(_read(deck)) == [
        (("Förderung",), PageLocation(1), "– Anträge stellen\n– bis März"),
        ((), PageLocation(2), "Ohne Titel"),
        ((), PageLocation(3), "Ende"),
    ]


def test_shapes_are_read_from_top_to_bottom_and_left_to_right() -> None:
    deck = _deck()
    slide = _slide(deck, "Titel")
    _box(slide, "unten", top=5)
    _box(slide, "rechts", left=5, top=1.9)
    _box(slide, "links", left=1, top=2)
    group = slide.shapes.add_group_shape()
    for words, top in (("Gruppe zwei", 4), ("Gruppe eins", 3.6)):
        group.shapes.add_textbox(Inches(1), Inches(top), Inches(1), Inches(0.2)).text_frame.text = words
    assert _read(deck).sections[0].text.split("\n\n") == [
        "links",
        "rechts",
        "Gruppe eins",
        "Gruppe zwei",
        "unten",
    ]


def test_tables_carry_the_words_of_their_header() -> None:
    deck = _deck()
    frame = _slide(deck, "Fristen").shapes.add_table(3, 2, Inches(1), Inches(2), Inches(5), Inches(2))
    words = [("Programm", "Frist"), ("Reisen", "1. März"), ("", "1. Mai")]
    for row, cells in enumerate(words):
        for column, cell in enumerate(cells):
            frame.table.cell(row, column).text = cell
    frame.table.cell(1, 0).merge(frame.table.cell(2, 0))
    told = "Programm: Reisen; Frist: 1. März\nProgramm: Reisen; Frist: 1. Mai"
    assert _read(deck).sections[0].text == told


def test_charts_tell_titles_categories_and_numbers() -> None:
    deck = _deck()
    data: Any = CategoryChartData(number_format="0%")  # type: ignore[no-untyped-call]
    data.categories = ["2024", "2025"]
    data.add_series("Bewilligt", (0.125, 0.5))
    slide = _slide(deck, "Zahlen")
    frame: Any = slide.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(5), Inches(4), data
    )
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "Anträge"
    frame.chart.plots[0].series[0].points[1].data_label.text_frame.text = "Rekord"
    table = "2024; Bewilligt: 12,5 %\n2025; Bewilligt: 50 %"
    assert _read(deck).sections[0].text == f"Anträge\n\nRekord\n\n{table}"


def test_a_deck_of_empty_slides_is_not_called_pictures() -> None:
    deck = _deck()
    deck.slides.add_slide(deck.slide_layouts[6])
    with pytest.raises(UnreadableSourceError) as caught:
        _read(deck)
    assert "Bilder" not in str(caught.value)


def test_the_points_of_smartart_are_lines_in_the_order_of_their_tree() -> None:
    deck = _deck()
    slide = _slide(deck, "Ablauf")
    point = "<dgm:pt modelId='{}'><dgm:t><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    edge = "<dgm:cxn srcId='{}' destId='{}' srcOrd='{}'/>"
    model = (
        f"<dgm:dataModel {_NAMESPACES}><dgm:ptLst><dgm:pt modelId='0' type='doc'/>"
        + point.format(2, "Antrag")
        + point.format(3, "Formular")
        + point.format(1, "Beratung")
        + f"</dgm:ptLst><dgm:cxnLst>{edge.format(0, 2, 1)}{edge.format(0, 1, 0)}{edge.format(2, 3, 0)}"
        "</dgm:cxnLst></dgm:dataModel>"
    )
    part = Part(
        PackURI("/ppt/diagrams/data1.xml"),
        "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
        slide.part.package,
        model.encode(),
    )
    key = slide.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    )
    _insert(
        slide,
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='9' name='x'/><p:cNvGraphicFramePr/><p:nvPr/>"
        "</p:nvGraphicFramePr><p:xfrm><a:off x='0' y='9'/><a:ext cx='9' cy='9'/></p:xfrm><a:graphic>"
        "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/diagram'>"
        f"<dgm:relIds r:dm='{key}'/></a:graphicData></a:graphic></p:graphicFrame>",
    )
    assert _read(deck).sections[0].text == "– Beratung\n– Antrag\n– Formular"


def test_formulas_in_alternatives_are_read_once() -> None:
    deck = _deck()
    shape = (
        "<p:sp><p:nvSpPr><p:cNvPr id='7' name='x'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>"
        "<p:txBody><a:bodyPr/><a:p>{}</a:p></p:txBody></p:sp>"
    )
    formula = (
        "<m:f><m:num><m:r><m:t>Zuschuss</m:t></m:r></m:num><m:den><m:r><m:t>Kosten</m:t></m:r></m:den></m:f>"
    )
    _insert(
        _slide(deck, "Quote"),
        f"<mc:AlternateContent><mc:Choice Requires='a14'>{shape.format(formula)}</mc:Choice>"
        f"<mc:Fallback>{shape.format('<a:r><a:t>alt</a:t></a:r>')}</mc:Fallback></mc:AlternateContent>",
    )
    assert _read(deck).sections[0].text == "Zuschuss/Kosten"


def test_notes_follow_the_text_and_are_marked() -> None:
    deck = _deck()
    slide = _slide(deck, "Reise")
    _box(slide, "Bus")
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None
    frame.text = "Hier fragen.\nUnd warten."
    assert _read(deck).sections[0].text == "Bus\n\nNotizen: Hier fragen.\nUnd warten."


def test_hidden_slides_are_read_and_named() -> None:
    deck = _deck()
    _box(_slide(deck), "eins")
    hidden = _slide(deck)
    _box(hidden, "zwei")
    hidden._element.set("show", "0")
    document = _read(deck)
    assert [section.text for section in document.sections] == ["eins", "zwei"]
    assert [doubt[:7] for doubt in document.doubts] == ["Folie 2"]


def test_slide_numbers_dates_and_footers_are_left_out() -> None:
    deck = _deck()
    for number in range(4):
        slide = _slide(deck, f"Thema {number}")
        _box(slide, f"Inhalt {number}")
        _box(slide, "Verein der Partnerschaft", top=7)
        for kind in ("dt", "ftr", "sldNum"):
            _insert(
                slide,
                "<p:sp><p:nvSpPr><p:cNvPr id='9' name='x'/><p:cNvSpPr/>"
                f"<p:nvPr><p:ph type='{kind}' idx='12'/></p:nvPr></p:nvSpPr><p:spPr/>"
                "<p:txBody><a:bodyPr/><a:p><a:r><a:t>Fuß</a:t></a:r></a:p></p:txBody></p:sp>",
            )
    assert [section.text for section in _read(deck).sections] == [f"Inhalt {number}" for number in range(4)]


def test_pictures_tell_their_description_and_slides_of_pictures_are_named() -> None:
    deck = _deck()
    _box(_slide(deck), "Text")
    for description in ("Ein Bus. Automatisch generierte Beschreibung", "IMG_1.jpg"):
        picture: Any = _slide(deck).shapes.add_picture(io.BytesIO(PIXEL), Inches(0), Inches(0))
        picture._element.nvPicPr.cNvPr.set("descr", description)
    document = _read(deck)
    assert [section.text for section in document.sections] == ["Text", "Bild: Ein Bus."]
    assert [reason[:32] for reason in document.unread] == [
        "Folie 2 enthält nur Bilder; was ",
        "Folie 3 enthält nur Bilder; was ",
    ]


def test_embedded_objects_are_named() -> None:
    deck = _deck()
    slide = _slide(deck, "Anhang")
    slide.shapes.add_ole_object(io.BytesIO(b"x"), "Excel.Sheet.12", Inches(0), Inches(0))
    assert _read(deck).unread == ("Folie 1 enthält ein eingebettetes Objekt; das wurde nicht gelesen.",)


def test_language_is_that_of_most_letters_and_the_first_title_is_the_last_resort() -> None:
    deck = python_pptx.Presentation()
    deck.core_properties.title = "PowerPoint-Präsentation"
    slide = _slide(deck, "Partnerschaft")
    for language, words in (("fr-FR", "bonjour"), ("de-DE", "Guten Tag allerseits")):
        _box(slide, words)
        run: Any = list(slide._element.iter(qn("a:r")))[-1]
        run.get_or_add_rPr().set("lang", language)
    assert _read(deck).extracted == {"title": "Partnerschaft", "language": "de"}


def test_numbered_points_keep_their_numbers() -> None:
    deck = _deck()
    _insert(
        _slide(deck, "Schritte"),
        "<p:sp><p:nvSpPr><p:cNvPr id='7' name='x'/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>"
        "<p:txBody><a:bodyPr/>"
        + "".join(
            f"<a:p><a:pPr><a:buAutoNum type='arabicPeriod'/></a:pPr><a:r><a:t>{words}</a:t></a:r></a:p>"
            for words in ("planen", "reisen")
        )
        + "</p:txBody></p:sp>",
    )
    assert _read(deck).sections[0].text == "1. planen\n2. reisen"


def test_a_presentation_without_slides_or_words_is_an_error() -> None:
    deck = _deck()
    with pytest.raises(UnreadableSourceError, match="keine Folien"):
        _read(deck)
    _slide(deck).shapes.add_picture(io.BytesIO(PIXEL), Inches(0), Inches(0))
    with pytest.raises(UnreadableSourceError, match=r"keiner Folie \(1\)"):
        _read(deck)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_off_file_is_an_error(share: float) -> None:
    raw = _bytes(_deck())
    with pytest.raises(UnreadableSourceError, match=r"beschädigt.*PowerPoint"):
        read_written("a.pptx", raw[: int(len(raw) * share)])


def test_a_zip_bomb_is_not_unpacked() -> None:
    with pytest.raises(UnreadableSourceError, match="entpackt zu groß"):
        read_written("a.pptx", zipped({"ppt/presentation.xml": b" " * (office_archive.MAX_RATIO * 100_000)}))


def test_an_archive_that_is_no_real_presentation_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="beschädigt"):
        read_written("a.pptx", zipped({"ppt/presentation.xml": b"<x/>"}))


def test_another_file_with_this_name_and_a_locked_one_are_named_as_such() -> None:
    with pytest.raises(UnreadableSourceError, match="ein Word-Dokument"):
        read_written("a.pptx", zipped({"word/document.xml": b"x"}))
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableSourceError, match="Kennwort"):
        read_written("a.pptx", locked)


def test_an_entity_bomb_is_refused() -> None:
    deck = _deck()
    _box(_slide(deck), "Text")
    bomb = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><p:sld>&b;</p:sld>'
    raw = with_part(_bytes(deck), "ppt/slides/slide1.xml", bomb.encode())
    with pytest.raises(UnreadableSourceError, match="Entitäten"):
        read_written("a.pptx", raw)


@SLOW_ROUND_TRIP
@given(
    st.lists(
        st.tuples(LINES, st.lists(LINES, max_size=3), st.lists(LINES, max_size=2)), min_size=1, max_size=4
    )
)
def test_every_word_comes_out_once_on_its_slide(slides: list[tuple[str, list[str], list[str]]]) -> None:
    deck = _deck()
    for number, (title, points, boxes) in enumerate(slides):
        slide = _slide(deck, title, _TITLE_AND_BODY)
        slide.placeholders[1].text_frame.text = "\n".join(points)
        for place, words in enumerate(boxes):
            _box(slide, f"{place} {number} {words}", top=7 + place, height=0.5)
        slide.notes_slide.notes_text_frame.text = title  # type: ignore[union-attr]
    found = _told(_read(deck))
    assert len(found) == len(slides)
    for (title, points, boxes), (heading, _, text) in zip(slides, found, strict=True):
        told = [word for word in text.split() if word != "–" and not word.isdigit()]
        assert heading == (title,)
        assert told == " ".join([*points, *boxes, "Notizen:", title]).split()
