from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from index.errors import ModelError, UnreadableSourceError
from index.passage import Cue
from ingest.companions import RECORDING_SUFFIXES
from ingest.readers import recording
from ingest.readers.cues import Caption
from ingest.readers.recording import Speech, transcribe
from tests.ingest.readers.captions import cues_of
from tests.ingest.readers.written import read_written

if TYPE_CHECKING:
    from collections.abc import Iterator

_MP4 = b"\x00\x00\x00\x18ftypmp42"
_SPEECH = Speech(
    (Caption(0.0, 2.0, "Guten Tag."), Caption(2.5, 9.0, "Wir fahren nach Lyon.")), "de", length=8.5
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vortrag.mp4", _MP4),
        ("vortrag.m4a", b"\x00\x00\x00\x18ftypM4A "),
        ("vortrag.mp3", b"ID3\x04"),
        ("vortrag.mp3", b"\xff\xfb\x90\x00" + b"\x00" * 50),
        ("vortrag.wav", b"RIFF\x00\x00\x00\x00WAVE"),
        ("vortrag.ogg", b"OggS\x00"),
        ("vortrag.opus", b"OggS\x00"),
        ("vortrag.webm", b"\x1aE\xdf\xa3"),
    ],
)
def test_a_recording_without_a_model_is_an_error_that_says_what_to_do(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableSourceError, match=r"„transcription“.*vortrag\.vtt oder vortrag\.srt"):
        read_written(name, content)


@pytest.mark.parametrize("suffix", sorted(RECORDING_SUFFIXES))
def test_what_only_bears_the_name_of_a_recording_is_an_error(suffix: str) -> None:
    with pytest.raises(UnreadableSourceError, match="eine Textdatei"):
        read_written(f"a{suffix}", "Text")


def test_what_is_heard_becomes_cues_marked_as_a_machines() -> None:
    ticks: list[None] = []
    document = recording.read(
        Path("vortrag.mp4"), transcriber=lambda _: _SPEECH, tick=lambda: ticks.append(None)
    )
    assert cues_of(document) == [Cue(0.0, 2.0, "Guten Tag."), Cue(2.5, 9.0, "Wir fahren nach Lyon.")]
    assert document.extracted == {"language": "de", "automatic": True}
    assert document.doubts == ()
    assert len(ticks) == 2


def test_chapters_beside_a_recording_are_its_headings(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(_MP4)
    (tmp_path / "a.mp4.chapters.txt").write_text("0:00 Anfang\n0:02 Reise\n")
    found = recording.read(tmp_path / "a.mp4", transcriber=lambda _: _SPEECH)
    assert [section.heading for section in found.sections] == [("Anfang",), ("Reise",)]


def test_a_recording_without_speech_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="keine Sprache"):
        recording.read(Path("a.mp3"), transcriber=lambda _: Speech((), None, 5.0))


def test_without_the_extra_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(ModelError, match=r"pip install"):
        transcribe(Path("a.mp3"), Path("fehlt"))


class Whisper:
    """Stands in for the library's class of the same name, with the calls that we make."""

    def __init__(self, folder: str, *, device: str, compute_type: str, local_files_only: bool) -> None:
        assert (device, compute_type, local_files_only) == ("cpu", "int8", True)
        if folder == "leer":
            raise RuntimeError

    def transcribe(
        self, path: str, *, language: None, vad_filter: bool
    ) -> tuple[Iterator[SimpleNamespace], SimpleNamespace]:
        assert (language, vad_filter) == (None, True)
        return self._segments(path), SimpleNamespace(language="de", duration=3.0)

    def _segments(self, path: str) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(start=0.0, end=1.5, text=" Guten Tag. ")
        if "kaputt" in path:
            raise ValueError
        yield SimpleNamespace(start=1.5, end=2.0, text="  ")


@pytest.fixture
def _whisper(monkeypatch: pytest.MonkeyPatch) -> None:
    library = ModuleType("faster_whisper")
    library.WhisperModel = Whisper  # type: ignore[attr-defined] # a module made here
    monkeypatch.setitem(sys.modules, "faster_whisper", library)


@pytest.mark.usefixtures("_whisper")
def test_the_librarys_segments_become_captions() -> None:
    document = recording.read(Path("a.mp3"), transcriber=partial(transcribe, model=Path("modell")))
    assert cues_of(document) == [Cue(0.0, 1.5, "Guten Tag.")]


@pytest.mark.usefixtures("_whisper")
def test_a_damaged_recording_and_an_empty_folder_are_our_errors() -> None:
    with pytest.raises(UnreadableSourceError, match="nicht abspielen"):
        recording.read(Path("kaputt.mp3"), transcriber=partial(transcribe, model=Path("modell")))
    with pytest.raises(ModelError, match="Ordner leer"):
        transcribe(Path("a.mp3"), Path("leer"))
