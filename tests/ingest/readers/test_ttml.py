from __future__ import annotations

from html import escape

import pytest
from hypothesis import given

from index.errors import UnreadableSourceError
from index.passage import Cue
from tests.ingest.readers.captions import SPEECHES, cues_of, spoken_words
from tests.ingest.readers.written import ROUND_TRIP, read_written

_NAMESPACES = (
    'xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"'
    ' xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
)


def file_of(body: str, root: str = "", head: str = "") -> str:
    return f"<tt {_NAMESPACES} {root}><head>{head}</head><body>{body}</body></tt>"


def cues(body: str, root: str = "") -> list[Cue]:
    return cues_of(read_written("a.ttml", file_of(body, root)))


def times(body: str, root: str = "") -> list[tuple[float, float]]:
    return [(cue.start, cue.end) for cue in cues(body, root)]


def test_words_speakers_title_and_language_are_kept() -> None:
    head = (
        "<metadata><ttm:title>Fahrten planen</ttm:title><ttm:desc>nur für uns</ttm:desc>"
        '<ttm:agent xml:id="a"><ttm:name type="full">Anna Muster</ttm:name></ttm:agent></metadata>'
    )
    body = (
        '<div><p begin="1s" end="3s" ttm:agent="a">Guten\n   <span>Tag</span> &amp;<br/>willkommen'
        '<metadata><ttm:desc>leise</ttm:desc></metadata></p><p begin="4s" end="5s">Danke.</p></div>'
    )
    document = read_written("a.dfxp", file_of(body, 'xml:lang="de-DE"', head))
    assert document.extracted == {"title": "Fahrten planen", "language": "de"}
    assert cues_of(document) == [
        Cue(1.0, 3.0, "Guten Tag & willkommen", "Anna Muster"),
        Cue(4.0, 5.0, "Danke."),
    ]
    assert (document.unread, document.doubts) == ((), ())


@pytest.mark.parametrize(
    ("expression", "seconds"),
    [
        ("01:02:03", 3723.0),
        ("00:00:03.2350", 3.235),
        ("00:00:03:12", 3.501),
        ("00:03", 3.0),
        ("3.5s", 3.5),
        ("3500ms", 3.5),
        ("0.5m", 30.0),
        ("0.1h", 360.0),
        ("48f", 2.002),
        ("90t", 1.5),
        ("7", 7.0),
    ],
)
def test_every_kind_of_time_is_read(expression: str, seconds: float) -> None:
    root = 'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ttp:tickRate="60"'
    ((start, _),) = times(f'<div><p begin="{expression}" dur="1s">Hallo</p></div>', root)
    assert start == pytest.approx(seconds, abs=0.001)


def test_ticks_without_a_rate_count_by_frames() -> None:
    assert times('<p begin="50t" end="100t">Hallo</p>', 'ttp:frameRate="25"') == [(2.0, 4.0)]


def test_ntsc_time_codes_leave_out_numbers_but_no_frames() -> None:
    root = (
        'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="dropNTSC"'
    )
    assert times('<p begin="01:00:00:00" dur="1s">Hallo</p>', root) == [(3599.996, 3600.996)]


def test_times_count_from_the_parents_and_end_with_them() -> None:
    body = (
        '<div begin="10s" end="20s"><p begin="1s" dur="2s">eins</p><p begin="5s">zwei</p>'
        '<p begin="8s" end="60s">drei</p></div><div><p begin="30s" dur="9s" end="32s">vier</p></div>'
    )
    assert times(body) == [(11.0, 13.0), (15.0, 20.0), (18.0, 20.0), (30.0, 32.0)]


def test_a_sequence_counts_from_the_one_before() -> None:
    body = (
        '<div timeContainer="seq" dur="40s">'
        '<div timeContainer="seq"><p begin="5s" dur="5s">eins</p><p begin="5s" dur="5s">zwei</p></div>'
        '<div timeContainer="seq" dur="20s">'
        '<p begin="5s" dur="5s">drei</p><p begin="5s" dur="5s">vier</p></div>'
        "</div>"
    )
    assert times(body) == [(5.0, 10.0), (15.0, 20.0), (25.0, 30.0), (35.0, 40.0)]


def test_spans_with_times_of_their_own_and_a_gap_are_subtitles_of_their_own() -> None:
    body = (
        '<p begin="10s" dur="30s"><span end="14s">eins</span><br/><span begin="15s" dur="10s">zwei</span></p>'
    )
    assert [(cue.start, cue.end, cue.text) for cue in cues(body)] == [
        (10.0, 24.0, "eins"),
        (25.0, 35.0, "zwei"),
    ]


def test_words_with_times_make_each_sentence_begin_at_its_own() -> None:
    body = (
        '<p begin="10s" end="14s"><span begin="0s">Wir</span> <span begin="1s">fah</span>'
        '<span begin="1.2s">ren.</span> <span begin="2s">Sehr</span> <span begin="3s">sehr</span>'
        ' <span begin="3.5s">gern.</span></p>'
    )
    assert cues(body) == [Cue(10.0, 12.0, "Wir fahren."), Cue(12.0, 14.0, "Sehr sehr gern.")]


def test_two_speakers_in_a_paragraph_are_two_cues() -> None:
    body = '<p begin="1s" end="3s"><span ttm:agent="a">Ja?</span> <span ttm:agent="b">Nein.</span></p>'
    assert [(cue.speaker, cue.text) for cue in cues(body)] == [("a", "Ja?"), ("b", "Nein.")]


def test_a_missing_end_is_the_next_start_and_then_an_estimate() -> None:
    assert times('<p begin="1s">eins</p><p begin="5s">zwei drei</p>') == [(1.0, 5.0), (5.0, 6.0)]


@pytest.mark.parametrize(
    ("paragraph", "doubt"),
    [
        ('<p begin="bald" end="5s">Hallo</p>', "Zeile 1: Die Zeitangabe „bald“ ist nicht lesbar"),
        ('<p begin="9s" end="5s">Hallo</p>', "Zeile 1: „9s 5s“ endet vor seinem Anfang"),
        (
            '<div end="5s"><p begin="9s" end="12s">Hallo</p></div>',
            "Zeile 1: „9s 12s“ beginnt erst nach dem Ende",
        ),
    ],
)
def test_an_impossible_time_is_named_and_its_words_are_kept(paragraph: str, doubt: str) -> None:
    document = read_written("a.ttml", file_of(paragraph))
    assert spoken_words(document) == ["Hallo"]
    assert document.doubts[0].startswith(doubt)


def test_a_file_cut_off_in_the_middle_is_read_as_far_as_it_goes() -> None:
    text = file_of('\n<p begin="1s" end="2s">ganz</p>\n<p begin="3s" end="4s">auch</p>')
    document = read_written("a.ttml", text[: text.index("auch") + 2])
    assert spoken_words(document) == ["ganz", "au"]
    assert document.unread == (
        "Zeile 3: Ab hier ist die Datei beschädigt oder abgeschnitten; der Rest fehlt vielleicht.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_the_encoding_that_fits_counts_more_than_the_declared_one(encoding: str) -> None:
    text = file_of('<p begin="1s" end="2s">Grüße</p>')
    if encoding != "utf-16":
        text = f'<?xml version="1.0" encoding="UTF-8"?>{text}'
    assert spoken_words(read_written("a.ttml", text.encode(encoding))) == ["Grüße"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nur Text", "kein gültiges XML"),
        ("<rss><channel/></rss>", "keine TTML-Untertitel .*„rss“"),
        (file_of(""), "keinen Text"),
        (file_of("<div>" * 100_000 + '<p begin="1s" end="2s">x</p>'), "beschädigt"),
    ],
)
def test_what_is_no_ttml_is_an_error(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_written("a.ttml", text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_can_grow_or_fetch(encoding: str) -> None:
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    external = '<!ENTITY e0 SYSTEM "file:///etc/passwd">'
    text = f"<!DOCTYPE tt [{external}{bomb}]>" + file_of('<p begin="1s" end="2s">&e11;</p>')
    with pytest.raises(UnreadableSourceError, match="Entities"):
        read_written("a.ttml", text.encode(encoding))


@ROUND_TRIP
@given(SPEECHES)
def test_every_word_comes_out_once_in_order_at_its_time(lines: list[str]) -> None:
    body = "".join(
        f'<p begin="{index * 2}s" dur="1500ms">{escape(line)}</p>' for index, line in enumerate(lines)
    )
    document = read_written("a.ttml", file_of(f'<div begin="100s">{body}</div>'))
    assert cues_of(document) == [
        Cue(100.0 + index * 2, 101.5 + index * 2, line) for index, line in enumerate(lines)
    ]
