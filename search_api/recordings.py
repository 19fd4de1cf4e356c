"""Recordings that lie in the corpus: a source that is one itself, or one beside its transcript."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from search_api.originals import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_api.schemas import RecordingKind

# The smaller ones first: whoever only wants to listen need not load pictures.
_RECORDINGS = (".mp3", ".m4a", ".ogg", ".opus", ".wav", ".mp4", ".webm")
_TRANSCRIPTS = frozenset({".vtt", ".srt", ".ttml", ".dfxp", ".json3"})


@dataclass(frozen=True, slots=True)
class Recordings:
    """Looks for the recordings of sources, see `ingest/companions.py`, which pairs them.

    Each folder is listed once: made anew for every request, it says what is true at that moment.
    """

    corpus: Path
    _listed: dict[Path, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, source: str) -> str | None:
        """Return the path in the corpus of the recording of a source, None if there is none.

        vortrag.mp4 is that of itself, of vortrag.vtt and of vortrag.de.vtt. A link beside a transcript is
        none: it may lead to a file that nobody meant to be served.
        """
        path = Path(source)
        if is_recording(path):
            return source
        if path.suffix.lower() not in _TRANSCRIPTS:
            return None
        beside = self._beside(path.parent)
        found = next((name for name in _names(path.stem) if name in beside), None)
        return found and path.with_name(found).as_posix()

    def kind_of(self, source: str) -> RecordingKind | None:
        """Return whether the recording of a source is to be heard or seen, None if there is none."""
        found = self.of(source)
        if found is None:
            return None
        return "video" if MEDIA_TYPES[Path(found).suffix.lower()].startswith("video/") else "audio"

    def _beside(self, folder: Path) -> frozenset[str]:
        if folder not in self._listed:
            self._listed[folder] = _recordings_in(self.corpus / folder)
        return self._listed[folder]


def is_recording(path: Path) -> bool:
    """Whether a file of this name is one that players take."""
    return path.suffix.lower() in _RECORDINGS


def _recordings_in(folder: Path) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:  # it says what is a file without asking for each
            return frozenset(
                each.name
                for each in entries
                if is_recording(Path(each.name)) and each.is_file(follow_symlinks=False)
            )
    except OSError:  # the folder is gone: so are its recordings
        return frozenset()


def _names(stem: str) -> Iterator[str]:
    """Yield what the recording of a transcript of this name may be called, the likeliest first."""
    while stem:
        for suffix in _RECORDINGS:
            yield from (stem + suffix, stem + suffix.upper())
        stem = stem.rpartition(".")[0]
