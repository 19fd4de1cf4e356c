"""Recordings themselves: read through a transcript that a model on this machine makes of them.

That model is an optional extra and never downloaded here: its folder is given by the settings.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from index.errors import ModelError, UnreadableSourceError
from ingest.readers.cues import Caption
from ingest.readers.extracted import language_code
from ingest.readers.reader import unwatched
from ingest.readers.transcript import Transcript, document_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from faster_whisper import WhisperModel
    from faster_whisper.transcribe import Segment

    from index.passage import Document
    from ingest.readers.reader import Tick

_NOT_SET_UP = (
    "Aufnahmen werden nur verschriftet, wenn die Erweiterung „transcription“ installiert ist und unter "
    "KB_DATA ein Sprachmodell in models/transcription liegt. Sie können auch ein Transkript mit demselben "
    "Namen danebenlegen ({stem}.vtt oder {stem}.srt)."
)


@dataclass(frozen=True, slots=True)
class Speech:
    """What a recording says: captions as they are heard, the language's code, the length in seconds."""

    captions: Iterable[Caption]
    language: str | None
    length: float


class Transcriber(Protocol):
    """Hears what a recording says; `functools.partial(transcribe, model=folder)` is one."""

    def __call__(self, path: Path, /) -> Speech:
        """Return the words of the recording at `path`.

        Raises:
            UnreadableSourceError: the recording cannot be played.
        """


def read(path: Path, *, transcriber: Transcriber | None = None, tick: Tick = unwatched) -> Document:
    """Return what `transcriber` hears in a recording, marked as made by a machine.

    Raises:
        UnreadableSourceError: there is no transcriber, or it hears no words or cannot play the file.
    """
    if transcriber is None:
        raise UnreadableSourceError(_NOT_SET_UP.format(stem=path.stem))
    speech = transcriber(path)
    transcript = Transcript(language=speech.language, automatic=True, end=speech.length)
    for caption in speech.captions:
        transcript.add(caption)
        tick()
    if not transcript.captions:
        raise UnreadableSourceError(
            "In der Aufnahme ist keine Sprache zu hören. Bitte prüfen Sie, ob es die richtige ist."
        )
    return document_from(path, transcript)


def transcribe(path: Path, model: Path) -> Speech:
    """Return what the faster-whisper model in the folder `model` hears, without the net.

    Raises:
        ModelError: the extra is not installed, or the folder holds no such model.
        UnreadableSourceError: the recording cannot be played.
    """
    whisper = _loaded(model)
    with _playing():
        segments, about = whisper.transcribe(str(path), language=None, vad_filter=True)
    return Speech(_heard(segments), language_code(about.language), about.duration)


def _heard(segments: Iterable[Segment]) -> Iterator[Caption]:
    with _playing():  # each segment is decoded only when it is asked for
        for segment in segments:
            if words := segment.text.strip():
                yield Caption(segment.start, segment.end, words)


@contextmanager
def _playing() -> Iterator[None]:
    try:
        yield
    except (
        OSError,
        RuntimeError,
        ValueError,
        IndexError,
    ) as error:  # the decoder's errors are of these kinds
        message = "Die Aufnahme lässt sich nicht abspielen. Bitte prüfen Sie, ob sie vollständig ist."
        raise UnreadableSourceError(message) from error


@lru_cache(maxsize=1)
def _loaded(model: Path) -> WhisperModel:
    """Return the model, loaded once for all recordings of an ingestion."""
    try:
        from faster_whisper import WhisperModel  # noqa: PLC0415 - an optional extra, and a second to load
    except ImportError as error:
        message = "Die Erweiterung fehlt. Installieren Sie sie mit: pip install „.[transcription]“"
        raise ModelError(message) from error
    try:
        return WhisperModel(str(model), device="cpu", compute_type="int8", local_files_only=True)
    except (OSError, RuntimeError, ValueError) as error:
        message = f"Im Ordner {model} liegt kein Sprachmodell für faster-whisper."
        raise ModelError(message) from error
