from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import Cue, TimeLocation
from tests.ingest.readers.captions import cues_of, spoken_words
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
        ("WEBVTT\n\nverloren\n", "Zeile 3: Der Text „verloren“"),
        ("WEBVTT\n\n00:xx --> 00:02.000\nHallo\n", "Zeile 3: .* ist nicht lesbar"),
        (_CUE, "WEBVTT"),
        ("WEBVTT\n", "keinen Text"),
    ],
)
def test_a_file_without_any_cue_is_an_error_that_says_why(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_written("a.vtt", text)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        (f"WEBVTT\n\n{_CUE}\nein Rest\nohne Zeit\n", "Zeile 6: Der Text „ein Rest ohne Zeit“ gehört zu"),
        (f"WEBVTT\n\n00:xx --> 00:02.000\nda\n\n{_CUE}", "Zeile 3: Die Zeitangabe „00:xx --> 00:02.000 da“"),
        (f"WEBVTT\n\nzwei\nZeilen\n{_CUE}", "Zeile 3: Der Text „zwei Zeilen“"),
        (f"WEBVTT\n\n{_CUE}foo-->\n", "Zeile 5: Die Zeitangabe „foo-->“"),
    ],
)
def test_what_no_cue_holds_is_named_and_the_rest_is_read(text: str, unread: str) -> None:
    document = read_written("a.vtt", text)
    assert spoken_words(document) == ["Hallo"]
    assert [remark[: len(unread)] for remark in document.unread] == [unread]


def test_a_timing_without_a_blank_line_before_it_begins_a_cue() -> None:
    text = f"WEBVTT\n\n{_CUE}00:02.500-->\t00:03.000\nda\n"
    assert cues_of(read_written("a.vtt", text)) == [Cue(1.0, 2.5, "Hallo"), Cue(2.5, 3.0, "da")]


def test_regions_of_old_drafts_are_no_words() -> None:
    text = f"WEBVTT\n\nRegion: id=a width=40%\n\nREGION\nid:b\n\n{_CUE}"
    document = read_written("a.vtt", text)
    assert (spoken_words(document), document.unread) == (["Hallo"], ())


def test_only_known_marks_are_taken_off() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<Musik> 3 < 4 und <lang de><i.x>zwei</i></lang> </c>\n"
    assert read_written("a.vtt", text).sections[0].text == "<Musik> 3 < 4 und zwei"


def test_a_cue_that_ends_before_it_starts_keeps_its_words_and_is_named() -> None:
    document = read_written("a.vtt", "WEBVTT\n\n00:05.000 --> 00:02.000\nHallo\n")
    assert cues_of(document) == [Cue(5.0, 6.0, "Hallo")]
    assert document.doubts == (
        "Zeile 3: Der Untertitel endet vor seinem Anfang; sein Ende ist jetzt geschätzt.",
    )


def test_times_of_words_make_each_sentence_begin_at_its_own() -> None:
    text = (
        "WEBVTT\nKind: captions\n\n00:00.000 --> 00:04.000\n \n"
        "wir<00:00:00.500><c> fahren.</c><00:00:01.000><c> Dann</c><00:00:01.500><c> kommt</c>\n\n"
        "00:04.000 --> 00:04.010\nwir fahren. Dann kommt\n \n\n"
        "00:04.010 --> 00:07.000\nwir fahren. Dann kommt\n"
        "der<00:00:05.000><c> Bus.</c><00:00:06.000><c> Ja.</c>\n"
    )
    document = read_written("a.vtt", text)
    assert [(cue.start, cue.text) for cue in cues_of(document)] == [
        (0.0, "wir fahren."),
        (1.0, "Dann kommt"),
        (4.01, "der Bus."),
        (6.0, "Ja."),
    ]
    assert document.extracted == {"automatic": True}
    assert document.doubts == ()


def test_a_file_cut_off_in_the_middle_is_read_as_far_as_it_goes() -> None:
    text = f"WEBVTT\n\n{_CUE}\n00:03.000 --> 00"
    document = read_written("a.vtt", text)
    assert spoken_words(document) == ["Hallo"]
    assert document.unread[0].startswith("Zeile 6: Die Zeitangabe")


def test_a_million_cues_are_refused_soon() -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableSourceError, match=r"mehr als 100\.000 Untertitel"):
        read_written("a.vtt", "WEBVTT\n\n" + f"{_CUE}\n" * 1_000_000)
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("part", ["<v ", "<b ", "<c.", "<00:", "&#", " \t", "x\n", "{\\"])
@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
def test_a_cue_made_to_be_slow_is_read_soon(name: str, part: str) -> None:
    began = time.monotonic()
    read_written(name, f"WEBVTT\n\n{_CUE}\n00:03.000 --> 00:04.000\na{part * 300_000}\n")
    assert time.monotonic() - began < 20


def test_a_million_bad_lines_are_named_by_a_few() -> None:
    text = f"WEBVTT\n\n{_CUE}\n" + "Rest\n\n" * 300_000
    unread = read_written("a.vtt", text).unread
    assert (len(unread), unread[-1]) == (21, "Dazu kommen 299980 weitere Stellen dieser Art.")


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
