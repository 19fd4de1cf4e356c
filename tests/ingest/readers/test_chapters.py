from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableSourceError
from ingest.readers import read
from tests.ingest.corpora import write
from tests.ingest.readers.captions import as_srt, as_vtt, windowed

if TYPE_CHECKING:
    from pathlib import Path

    from index.passage import Document

_SHOWN = [
    (0.0, 4.0, "Guten Tag."),
    (5.0, 9.0, "Es geht los."),
    (62.0, 65.0, "Zum Geld."),
    (66.0, 70.0, "Ende."),
]
_VTT = as_vtt(_SHOWN)


def document(folder: Path, name: str, text: str, chapters: str, ending: str = ".chapters.txt") -> Document:
    write(folder, {name: text, f"{name}{ending}": chapters})
    return read(folder / name)


def parts(found: Document) -> list[tuple[tuple[str, ...], str]]:
    return [(section.heading, section.text) for section in found.sections]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.vtt", _VTT),
        ("a.srt", as_srt(_SHOWN)),
        (
            "a.txt",
            "".join(f"{int(start // 60)}:{int(start % 60):02} {words}\n" for start, _, words in _SHOWN),
        ),
        (
            "a.ttml",
            "<tt><body>"
            + "".join(f'<p begin="{start}s" end="{end}s">{words}</p>' for start, end, words in _SHOWN)
            + "</body></tt>",
        ),
        (
            "a.json3",
            json.dumps(
                {
                    "events": [
                        {
                            "tStartMs": start * 1000,
                            "dDurationMs": (end - start) * 1000,
                            "segs": [{"utf8": words}],
                        }
                        for start, end, words in _SHOWN
                    ]
                }
            ),
        ),
    ],
)
def test_chapters_beside_any_transcript_are_its_headings(tmp_path: Path, name: str, text: str) -> None:
    found = document(
        tmp_path, name, text, "# aus der Beschreibung\n00:00 Begrüßung\n\n1:02 – Das liebe Geld\n"
    )
    assert parts(found) == [
        (("Begrüßung",), "Guten Tag. Es geht los."),
        (("Das liebe Geld",), "Zum Geld. Ende."),
    ]
    assert found.unread == ()


@pytest.mark.parametrize(
    "line",
    [
        "00:01:02 Geld",
        "[1:02] Geld",
        "(01:02) - Geld",
        "• 1:02 | Geld",
        "Geld 1:02",
        "- Geld (1:02)",
        "01:02.500 Geld",
    ],
)
def test_chapters_are_written_in_many_ways(tmp_path: Path, line: str) -> None:
    assert parts(document(tmp_path, "a.vtt", _VTT, line))[1] == (("Geld",), "Zum Geld. Ende.")


def test_a_webvtt_file_of_chapters_is_read(tmp_path: Path) -> None:
    chapters = "WEBVTT\n\n1\n00:00.000 --> 01:02.000\nAnfang\n\n01:02.000 --> 02:00.000\nDas liebe\nGeld\n"
    found = document(tmp_path, "a.vtt", _VTT, chapters, ".chapters.vtt")
    assert [heading for heading, _ in parts(found)] == [("Anfang",), ("Das liebe Geld",)]


def test_chapters_beside_the_file_count_instead_of_those_in_it(tmp_path: Path) -> None:
    text = _VTT.replace("WEBVTT\n", "WEBVTT\n\nNOTE Kapitel: Altes\n")
    assert parts(document(tmp_path, "a.vtt", text, "0:00 Neues"))[0][0] == ("Neues",)


def test_chapters_named_after_the_recording_hold_for_its_transcript(tmp_path: Path) -> None:
    write(tmp_path, {"a.vtt": _VTT, "a.mp4.chapters.txt": "0:00 Anfang"})
    assert parts(read(tmp_path / "a.vtt"))[0][0] == ("Anfang",)


def test_a_caption_belongs_to_the_chapter_that_most_of_it_lies_in(tmp_path: Path) -> None:
    found = document(tmp_path, "a.vtt", _VTT, "0:00 Anfang\n1:03 Geld\n1:08.5 Ende\n")
    assert [text for _, text in parts(found)] == ["Guten Tag. Es geht los.", "Zum Geld. Ende."]


def test_chapters_cut_no_word_out_of_rolling_captions(tmp_path: Path) -> None:
    shown = windowed(["wir fahren", "nach lyon", "und zurück"], 2)
    found = document(tmp_path, "a.vtt", as_vtt(shown), "0:00 Hin\n0:04 Her\n")
    assert parts(found) == [(("Hin",), "wir fahren nach lyon"), (("Her",), "und zurück")]


def test_bad_lines_are_named_with_file_and_line(tmp_path: Path) -> None:
    found = document(tmp_path, "a.vtt", _VTT, "0:00 Anfang\nmehr dazu\n1:99 Geld\n9:00 Nachspann\n")
    assert found.unread == (
        "a.vtt.chapters.txt, Zeile 2: „mehr dazu“ nennt kein Kapitel. "
        "Bitte schreiben Sie es wie 12:34 Versicherung.",
        "a.vtt.chapters.txt, Zeile 3: „1:99 Geld“ nennt kein Kapitel. "
        "Bitte schreiben Sie es wie 12:34 Versicherung.",
        "a.vtt.chapters.txt: Hinter dem Beginn des Kapitels „Nachspann“ (00:09:00) "
        "steht kein Untertitel mehr.",
    )
    assert parts(found)[0][0] == ("Anfang",)


def test_a_file_of_chapters_without_any_is_named(tmp_path: Path) -> None:
    assert document(tmp_path, "a.vtt", _VTT, "\n").unread == (
        "a.vtt.chapters.txt: Die Datei nennt kein Kapitel. Erwartet werden Zeilen wie 12:34 Geld.",
    )
    bad = document(tmp_path, "b.vtt", _VTT, "WEBVTT\n\nx --> y\nGeld\n", ".chapters.vtt").unread
    assert bad[0] == "b.vtt.chapters.vtt, Zeile 3: Zu „x --> y“ ist kein Kapitel zu lesen."


def test_chapters_that_cannot_be_decoded_are_an_error_that_names_them(tmp_path: Path) -> None:
    write(tmp_path, {"a.vtt": _VTT})
    (tmp_path / "a.vtt.chapters.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableSourceError, match=r"^a\.vtt\.chapters\.txt: "):
        read(tmp_path / "a.vtt")
