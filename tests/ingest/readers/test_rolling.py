"""Rolling captions give back the words that were said, once, in order, each at the time when it appeared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from tests.ingest.readers.captions import (
    SPEECHES,
    Shown,
    as_srt,
    as_vtt,
    cues_of,
    growing,
    lettered,
    repeated,
    spoken_words,
    starts_of_words,
    windowed,
    youtube,
)
from tests.ingest.readers.written import ROUND_TRIP, read_written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Roll = Callable[[Sequence[str]], list[Shown]]

ROLLS: dict[str, Roll] = {
    "twice": lambda lines: repeated(lines, 2, 0.0),
    "thrice": lambda lines: repeated(lines, 3, 0.05),
    "twice after pauses": lambda lines: repeated(lines, 2, 0.4),
    "growing": growing,
    "two lines": lambda lines: windowed(lines, 2),
    "three lines": lambda lines: windowed(lines, 3),
}


def test_lines_that_begin_alike_are_all_kept_when_they_are_shown_again_after_pauses() -> None:
    lines = ["wir", "wir fahren", "wird", "Bus", "Bus und Bahn", "und", "Busse", "Bahn"]
    document = read_written("a.vtt", as_vtt(repeated(lines, 2, 0.4)))
    assert spoken_words(document) == " ".join(lines).split()


@pytest.mark.parametrize("roll", ROLLS.values(), ids=ROLLS)
@ROUND_TRIP
@given(SPEECHES)
def test_rolled_lines_give_back_the_plain_words(roll: Roll, lines: list[str]) -> None:
    shown = roll(lines)
    for name, text in (("a.vtt", as_vtt(shown)), ("a.srt", as_srt(shown))):
        assert spoken_words(read_written(name, text)) == " ".join(lines).split()


@ROUND_TRIP
@given(SPEECHES)
def test_a_line_that_grows_by_letters_gives_back_the_plain_words(lines: list[str]) -> None:
    long = [f"{line} und weiter" for line in lines]
    assert spoken_words(read_written("a.srt", as_srt(lettered(long)))) == " ".join(long).split()


@ROUND_TRIP
@given(SPEECHES)
def test_a_window_after_pauses_gives_back_the_plain_words(lines: list[str]) -> None:
    long = [f"{line} und{number}" for number, line in enumerate(lines)]
    text = as_vtt(windowed(long, 2, 0.5))
    assert spoken_words(read_written("a.vtt", text)) == " ".join(long).split()


@ROUND_TRIP
@given(SPEECHES)
def test_youtube_captions_give_back_the_plain_words_at_their_times(lines: list[str]) -> None:
    document = read_written("a.vtt", as_vtt(youtube(lines), "Kind: captions\nLanguage: de\n"))
    assert spoken_words(document) == " ".join(lines).split()
    assert [cue.start for cue in cues_of(document)] == [index * 3.0 for index in range(len(lines))]
    assert document.extracted == {"language": "de", "automatic": True}


@ROUND_TRIP
@given(SPEECHES)
def test_a_growing_line_keeps_the_time_of_each_word(lines: list[str]) -> None:
    starts = starts_of_words(read_written("a.vtt", as_vtt(growing(lines))))
    assert list(starts.values()) == [index * 0.5 for index in range(len(starts))]


@pytest.mark.parametrize("pause", [0.2, 0.5, 1.5, 30.0])
def test_a_sentence_that_is_said_twice_is_kept_twice(pause: float) -> None:
    shown = [
        (1.0, 3.0, "Das geht nicht."),
        (3.0 + pause, 5.0 + pause, "Das geht nicht."),
        (90.0, 91.0, "Doch."),
    ]
    assert (
        spoken_words(read_written("a.vtt", as_vtt(shown))) == "Das geht nicht. Das geht nicht. Doch.".split()
    )


def test_who_insists_is_heard_each_time() -> None:
    shown = [(2.0 * index, 2.0 * index + 1.5, "Nein.") for index in range(5)]
    assert spoken_words(read_written("a.vtt", as_vtt(shown))) == ["Nein."] * 5


def test_a_sentence_said_twice_in_a_rolling_file_is_kept_twice() -> None:
    lines = ["wir fahren", "nach lyon", "nach lyon", "und zurück"]
    assert spoken_words(read_written("a.vtt", as_vtt(windowed(lines, 2)))) == " ".join(lines).split()


def test_another_speaker_who_says_the_same_is_kept() -> None:
    shown = [(0.0, 1.0, "<v Anna>Ja."), (1.0, 2.0, "<v Bernd>Ja.")]
    assert [cue.speaker for cue in cues_of(read_written("a.vtt", as_vtt(shown)))] == ["Anna", "Bernd"]


def test_a_word_that_ends_one_caption_and_begins_the_next_is_kept_twice() -> None:
    shown = [
        (0.0, 2.0, "ich habe das"),
        (2.0, 4.0, "das gemacht"),
        (4.0, 5.0, "ja"),
        (5.0, 7.0, "januar ist gut"),
    ]
    assert " ".join(spoken_words(read_written("a.vtt", as_vtt(shown)))) == (
        "ich habe das das gemacht ja januar ist gut"
    )


def test_a_line_shown_again_after_a_short_pause_with_a_new_one_is_kept_once() -> None:
    shown = [(1.0, 3.0, "wir fahren"), (3.5, 5.0, "wir fahren\nnach Lyon")]
    assert [(cue.start, cue.text) for cue in cues_of(read_written("a.vtt", as_vtt(shown)))] == [
        (1.0, "wir fahren"),
        (3.5, "nach Lyon"),
    ]


def test_rolling_captions_below_youtubes_header_are_marked_as_made_by_a_machine() -> None:
    rolled = windowed(["wir fahren", "nach lyon", "und zurück"], 2)
    assert read_written("a.vtt", as_vtt(rolled, "Kind: captions\n")).extracted == {"automatic": True}
    assert read_written("a.vtt", as_vtt(rolled)).extracted == {}
    plain = [(0.0, 1.0, "Eins."), (1.0, 2.0, "Zwei.")]
    assert read_written("a.vtt", as_vtt(plain, "Kind: captions\n")).extracted == {}
