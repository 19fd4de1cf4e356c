"""From the captions of any format to a document: possible times, each word once, chapters, marks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import Document
from ingest.readers.chapters import chapters_beside
from ingest.readers.cue_times import plausible
from ingest.readers.cues import sections_from
from ingest.readers.extracted import extracted
from ingest.readers.rolling import unroll

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.passage import Section
    from ingest.readers.cues import Caption, Chapter

MAX_CAPTIONS = 100_000  # ten hours of speech have about 15 000, rolling ones three times as many
MAX_REMARKS = 20  # of a kind; nobody reads more about one file


@dataclass(slots=True)
class Transcript:
    """What a reader has found so far. `end` is the recording's last second, if the file tells it.

    `automatic` says that a machine wrote it, `automatic_if_rolling` that it did if its lines roll.
    `preface` are sections in front of the first spoken word. The rest is as in `Document`.
    """

    captions: list[Caption] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    title: str | None = None
    language: str | None = None
    automatic: bool = False
    automatic_if_rolling: bool = False
    end: float = math.inf
    preface: tuple[Section, ...] = ()

    def add(self, caption: Caption) -> None:
        """Take the next caption.

        Raises:
            UnreadableSourceError: there are more than any recording has.
        """
        if len(self.captions) >= MAX_CAPTIONS:
            count = f"{MAX_CAPTIONS:,}".replace(",", ".")
            raise UnreadableSourceError(
                f"Die Datei hat mehr als {count} Untertitel, so viele hat keine Aufnahme. "
                "Bitte prüfen Sie, ob es die richtige ist."
            )
        self.captions.append(caption)


def document_from(path: Path, transcript: Transcript) -> Document:
    """Return the document of a transcript at `path`, with the chapters that stand beside it.

    Those count instead of chapters in the file itself: somebody has put them there on purpose.

    Raises:
        UnreadableSourceError: nothing of the file could be read, or its chapters cannot.
    """
    captions, doubts = plausible(transcript.captions, transcript.end)
    if not captions and transcript.unread:
        raise UnreadableSourceError(transcript.unread[0])
    chapters, bad_lines = chapters_beside(path, captions)
    unrolled = unroll(captions)
    automatic = transcript.automatic or (transcript.automatic_if_rolling and unrolled.rolled)
    spoken = _one_after_another(unrolled.captions) if automatic else unrolled.captions
    doubts = _limited([*transcript.doubts, *doubts])
    return Document(
        (*transcript.preface, *sections_from(spoken, chapters or transcript.chapters)),
        extracted={
            **extracted(transcript.title, transcript.language),
            **({"automatic": True} if automatic else {}),
        },
        unread=(*_limited(transcript.unread), *_limited(bad_lines)),
        doubts=tuple(doubts),
    )


def _one_after_another(captions: Sequence[tuple[int, Caption]]) -> list[tuple[int, Caption]]:
    """Let each caption end where the next begins: what a machine has heard stays on show for longer."""
    starts = [*(caption.start for _, caption in captions[1:]), math.inf]
    return [
        (index, replace(caption, end=min(caption.end, max(caption.start, start))))
        for (index, caption), start in zip(captions, starts, strict=True)
    ]


def _limited(remarks: Sequence[str]) -> list[str]:
    left_out = len(remarks) - MAX_REMARKS
    more = [f"Dazu kommen {left_out} weitere Stellen dieser Art."] if left_out > 0 else []
    return [*remarks[:MAX_REMARKS], *more]
