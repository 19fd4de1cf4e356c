from __future__ import annotations

import json

import pytest
from hypothesis import given

from index.errors import UnreadableSourceError
from index.passage import Cue
from ingest.readers.json3 import is_json3
from tests.ingest.readers.captions import SPEECHES, cues_of, spoken_words, windowed
from tests.ingest.readers.written import ROUND_TRIP, read_written

Event = dict[str, object]


def file_of(*events: object) -> str:
    return json.dumps({"wireMagic": "pb3", "pens": [{}], "events": list(events)})


def event(start: int, length: int, text: str) -> Event:
    return {"tStartMs": start, "dDurationMs": length, "segs": [{"utf8": text}]}


def heard(start: int, length: int, words: list[str], step: int = 300) -> Event:
    pieces = [
        {"utf8": word if index == 0 else f" {word}", "tOffsetMs": index * step, "acAsrConf": 0}
        for index, word in enumerate(words)
    ]
    return {"tStartMs": start, "dDurationMs": length, "wWinId": 1, "segs": pieces}


def test_written_captions_keep_their_times_and_are_no_machines() -> None:
    document = read_written(
        "a.json3", file_of(event(210, 3830, "Guten Tag\nalle"), event(4040, 1000, "Danke"))
    )
    assert cues_of(document) == [Cue(0.21, 4.04, "Guten Tag alle"), Cue(4.04, 5.04, "Danke")]
    assert (document.extracted, document.doubts) == ({}, ())


def test_heard_captions_are_marked_and_end_where_the_next_begins() -> None:
    window: Event = {"tStartMs": 0, "dDurationMs": 9000, "id": 1, "wpWinPosId": 1}
    line_end: Event = {"tStartMs": 2000, "dDurationMs": 3000, "aAppend": 1, "segs": [{"utf8": "\n"}]}
    text = file_of(
        window, heard(0, 5000, ["wir", "fahren"]), line_end, heard(2000, 4000, ["nach", "Lyon", "und"])
    )
    document = read_written("a.json3", text)
    assert cues_of(document) == [Cue(0.0, 2.0, "wir fahren"), Cue(2.0, 6.0, "nach Lyon und")]
    assert document.extracted == {"automatic": True}
    assert document.doubts == ()
    assert document.unread == ()


def test_a_sentence_within_a_heard_caption_begins_at_its_first_word() -> None:
    document = read_written("a.json3", file_of(heard(1000, 2000, ["Ja.", "Wir", "fahren", "los."])))
    assert cues_of(document) == [Cue(1.0, 1.3, "Ja."), Cue(1.3, 3.0, "Wir fahren los.")]


def test_a_growing_event_says_its_words_once() -> None:
    text = file_of(heard(9200, 5300, ["Hallo."]), heard(10800, 3700, ["Hallo.", "Guten", "Tag."], 500))
    assert cues_of(read_written("a.json3", text)) == [Cue(9.2, 11.3, "Hallo."), Cue(11.3, 14.5, "Guten Tag.")]


def test_a_repeated_word_of_a_machine_is_kept() -> None:
    text = file_of(heard(0, 900, ["das", "ist"]), heard(900, 900, ["ist", "so", "so"]))
    assert spoken_words(read_written("a.json3", text)) == "das ist ist so so".split()


def test_numbers_in_quotes_and_a_missing_length_are_understood() -> None:
    text = file_of(
        {"tStartMs": "1000", "segs": [{"utf8": "eins"}]}, {"tStartMs": 3000, "segs": [{"utf8": "zwei"}]}
    )
    assert cues_of(read_written("a.json3", text)) == [Cue(1.0, 3.0, "eins"), Cue(3.0, 4.0, "zwei")]


def test_what_cannot_be_read_in_it_is_named() -> None:
    broken = {"tStartMs": 5000, "dDurationMs": 10, "segs": [{"utf8": "gut"}, 7]}
    document = read_written(
        "a.json3", file_of(event(0, 1000, "da"), "x", {"segs": [{"utf8": "ohne Zeit"}]}, broken)
    )
    assert spoken_words(document) == ["da", "gut"]
    assert [remark.partition(":")[0] for remark in document.unread] == [
        "Ereignis 2",
        "Ereignis 3",
        "Ereignis 4",
    ]
    assert "„ohne Zeit“" in document.unread[1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (file_of(event(0, 1, "x"))[:-20], "kein vollständiges JSON"),
        ('{"fragen": []}', "keine Untertitel von YouTube"),
        ("[" * 100_000, "zu tief verschachtelt"),
        (file_of(), "keinen Text"),
        (file_of({"segs": [{"utf8": "ohne Zeit"}]}), "Ereignis 1"),
    ],
)
def test_what_is_no_such_file_is_an_error(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_written("a.json3", text)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ({"wireMagic": "pb3", "events": []}, True),
        ({"events": [{"tStartMs": 0}]}, True),
        ({"events": []}, False),
        ({"events": [{"date": "2026"}], "wireMagic": "x"}, False),
        ({"events": {}}, False),
        ([], False),
        (None, False),
    ],
)
def test_youtubes_captions_are_told_from_other_json(value: object, answer: bool) -> None:
    assert is_json3(value) is answer


@ROUND_TRIP
@given(SPEECHES)
def test_every_word_comes_out_once_in_order_at_its_time(lines: list[str]) -> None:
    plain = file_of(*(event(index * 2000, 1500, line) for index, line in enumerate(lines)))
    expected = [Cue(index * 2.0, index * 2 + 1.5, line) for index, line in enumerate(lines)]
    assert cues_of(read_written("a.json3", plain)) == expected
    spoken = file_of(*(heard(index * 2000, 4000, line.split(), 100) for index, line in enumerate(lines)))
    starts = [cue.start for cue in cues_of(read_written("a.json3", spoken))]
    assert starts == [index * 2.0 for index in range(len(lines))]
    rolled = file_of(*(event(round(start * 1000), 2000, text) for start, _, text in windowed(lines, 2)))
    assert spoken_words(read_written("a.json3", rolled)) == " ".join(lines).split()
