from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passage import Cue, HeadingLocation
from tests.ingest.readers.captions import SPEECHES, cues_of
from tests.ingest.readers.written import ROUND_TRIP, read_written

_MARKS = {
    "bare": "{time} {words}",
    "square": "[{time}] {words}",
    "round": "({time}) {words}",
    "dash": "{time} - {words}",
    "long dash": "{time} – {words}",
    "bar": "{time} | {words}",
}


def cues(text: str) -> list[Cue]:
    return cues_of(read_written("a.txt", text))


def test_turns_have_times_speakers_and_the_lines_below_them() -> None:
    text = (
        "Gespräch im Rathaus\nAm Tisch: drei Personen\n\n"
        "00:00:05 Anna Muster: Guten Tag.\nIch komme\naus Köln.\n\n"
        "[00:12:34] Sprecher 2: Danke.\n\nUnd noch ein Absatz.\n\n(12:50) Wichtig: die Frist.\n"
    )
    document = read_written("a.txt", text)
    assert document.sections[0].location == HeadingLocation()
    assert document.sections[0].text == "Gespräch im Rathaus\nAm Tisch: drei Personen"
    assert document.extracted == {"title": "Gespräch im Rathaus"}
    assert cues_of(document) == [
        Cue(5.0, 754.0, "Guten Tag. Ich komme aus Köln.", "Anna Muster"),
        Cue(754.0, 770.0, "Danke. Und noch ein Absatz.", "Sprecher 2"),
        Cue(770.0, 771.364, "Wichtig: die Frist."),
    ]


def test_the_last_turn_ends_by_the_usual_speed_of_speech() -> None:
    assert cues(f"0:01 eins\n0:03 zwei\n0:07 {'wort ' * 22}")[-1].end == 17.0


def test_the_last_turn_never_ends_behind_the_recording() -> None:
    assert cues(f"Dauer: 0:12\n0:01 eins\n0:03 zwei\n0:07 {'wort ' * 22}")[-1].end == 12.0


def test_a_time_without_words_ends_the_turn_above() -> None:
    assert cues("0:01 eins\n0:03 zwei\n0:07 drei\n0:42\n")[-1] == Cue(7.0, 42.0, "drei")


def test_an_end_beside_the_start_is_taken() -> None:
    text = (
        "[00:00:01.000 --> 00:00:04.500]  Guten Tag\n[00:00:05.000 --> 00:00:06.500]  Ja\n0:09 - 0:11 Gut\n"
    )
    assert cues(text) == [Cue(1.0, 4.5, "Guten Tag"), Cue(5.0, 6.5, "Ja"), Cue(9.0, 11.0, "Gut")]


@pytest.mark.parametrize(
    "text",
    [
        "Programm\n\n09:00 Begrüßung\n09:30 Vortrag\n10:15 Pause\n12:00 Mittag\n",
        "Programm\n\n09:03 Uhr Begrüßung\n09:31 Uhr Vortrag\n10:16 Uhr Pause\n",
        "9:01 eins\n9:02 zwei\n",
        "Ergebnisse\n\n3:01 Köln\n1:02 Lyon\n2:03 Turku\n0:11 Wien\n",
        "Ein Text.\n\nUnd einer.\n\n0:01 a\n\nDann dies.\n\n0:02 b\n\nUnd das.\n\n0:03 c\n\nEnde.",
        "Das steht in Mose 1:03 und 2:07 geschrieben.\n" * 4,
    ],
)
def test_other_texts_with_times_stay_plain_text(text: str) -> None:
    document = read_written("a.txt", text)
    assert cues_of(document) == []
    assert document.sections[0].text.split() == text.split()


def test_times_in_steps_of_five_are_a_transcript_if_they_begin_with_nought() -> None:
    assert [cue.start for cue in cues("0:00 eins\n5:10 zwei\n10:15 drei\n")] == [0.0, 310.0, 615.0]


@ROUND_TRIP
@given(SPEECHES, st.sampled_from(sorted(_MARKS)), st.booleans(), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_every_word_comes_out_once_in_order_at_its_time(
    lines: list[str], mark: str, hours: bool, gap: str
) -> None:
    starts = [index * 61 + 7 for index in range(len(lines))]
    clocks = [
        f"{start // 3600:02}:{start // 60 % 60:02}:{start % 60:02}"
        if hours
        else f"{start // 60:02}:{start % 60:02}"
        for start in starts
    ]
    text = gap.join(
        _MARKS[mark].format(time=clock, words=line) for clock, line in zip(clocks, lines, strict=True)
    )
    found = cues(text)
    assert [(cue.start, cue.text) for cue in found] == list(zip(starts, lines, strict=True))
    assert [cue.end for cue in found[:-1]] == starts[1:]
