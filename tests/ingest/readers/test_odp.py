from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import PageLocation
from tests.ingest.readers.open_documents import open_document
from tests.ingest.readers.written import LINES, ROUND_TRIP, read_written


def _frame(words: str, role: str = "", top: float = 1, left: float = 1) -> str:
    kind = f"presentation:class='{role}'" if role else ""
    place = f"svg:x='{left}cm' svg:y='{top}cm' svg:width='9cm' svg:height='1cm'"
    return f"<draw:frame {kind} {place}><draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame>"


def _page(*shapes: str, style: str = "dp1") -> str:
    return f"<draw:page draw:style-name='{style}'>{''.join(shapes)}</draw:page>"


def test_each_slide_is_a_section_under_its_title() -> None:
    notes = _frame("7", "page-number") + _frame("Hier fragen.", "notes")
    body = _page(
        _frame("unten", top=9),
        _frame("rechts", top=4, left=9),
        _frame("links", top=4.1),
        _frame("Förderung", "title"),
        _frame("Fuß", "footer", top=12),
        f"<presentation:notes>{notes}</presentation:notes>",
    )
    body += _page("<draw:custom-shape><text:p>Ohne Titel</text:p></draw:custom-shape>")
    document = read_written("a.odp", open_document(body, "presentation"))
    assert document.extracted["title"] == "Förderung"
    assert [(section.heading, section.location, section.text) for section in document.sections] == [
        (("Förderung",), PageLocation(1), "links\n\nrechts\n\nunten\n\nNotizen: Hier fragen."),
        ((), PageLocation(2), "Ohne Titel"),
    ]


def test_hidden_slides_and_slides_of_pictures_are_named() -> None:
    style = "<style:style style:name='dp2' style:family='drawing-page'>"
    style += "<style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
    picture = (
        "<draw:frame svg:width='20cm' svg:height='9cm'><draw:image xlink:href='Pictures/1.png'/></draw:frame>"
    )
    body = _page(_frame("eins"), style="dp2") + _page(_frame("Plan", "title"), picture)
    document = read_written("a.odp", open_document(body, "presentation", style))
    assert [doubt[:7] for doubt in document.doubts] == ["Folie 1"]
    assert [reason[:34] for reason in document.unread] == ["Folie 2 enthält außer der Überschr"]


def test_a_presentation_without_slides_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="keine Folien"):
        read_written("a.odp", open_document("", "presentation"))


@ROUND_TRIP
@given(st.lists(st.tuples(LINES, st.lists(LINES, max_size=3)), min_size=1, max_size=4))
def test_every_word_comes_out_once_on_its_slide(slides: list[tuple[str, list[str]]]) -> None:
    pages = []
    for number, (title, boxes) in enumerate(slides):
        shapes = [_frame(f"{number} {words}", top=place) for place, words in enumerate(boxes, start=2)]
        pages.append(_page(_frame(title, "title"), *reversed(shapes)))
    meta = "<dc:title>Vortrag</dc:title>"
    document = read_written("a.odp", open_document("".join(pages), "presentation", meta=meta))
    for number, ((title, boxes), section) in enumerate(zip(slides, document.sections, strict=True)):
        words = "\n\n".join(f"{number} {box}" for box in boxes)
        assert (section.heading, section.text) == (((title,), words) if boxes else ((), title))
