"""Files that belong to others: chapters beside a transcript, transcripts beside a recording."""

from __future__ import annotations

from pathlib import Path

CHAPTER_SUFFIXES = (".chapters.txt", ".chapters.vtt")  # after the whole name: vortrag.vtt.chapters.txt
RECORDING_SUFFIXES = frozenset({".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".webm", ".opus"})
TRANSCRIPT_SUFFIXES = frozenset({".vtt", ".srt", ".ttml", ".dfxp", ".json3"})


def chapter_files(path: Path) -> tuple[Path, ...]:
    """Return the files with chapters for the source at `path`, the one that counts first.

    A transcript beside its recording also takes what is named after that: vortrag.mp4.chapters.txt.
    """
    names = [path]
    if path.suffix.lower() in TRANSCRIPT_SUFFIXES:
        names += [path.with_suffix(suffix) for suffix in sorted(RECORDING_SUFFIXES)]
    candidates = (Path(f"{name}{suffix}") for name in names for suffix in CHAPTER_SUFFIXES)
    return tuple(each for each in candidates if each.is_file())


def is_chapter_file(path: Path) -> bool:
    """Whether `path` holds the chapters of a file beside it, and is no source of its own."""
    name = path.name
    ending = next((suffix for suffix in CHAPTER_SUFFIXES if name.endswith(suffix)), None)
    return ending is not None and path.with_name(name.removesuffix(ending)).is_file()


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
