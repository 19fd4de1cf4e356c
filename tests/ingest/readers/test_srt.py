from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import Cue
from tests.ingest.readers.captions import cues_of, spoken_words
from tests.ingest.readers.written import LINES, ROUND_TRIP, read_written


def _cues(text: str) -> tuple[Cue, ...]:
    return read_written("a.srt", text).sections[0].cues


def test_files_of_the_wild_are_read() -> None:
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Guten</i> Tag\r\n\r\n"
        "00:00:03.000 --> 00:00:04.000\r\nohne Nummer\r\n\r\nund mit Leerzeile\r\n\r\n"
        "7\r\n0:00:05,5 --> 0:00:06,000 X1:1\r\n{\\an8}3 < 4"
    )
    assert _cues(text) == (
        Cue(1.0, 2.5, "Guten Tag"),
        Cue(3.0, 4.0, "ohne Nummer und mit Leerzeile"),
        Cue(5.5, 6.0, "3 < 4"),
    )


@pytest.mark.parametrize(
    ("words", "speaker", "spoken"),
    [
        ("Anna: Hallo", "Anna", "Hallo"),
        ("Anna von Muster: Hallo", "Anna von Muster", "Hallo"),
        ("Frau Dr. Muster: Hallo: ihr", "Frau Dr. Muster", "Hallo: ihr"),
        (">> ANNA MUSTER: Hallo", "ANNA MUSTER", "Hallo"),
        ("Wichtig: Fristen einhalten", None, "Wichtig: Fristen einhalten"),
        ("Versicherung: ja oder nein", None, "Versicherung: ja oder nein"),
        ("das heißt: nichts", None, "das heißt: nichts"),
        ("Um 12:30 Uhr", None, "Um 12:30 Uhr"),
    ],
)
def test_a_name_before_a_colon_is_the_speaker(words: str, speaker: str | None, spoken: str) -> None:
    assert _cues(f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n") == (Cue(1.0, 2.0, spoken, speaker),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\n00:00:01,000 -->\nHallo\n", "Zeile 2: .* ist nicht lesbar"),
        ("nur Text\n", "Zeile 1"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", "keinen Text"),
    ],
)
def test_a_file_without_any_cue_is_an_error_that_says_why(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_written("a.srt", text)


@pytest.mark.parametrize(
    ("before", "unread"),
    [
        ("Vorspann\n\n", "Zeile 1: Der Text „Vorspann“ gehört zu keinem Untertitel"),
        ("1\n00:00:00,000 -->\nda\n\n", "Zeile 2: Die Zeitangabe „00:00:00,000 --> da“"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(before: str, unread: str) -> None:
    document = read_written("a.srt", f"{before}2\n00:00:01,000 --> 00:00:02,000\nHallo\n")
    assert spoken_words(document) == ["Hallo"]
    assert [remark[: len(unread)] for remark in document.unread] == [unread]


def test_a_cue_that_ends_before_it_starts_keeps_its_words_and_is_named() -> None:
    document = read_written("a.srt", "1\n00:00:05,000 --> 00:00:02,000\nHallo\n")
    assert cues_of(document) == [Cue(5.0, 6.0, "Hallo")]
    assert document.doubts[0].startswith("Zeile 2: Der Untertitel endet vor seinem Anfang")


def test_a_text_in_the_wrong_encoding_is_read_all_the_same() -> None:
    raw = "1\n00:00:01,000 --> 00:00:02,000\nGrüße aus Köln\n".encode("cp1252")
    assert spoken_words(read_written("a.srt", raw)) == ["Grüße", "aus", "Köln"]


@ROUND_TRIP
@given(st.lists(st.tuples(LINES, st.booleans()), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_every_word_comes_out_once_and_in_order(cues: list[tuple[str, bool]], line_end: str) -> None:
    blocks = [
        f"{number}\n" * has_index + f"00:00:{number:02},000 --> 00:00:{number:02},500\n{words}"
        for number, (words, has_index) in enumerate(cues, start=1)
    ]
    document = read_written("a.srt", "\n\n".join(blocks).replace("\n", line_end))
    assert document.sections[0].text.split() == " ".join(words for words, _ in cues).split()
    assert [cue.start for cue in document.sections[0].cues] == [float(n) for n in range(1, len(cues) + 1)]
