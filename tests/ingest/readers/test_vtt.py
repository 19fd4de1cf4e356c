from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import Cue, TimeLocation
from tests.ingest.readers.written import LINES, ROUND_TRIP, read_written

_CUE = "00:01.000 --> 00:02.500\nHallo\n"


def test_cues_keep_times_voices_and_words() -> None:
    text = (
        "\ufeffWEBVTT - Mitschnitt\r\nKind: captions\r\nLanguage: de-DE\r\n\r\n"
        "STYLE\r\n::cue { color: red }\r\n\r\n"
        "NOTE nur für uns\r\n\r\nerster\r\n01:00:01.000 --> 01:00:02.500 align:start line:0\r\n"
        "<v.laut Anna Muster>Guten <b>Tag</b> &amp; <00:00:01.500><c.gelb>willkommen</c></v>\r\n\r\n"
        "00:03.000 --> 00:04.000\r\nzwei\r\nZeilen"
    )
    document = read_written("a.vtt", text)
    assert document.extracted == {"language": "de"}
    assert document.sections[0].cues == (
        Cue(3601.0, 3602.5, "Guten Tag & willkommen", "Anna Muster"),
        Cue(3.0, 4.0, "zwei Zeilen"),
    )
    assert document.sections[0].text == "Guten Tag & willkommen zwei Zeilen"
    assert document.sections[0].location == TimeLocation(3.0, 3602.5)


def test_two_voices_of_a_cue_are_two_speakers() -> None:
    document = read_written("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Ja?</v>\n<v B>Nein.</v>\n")
    assert [(cue.speaker, cue.text) for cue in document.sections[0].cues] == [("A", "Ja?"), ("B", "Nein.")]


@pytest.mark.parametrize("note", ["NOTE Kapitel: Geld", "NOTE Chapter: Geld", "NOTE\nKapitel: Geld"])
def test_chapters_make_sections(note: str) -> None:
    text = f"WEBVTT\n\n{_CUE}\n{note}\n\n00:03.000 --> 00:04.000\nTschüs\n"
    sections = read_written("a.vtt", text).sections
    assert [(section.heading, section.text) for section in sections] == [((), "Hallo"), (("Geld",), "Tschüs")]
    assert sections[1].location == TimeLocation(3.0, 4.0)


def test_a_line_that_rolls_through_cues_is_kept_once() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:03.000\nwir fahren\n\n00:03.000 --> 00:05.000\nwir fahren\nnach Lyon\n\n"
        "00:05.000 --> 00:05.010\nnach Lyon\n\n00:05.010 --> 00:07.000\nnach Lyon\nund zurück\n"
    )
    section = read_written("a.vtt", text).sections[0]
    assert section.text == "wir fahren nach Lyon und zurück"
    assert [(cue.start, cue.end) for cue in section.cues] == [(1.0, 3.0), (3.0, 5.01), (5.01, 7.0)]


def test_a_cue_right_below_the_signature_is_read() -> None:
    assert read_written("a.vtt", f"WEBVTT\nKind: captions\n{_CUE}").sections[0].text == "Hallo"


def test_a_line_said_again_after_a_pause_is_kept() -> None:
    text = f"WEBVTT\n\n{_CUE}\n00:09.000 --> 00:10.000\nHallo\n"
    assert read_written("a.vtt", text).sections[0].text == "Hallo Hallo"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("WEBVTT\n\nverloren\n", "Zeile 3"),
        (f"WEBVTT\n\n{_CUE}\nein Rest\nohne Zeit\n", "Zeile 6"),
        ("WEBVTT\n\n00:05.000 --> 00:02.000\nHallo\n", "Zeile 3 endet vor"),
        ("WEBVTT\n\n00:xx --> 00:02.000\nHallo\n", "Zeile 3 ist nicht lesbar"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHallo\n00:02.000 --> 00:03.000\nda\n", "Zeile 5"),
        (_CUE, "WEBVTT"),
        ("WEBVTT\n", "keinen Text"),
    ],
)
def test_nothing_is_lost_silently(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_written("a.vtt", text)


@ROUND_TRIP
@given(st.lists(st.tuples(LINES, st.booleans(), st.booleans()), min_size=1, max_size=8))
def test_every_word_comes_out_once_and_in_order(cues: list[tuple[str, bool, bool]]) -> None:
    text, names = "WEBVTT\n", []
    for number, (words, has_name, is_chapter) in enumerate(cues):
        if is_chapter:
            text += f"\nNOTE Kapitel: Teil {number}\n"
            names.append(f"Teil {number}")
        text += (
            "\n" + f"cue {number}\n" * has_name
        ) + f"00:{number:02}.000 --> 00:{number:02}.500\n{words}\n"
    sections = read_written("a.vtt", text).sections
    assert " ".join(section.text for section in sections).split() == " ".join(w for w, _, _ in cues).split()
    assert [section.heading[0] for section in sections if section.heading] == names
    assert all(section.text == " ".join(cue.text for cue in section.cues) for section in sections)
