"""Files that belong to others: chapters beside a transcript, transcripts beside a recording."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHAPTER_SUFFIXES = (".chapters.txt", ".chapters.vtt")  # after the whole name: vortrag.vtt.chapters.txt
RECORDING_SUFFIXES = frozenset({".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".webm", ".opus"})
TRANSCRIPT_SUFFIXES = frozenset({".vtt", ".srt", ".ttml", ".dfxp", ".json3"})


def chapter_files(path: Path) -> tuple[Path, ...]:
    """Return the files with chapters for the source at `path`, the one that counts first.

    A transcript also takes what is named after its recording: vortrag.mp4.chapters.txt for vortrag.mp4
    and vortrag.de.vtt. Links are left out: they may lead out of the corpus.
    """
    names = [path, *_recordings(path)]
    candidates = (Path(f"{name}{suffix}") for name in names for suffix in CHAPTER_SUFFIXES)
    return tuple(each for each in candidates if each.is_file() and not each.is_symlink())


def is_chapter_file(path: Path) -> bool:
    """Whether `path` holds the chapters of a file beside it, and is no source of its own.

    The chapters of a recording that lies elsewhere belong to its transcript.
    """
    name = path.name
    ending = next((suffix for suffix in CHAPTER_SUFFIXES if name.endswith(suffix)), None)
    if ending is None:
        return False
    named = path.with_name(name.removesuffix(ending))
    return named.is_file() or is_transcribed(named)


def is_transcribed(path: Path) -> bool:
    """Whether `path` is a recording whose transcript lies beside it: vortrag.vtt or vortrag.de.vtt.

    Its words come from the transcript, so there is nothing to be read from the recording itself.
    """
    if path.suffix.lower() not in RECORDING_SUFFIXES:
        return False
    start = f"{path.stem}."
    return any(
        each.name.startswith(start) and each.suffix.lower() in TRANSCRIPT_SUFFIXES and each.is_file()
        for each in path.parent.iterdir()
    )


def _recordings(path: Path) -> Iterator[Path]:
    """Yield what the recording of a transcript may be called, see `is_transcribed`; nothing for others."""
    stem = path.stem if path.suffix.lower() in TRANSCRIPT_SUFFIXES else ""
    while stem:
        yield from (path.with_name(stem + suffix) for suffix in sorted(RECORDING_SUFFIXES))
        stem = stem.rpartition(".")[0]
