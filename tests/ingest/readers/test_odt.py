from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import HeadingLocation
from ingest.readers import office_archive
from tests.ingest.readers.open_documents import open_document, part
from tests.ingest.readers.written import LINES, PARAGRAPHS, ROUND_TRIP, read_written, told_words, zipped

_NUMBERED = (
    "<text:list-style style:name='L1'><text:list-level-style-number text:level='1' style:num-format='1'/>"
    "</text:list-style>"
)


def _text(body: str, styles: str = "", parts: dict[str, str] | None = None) -> str:
    document = read_written("a.odt", open_document(body, styles=styles, parts=parts))
    return "\n\n".join(section.text for section in document.sections)


def _heading(words: str, level: int = 1) -> str:
    return f"<text:h text:outline-level='{level}'>{words}</text:h>"


def _p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def test_body_is_read_in_order_with_heading_paths() -> None:
    body = "<text:p text:style-name='Title'>Handbuch</text:p>" + _heading("Geld") + _p("Vorab.")
    body += _heading("Bus", 2) + _p("Fahren.")
    document = read_written("a.odt", open_document(body))
    assert document.extracted["title"] == "Handbuch"
    assert [(section.heading, section.location, section.text) for section in document.sections] == [
        (("Geld",), HeadingLocation("geld"), "Vorab."),
        (("Geld", "Bus"), HeadingLocation("bus"), "Fahren."),
    ]


def test_headings_by_style_and_in_lists_are_headings() -> None:
    style = "<style:style style:name='P1' style:family='paragraph' style:parent-style-name='Heading_20_2'/>"
    body = f"<text:list><text:list-item>{_heading('Geld')}</text:list-item></text:list>"
    body += f"<text:p text:style-name='P1'>Zuschuss</text:p>{_p('Text')}{_heading('Reise')}{_p('Text')}"
    document = read_written("a.odt", open_document(body, styles=style))
    assert [section.heading for section in document.sections] == [("Geld", "Zuschuss"), ("Reise",)]


def test_title_and_language_come_from_the_properties() -> None:
    meta = "<dc:title>Leitfaden</dc:title><dc:language>fr-FR</dc:language>"
    document = read_written("a.odt", open_document(_p("Text"), meta=meta))
    assert document.extracted == {"title": "Leitfaden", "language": "fr"}


def test_the_language_of_paragraphs_is_that_of_the_document() -> None:
    language = "<style:text-properties fo:language='de'/>"
    style = f"<style:default-style style:family='paragraph'>{language}</style:default-style>"
    raw = open_document(_p("Text"), parts={"styles.xml": part("office:document-styles", style)})
    assert read_written("a.odt", raw).extracted["language"] == "de"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (_p("eins<text:s text:c='3'/>zwei<text:tab/>drei<text:line-break/>vier"), "eins zwei drei\nvier"),
        (
            _p("Siehe\n  <text:a xlink:href='http://x.de'>Formular</text:a>, <text:span>bitte</text:span>."),
            "Siehe Formular, bitte.",
        ),
        (_p("Wort<office:annotation><text:p>Bemerkung</text:p></office:annotation>e"), "Worte"),
        (
            f"<text:tracked-changes><text:changed-region><text:deletion>{_p('gelöscht')}</text:deletion>"
            f"</text:changed-region></text:tracked-changes>{_p('alt<text:change/> neu')}",
            "alt neu",
        ),
        (
            _p(
                "Der Verein haftet.<text:note><text:note-citation>1</text:note-citation><text:note-body>"
                + _p("§ 31 BGB")
                + "</text:note-body></text:note>"
            )
            + _p("Danach."),
            "Der Verein haftet.\n\nFußnote: § 31 BGB\n\nDanach.",
        ),
        (
            _p(f"vor<draw:frame><draw:text-box>{_p('Kasten')}</draw:text-box></draw:frame>") + _p("nach"),
            "vor\n\nKasten\n\nnach",
        ),
        (
            _p("<draw:frame><draw:image/><svg:desc>Ein Bus</svg:desc></draw:frame>") + _p("x"),
            "Bild: Ein Bus\n\nx",
        ),
        (
            f"<text:table-of-content><text:index-body>{_p('Geld 3')}</text:index-body>"
            "</text:table-of-content>" + _p("x"),
            "x",
        ),
        (f"<text:section>{_p('eins')}</text:section>{_p('zwei')}", "eins\n\nzwei"),
        (
            f"<text:list><text:list-item>{_p('eins')}<text:list><text:list-item>{_p('zwei')}</text:list-item></text:list>"
            f"</text:list-item><text:list-item>{_p('drei')}</text:list-item></text:list>",
            "– eins\n– zwei\n– drei",
        ),
        (_p("eins<!-- Bemerkung --> zwei"), "eins zwei"),
    ],
)
def test_structure_becomes_lines(body: str, words: str) -> None:
    assert _text(body) == words


def test_numbered_lists_count_and_go_on() -> None:
    items = [f"<text:list-item>{_p(words)}</text:list-item>" for words in ("eins", "zwei", "drei", "vier")]
    body = f"<text:list text:style-name='L1'>{items[0]}{items[1]}</text:list>{_p('Pause')}"
    body += (
        f"<text:list text:style-name='L1' text:continue-numbering='true'>{items[2]}</text:list>{_p('Pause')}"
    )
    body += f"<text:list text:style-name='L1'>{items[3]}</text:list>"
    assert _text(body, _NUMBERED) == "1. eins\n2. zwei\n\nPause\n\n3. drei\n\nPause\n\n1. vier"


def _cell(words: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{_p(words)}</table:table-cell>"


def _row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


_COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([_row(_cell("A"), _cell("B")), _row(_cell("x"), _cell("y"))], "A: x; B: y"),
        (
            [
                f"<table:table-header-rows>{_row(_cell('A'), _cell('B'))}</table:table-header-rows>",
                _row(_cell("x", "table:number-rows-spanned='2'"), _cell("1")),
                _row(_COVERED, _cell("2")),
            ],
            "A: x; B: 1\nA: x; B: 2",
        ),
        (
            [
                _row(_cell("A"), _cell("B"), _cell("C")),
                _row(_cell("breit", "table:number-columns-spanned='2'"), _COVERED, _cell("z")),
                _row(_cell("x", "table:number-columns-repeated='2'"), _cell("z")),
            ],
            "A: breit; C: z\nA: x; B: x; C: z",
        ),
        ([_row(_cell("Frist:"), _cell("März"))], "Frist: März"),
        ([_row("<table:table-cell>" + _p("eins") + _p("zwei") + "</table:table-cell>")], "eins\n\nzwei"),
        (
            [
                _row(_cell("A"), "<table:table-cell table:number-columns-repeated='99999999'/>"),
                _row(_cell("x")),
            ],
            "A: x",
        ),
    ],
)
def test_tables_are_rows_with_the_words_of_their_header(rows: list[str], words: str) -> None:
    assert _text(f"<table:table>{''.join(rows)}</table:table>") == words


def test_headings_in_a_layout_table_are_headings() -> None:
    cell = f"<table:table-cell>{_heading('Bus')}{_p('Fahren')}</table:table-cell>"
    body = f"<table:table>{_row(cell, _cell('x'))}</table:table>"
    document = read_written("a.odt", open_document(body + _heading("Bahn") + _p("y")))
    assert [section.heading for section in document.sections] == [("Bus",), ("Bahn",)]


def test_formulas_and_charts_within_the_file_are_read_and_others_are_not() -> None:
    formula = "<math:semantics><math:mfrac><math:mi>Zuschuss</math:mi><math:mi>Kosten</math:mi></math:mfrac>"
    formula += "<math:annotation>over</math:annotation></math:semantics>"
    rows = _row(_cell("Jahr"), _cell("Anträge")) + _row(_cell("2025"), _cell("12"))
    chart = f"<office:body><table:table>{rows}</table:table></office:body>"
    parts = {
        "Objekt 1/content.xml": part("math:math", formula),
        "Objekt 2/content.xml": part("office:document-content", chart),
    }
    frames = "".join(
        f"<draw:frame><draw:object xlink:href='{address}'/></draw:frame>"
        for address in ("./Objekt 1", "./Objekt 2", "../geheim", "http://example.org/x")
    )
    assert _text(_p(frames), parts=parts) == "Zuschuss/Kosten\n\nJahr: 2025; Anträge: 12"


def test_an_object_that_holds_itself_is_read_once() -> None:
    frame = "<draw:frame><draw:object xlink:href='./O'/></draw:frame>"
    inside = f"<office:body>{_p(f'Text {frame}')}</office:body>"
    parts = {"O/content.xml": part("office:document-content", inside)}
    assert _text(_p(frame), parts=parts) == "Text"


def test_a_locked_file_is_named_as_such() -> None:
    manifest = part(
        "manifest:manifest", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    )
    raw = open_document(_p("x"), parts={"META-INF/manifest.xml": manifest, "content.xml": "verschlüsselt"})
    with pytest.raises(UnreadableSourceError, match="Kennwort"):
        read_written("a.odt", raw)


def test_a_manifest_without_its_namespace_is_no_obstacle() -> None:
    manifest = "<manifest:manifest><manifest:file-entry/></manifest:manifest>"  # OpenOffice.org 2.0
    assert _text(_p("Text"), parts={"META-INF/manifest.xml": manifest}) == "Text"


@pytest.mark.parametrize(
    ("kind", "name"), [("spreadsheet", "eine Tabelle"), ("presentation", "eine Präsentation")]
)
def test_another_open_document_is_named_as_such(kind: str, name: str) -> None:
    with pytest.raises(UnreadableSourceError, match=f"„.odt“.*{name}"):
        read_written("a.odt", open_document(_p("x"), kind))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_off_file_is_an_error(share: float) -> None:
    raw = open_document(_p("x"))
    with pytest.raises(UnreadableSourceError, match=r"beschädigt.*LibreOffice"):
        read_written("a.odt", raw[: int(len(raw) * share)])


@pytest.mark.parametrize("content", ["<offen>", "", "Text", "<a/>"])
def test_damaged_content_is_an_error(content: str) -> None:
    with pytest.raises(UnreadableSourceError, match=r"beschädigt|kein bekanntes"):
        read_written("a.odt", open_document("", parts={"content.xml": content}))


def test_a_file_without_content_or_words_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="beschädigt"):
        read_written("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}))
    with pytest.raises(UnreadableSourceError, match="keinen Text"):
        read_written("a.odt", open_document(_p(" ")))


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = " " * (office_archive.MAX_RATIO * 100_000)
    with pytest.raises(UnreadableSourceError, match="entpackt zu groß"):
        read_written("a.odt", open_document("", parts={"content.xml": bomb}))


def test_an_entity_bomb_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(UnreadableSourceError, match="Entitäten"):
        read_written("a.odt", open_document("", parts={"content.xml": bomb}))


def test_absurd_nesting_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="beschädigt"):
        read_written("a.odt", open_document("<text:section>" * 5000 + _p("x") + "</text:section>" * 5000))


@ROUND_TRIP
@given(
    st.lists(
        st.tuples(LINES, PARAGRAPHS, st.sampled_from(["p", "list", "table", "frame"])), min_size=1, max_size=5
    )
)
def test_every_word_comes_out_once_and_in_order(parts: list[tuple[str, list[str], str]]) -> None:
    body, expected = "", []
    for number, (heading, paragraphs, form) in enumerate(parts):
        texts = "".join(map(_p, paragraphs))
        wrapped = {
            "p": texts,
            "list": f"<text:list><text:list-item>{texts}</text:list-item></text:list>",
            "table": f"<table:table>{_row(f'<table:table-cell>{texts}</table:table-cell>')}</table:table>",
            "frame": _p(f"<draw:frame><draw:text-box>{texts}</draw:text-box></draw:frame>"),
        }
        body += _heading(f"{number} {heading}", 2) + wrapped[form]
        expected += f"{number} {heading}".split() + " ".join(paragraphs).split()
    document = read_written("a.odt", open_document(body))
    assert [word for word in told_words(document) if word != "–"] == expected
