from __future__ import annotations

import math

from ingest.readers.cue_times import plausible
from ingest.readers.cues import Caption


def captions(*times: tuple[float, float]) -> list[Caption]:
    return [Caption(start, end, f"Satz {number}") for number, (start, end) in enumerate(times)]


def test_possible_times_stay_as_they_are() -> None:
    told = captions((0.0, 4.0), (4.0, 4.0), (3000.0, 3100.0), (16_000.0, 16_001.0))
    assert plausible(told) == (told, [])


def test_a_cue_hours_behind_all_others_moves_to_the_one_before_and_is_named() -> None:
    told = captions((0.0, 4.0), (356_400.0, 356_405.0), (5.0, 9.0))
    found, doubts = plausible(told)
    assert [(each.start, each.end) for each in found] == [(0.0, 4.0), (1.0, 2.0), (5.0, 9.0)]
    assert doubts == [
        "Der Untertitel bei 99:00:00 („Satz 1“) liegt Stunden hinter allen anderen; er steht jetzt bei "
        "00:00:01. Bitte berichtigen Sie seine Zeit."
    ]


def test_a_recording_that_goes_on_after_hours_is_left_alone() -> None:
    told = captions(*((start, start + 4.0) for start in (0.0, 10.0, 40_000.0, 40_010.0, 40_020.0)))
    assert plausible(told) == (told, [])


def test_a_cue_that_lasts_for_hours_is_shortened_and_named() -> None:
    found, doubts = plausible(captions((1.0, 356_400.0), (5.0, 6.0)))
    assert [(each.start, each.end) for each in found] == [(1.0, 2.0), (5.0, 6.0)]
    assert doubts == [
        "Der Untertitel bei 00:00:01 („Satz 0“) soll bis 99:00:00 dauern; sein Ende ist jetzt geschätzt."
    ]


def test_a_long_turn_with_many_words_is_no_mistake() -> None:
    told = [Caption(0.0, 1800.0, "wort " * 3000)]
    assert plausible(told) == (told, [])


def test_times_that_run_backwards_are_named_and_the_order_of_the_file_stays() -> None:
    told = captions((50.0, 51.0), (3.0, 4.0))
    found, doubts = plausible(told)
    assert found == told
    assert doubts == [
        "Die Zeit springt bei 00:00:50 zurück auf 00:00:03 („Satz 1“). Bitte prüfen Sie die Reihenfolge."
    ]


def test_a_recording_that_begins_at_ten_o_clock_is_named() -> None:
    _, doubts = plausible(captions((36_000.0, 36_001.0), (36_002.0, 36_003.0)))
    assert [doubt[:52] for doubt in doubts] == ["Der erste Untertitel beginnt erst bei 10:00:00. Bitt"]


def test_missing_ends_are_the_next_start_then_an_estimate_within_the_recording() -> None:
    told = [Caption(0.0, math.inf, "eins"), Caption(7.0, math.inf, "wort " * 22)]
    assert [each.end for each in plausible(told)[0]] == [7.0, 17.0]
    assert [each.end for each in plausible(told, 12.5)[0]] == [7.0, 12.5]
    assert [each.end for each in plausible(told, 3.0)[0]] == [7.0, 7.0]
