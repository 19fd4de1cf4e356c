"""Recordings beside their transcripts: who has one, and how a player gets it piece by piece."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ingest.companions import RECORDING_SUFFIXES, is_transcribed
from search_api.recordings import Recordings
from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from httpx2 import Response  # what Starlette's test client returns

    from tests.search_api.house import House

TALK = "WEBVTT\n\n00:12:34.000 --> 00:12:38.000\nDas Protokoll schreibt die gastgebende Stadt.\n"
SOUND = bytes(range(256)) * 40
SOURCE = "transkripte/vortrag.vtt"


def played(house: House, source: str = SOURCE, **headers: str) -> Response:
    return house.client.get(f"/documents/{house.id_of(source)}/recording", headers=headers)


@pytest.fixture
def hall(house: House) -> House:
    house.write(SOURCE, TALK)
    house.write("transkripte/vortrag.mp3", SOUND)
    house.write("transkripte/stumm.vtt", TALK.replace("Protokoll", "Programm"))
    house.write("handbuch/vortrag.md", "# Vortrag\n\nEin Text über das Protokoll.\n")
    house.publish()
    return house


def test_who_has_a_recording_says_so_wherever_it_is_named(hall: House) -> None:
    listed = {each["source"]: each["recording"] for each in hall.client.get("/documents").json()["documents"]}
    assert listed == {SOURCE: "audio", "transkripte/stumm.vtt": None, "handbuch/vortrag.md": None}
    (hit, *_) = hall.search("Wer schreibt das Protokoll?").json()["hits"]
    assert (hit["document"]["source"], hit["document"]["recording"]) == (SOURCE, "audio")
    opened = hall.client.get(f"/documents/{hit['document']['id']}").json()
    assert opened["document"]["recording"] == "audio"


def test_it_comes_whole_and_can_do_nothing_but_play(hall: House) -> None:
    answer = played(hall)
    assert (answer.status_code, answer.content) == (200, SOUND)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-disposition"] == 'inline; filename="vortrag.mp3"'


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("bytes=0-99", 0, 99), ("bytes=1000-", 1_000, 10_239), ("bytes=-50", 10_190, 10_239)],
)
def test_a_player_gets_the_part_that_it_asks_for(hall: House, wanted: str, first: int, last: int) -> None:
    answer = played(hall, Range=wanted)
    assert answer.status_code == 206
    assert answer.headers["content-range"] == f"bytes {first}-{last}/10240"
    assert answer.content == SOUND[first : last + 1]


def test_a_part_that_there_is_not_is_refused(hall: House) -> None:
    answer = played(hall, Range="bytes=20000-")
    assert "hat die Datei nicht" in detail_of(answer, 416)
    assert answer.headers["content-range"] == "bytes */10240"


@pytest.mark.parametrize("wanted", ["bytes", "seconds=1-2", "bytes=", "bytes=9-5"])
def test_a_part_that_nobody_understands_is_refused_with_a_sentence(hall: House, wanted: str) -> None:
    for answer in (
        played(hall, Range=wanted),
        hall.client.get(f"/documents/{hall.id_of(SOURCE)}/file", headers={"Range": wanted}),
    ):
        assert "bytes=0-99" in detail_of(answer, 400)


def test_without_a_recording_there_is_a_sentence(hall: House) -> None:
    for source in ("transkripte/stumm.vtt", "handbuch/vortrag.md"):
        assert "liegt keine Aufnahme" in detail_of(played(hall, source), 404)
    (hall.corpus / "transkripte" / "vortrag.mp3").unlink()
    assert "liegt keine Aufnahme" in detail_of(played(hall), 404)


def test_a_recording_outside_the_corpus_is_never_played(hall: House, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.mp3"
    secret.write_bytes(b"geheim")
    beside = hall.corpus / "transkripte" / "vortrag.mp3"
    beside.unlink()
    beside.symlink_to(secret)
    answer = played(hall)
    detail_of(answer, 404)
    assert b"geheim" not in answer.content.replace(b"geheim.mp3", b"")


def test_a_link_named_like_a_recording_serves_no_other_file(hall: House) -> None:
    hall.write("transkripte/privat.txt", "Anschrift: vertraulich")
    beside = hall.corpus / "transkripte" / "vortrag.mp3"
    beside.unlink()
    beside.symlink_to("privat.txt")
    answer = played(hall)
    detail_of(answer, 404)
    assert b"vertraulich" not in answer.content
    listed = hall.client.get(f"/documents/{hall.id_of(SOURCE)}").json()
    assert listed["document"]["recording"] is None


def test_a_source_that_became_a_link_serves_no_other_file(
    hall: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.write("transkripte/privat.txt", "Anschrift: vertraulich")
    (hall.corpus / "transkripte" / "sprache.mp3").symlink_to("privat.txt")
    monkeypatch.setattr(Recordings, "of", lambda *_: "transkripte/sprache.mp3")
    assert "liegt keine Aufnahme" in detail_of(played(hall), 404)


def test_many_transcripts_in_one_folder_need_few_looks_at_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2_000):
        (tmp_path / f"v{number}.vtt").touch()
    (tmp_path / "v7.mp3").touch()
    looks: list[str] = []

    def counted(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def look(*given: object, **named: object) -> object:
            looks.append(name)
            assert len(looks) < 20
            seen: object = real(*given, **named)
            return seen

        return look

    recordings = Recordings(tmp_path)
    with monkeypatch.context() as patched:
        for name in ("listdir", "scandir", "stat", "lstat"):
            patched.setattr(os, name, counted(name))
        kinds = [recordings.kind_of(f"v{number}.vtt") for number in range(2_000)]
    assert (kinds[7], kinds.count(None)) == ("audio", 1_999)


@pytest.mark.parametrize(
    ("source", "files", "found", "kind"),
    [
        ("a/v.vtt", ["v.mp3"], "a/v.mp3", "audio"),
        ("a/v.srt", ["v.MP4"], "a/v.MP4", "video"),
        ("a/v.de.vtt", ["v.webm"], "a/v.webm", "video"),
        ("a/v.vtt", ["v.mp4", "v.m4a"], "a/v.m4a", "audio"),
        ("a/v.mp4", [], "a/v.mp4", "video"),
        ("a/v.vtt", ["w.mp3", "v.mp3.txt"], None, None),
        ("a/v.pdf", ["v.mp3"], None, None),
        ("b/v.vtt", [], None, None),
    ],
)
def test_which_recording_belongs_to_a_source(
    tmp_path: Path, source: str, files: list[str], found: str | None, kind: str | None
) -> None:
    (tmp_path / "a").mkdir()
    for name in files:
        (tmp_path / "a" / name).touch()
    recordings = Recordings(tmp_path)
    assert (recordings.of(source), recordings.kind_of(source)) == (found, kind)


@pytest.mark.parametrize("suffix", sorted(RECORDING_SUFFIXES))
def test_what_ingestion_pairs_is_paired_here_too(tmp_path: Path, suffix: str) -> None:
    recording = tmp_path / f"v{suffix}"
    recording.touch()
    (tmp_path / "v.de.vtt").touch()
    assert is_transcribed(recording)
    assert Recordings(tmp_path).of("v.de.vtt") == recording.name
