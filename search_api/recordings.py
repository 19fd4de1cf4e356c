"""Recordings that lie in the corpus: a source that is one itself, or one beside its transcript."""

from __future__ import annotations

from dataclasses import dataclass
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
    """Looks for the recordings of sources, see `ingest/companions.py`, which pairs them."""

    corpus: Path

    def of(self, source: str) -> str | None:
        """Return the path in the corpus of the recording of a source, None if there is none.

        vortrag.mp4 is that of itself, of vortrag.vtt and of vortrag.de.vtt.
        """
        path = Path(source)
        if path.suffix.lower() in _RECORDINGS:
            return source
        if path.suffix.lower() not in _TRANSCRIPTS:
            return None
        try:
            beside = {each.name for each in (self.corpus / path.parent).iterdir() if each.is_file()}
        except OSError:  # the folder is gone: so is the recording
            return None
        found = next((name for name in _names(path.stem) if name in beside), None)
        return found and path.with_name(found).as_posix()

    def kind_of(self, source: str) -> RecordingKind | None:
        """Return whether the recording of a source is to be heard or seen, None if there is none."""
        found = self.of(source)
        if found is None:
            return None
        return "video" if MEDIA_TYPES[Path(found).suffix.lower()].startswith("video/") else "audio"


def _names(stem: str) -> Iterator[str]:
    """Yield what the recording of a transcript of this name may be called, the likeliest first."""
    while stem:
        for suffix in _RECORDINGS:
            yield from (stem + suffix, stem + suffix.upper())
        stem = stem.rpartition(".")[0]
