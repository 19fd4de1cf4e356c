"""Slides of any presentation as a document: one section a slide, in reading order, without footers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import Document, PageLocation, Section
from ingest.readers.extracted import extracted
from ingest.readers.headings import Block, Heading, Text, Turn, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MIN_SLIDES = 3  # a line that stands on fewer slides may well be a sentence
_LONGEST = 150  # characters of a footer; a longer text that returns is meant
_MOST = 0.4  # share of the slides that repeat a footer, as with the pages of a PDF
_ROW = 0.5  # a shape that begins in the upper half of another stands beside it, not below
_LARGE_PICTURE = 0.2  # of the slide; smaller ones are logos and decoration


@dataclass(frozen=True, slots=True)
class SlidePart:
    """What one shape says, and where it stands; lengths in the file's own unit.

    `is_free` marks a text box that the author put there, not a place of the layout: only those can be
    footers typed by hand. `is_picture` marks words that only describe a picture, or a picture without any.
    `unread` names what the shape holds that could not be read, such as "eine Filmaufnahme".
    """

    texts: tuple[Text, ...]
    left: float = 0
    top: float = 0
    width: float = 0
    height: float = 0
    is_free: bool = False
    is_picture: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; its parts are in reading order, `picture_share` is the part of it that pictures cover."""

    title: str | None
    parts: tuple[SlidePart, ...]
    notes: str = ""
    is_hidden: bool = False
    picture_share: float = 0

    @property
    def is_only_pictures(self) -> bool:
        """Whether pictures are all that it shows; beside a title a logo does not count."""
        shown = [part for part in self.parts if any(text.words for text in part.texts)]
        has_pictures = any(part.is_picture for part in self.parts)
        is_large = not self.title or self.picture_share > _LARGE_PICTURE
        return has_pictures and is_large and all(part.is_picture for part in shown)


def in_reading_order(parts: Iterable[SlidePart]) -> tuple[SlidePart, ...]:
    """Return the parts from top to bottom, those that stand beside each other from left to right."""
    rows: list[list[SlidePart]] = []
    for part in sorted(parts, key=lambda part: part.top):
        if rows and part.top < rows[-1][0].top + rows[-1][0].height * _ROW:
            rows[-1].append(part)
        else:
            rows.append([part])
    return tuple(part for row in rows for part in sorted(row, key=lambda part: part.left))


def slides_document(slides: Sequence[Slide], title: str | None, language: str | None) -> Document:
    """Return the document of all slides; without a `title` that of the first slide that has one.

    Raises:
        UnreadableSourceError: without slides, and where no slide holds a word.
    """
    written = tuple(_all_sections(slides))
    if not written:
        raise _nothing_readable(slides)
    title = title or next((slide.title for slide in slides if slide.title), None)
    return Document(
        written,
        extracted=extracted(title, language),
        unread=tuple(_unread(slides)),
        doubts=tuple(_doubts(slides)),
    )


def _all_sections(slides: Sequence[Slide]) -> Iterator[Section]:
    footers = _footers(slides)
    for number, slide in enumerate(slides, start=1):
        location = PageLocation(number)
        blocks: list[Block] = [Heading(1, slide.title, location) if slide.title else Turn(location)]
        blocks += [text for part in slide.parts if _key(part) not in footers for text in part.texts]
        if slide.notes:
            blocks.append(Text(f"Notizen: {slide.notes}"))
        yield from sections(blocks, location)


def _footers(slides: Sequence[Slide]) -> set[str]:
    """Return the words of text boxes that stand at the edge of most slides."""
    keys = ({_key(part) for part in _edge(slide)} for slide in slides)
    counts = Counter(key for here in keys for key in here if 0 < len(key) <= _LONGEST)
    return {key for key, count in counts.items() if count >= max(_MIN_SLIDES, _MOST * len(slides))}


def _edge(slide: Slide) -> tuple[SlidePart, ...]:
    shown = [part for part in slide.parts if not part.is_picture]
    return (*shown[:1], *shown[-2:]) if len(shown) > 1 or slide.title else ()


def _key(part: SlidePart) -> str:
    return "\n".join(text.words for text in part.texts) if part.is_free else ""


def _unread(slides: Sequence[Slide]) -> Iterator[str]:
    for number, slide in enumerate(slides, start=1):
        if slide.is_only_pictures:
            also = "außer der Überschrift " if slide.title else ""
            yield f"Folie {number} enthält {also}nur Bilder; was darauf zu sehen ist, wurde nicht gelesen."
        for name in dict.fromkeys(name for part in slide.parts for name in part.unread):
            yield f"Folie {number} enthält {name}; das wurde nicht gelesen."


def _doubts(slides: Sequence[Slide]) -> Iterator[str]:
    for number, slide in enumerate(slides, start=1):
        if slide.is_hidden:
            yield (
                f"Folie {number} ist ausgeblendet und wurde trotzdem gelesen. "
                "Bitte prüfen Sie, ob sie noch gilt."
            )


def _nothing_readable(slides: Sequence[Slide]) -> UnreadableSourceError:
    if not slides:
        return UnreadableSourceError(
            "Die Präsentation enthält keine Folien. Bitte prüfen Sie, ob es die richtige Datei ist."
        )
    told = f"Auf keiner Folie ({len(slides)}) steht lesbarer Text"
    if any(part.is_picture for slide in slides for part in slide.parts):
        return UnreadableSourceError(
            f"{told}, vermutlich sind es nur Bilder. Bitte speichern Sie die Präsentation als PDF und lassen "
            "Sie eine Texterkennung (OCR) darüber laufen."
        )
    reason = next(_unread(slides), "Bitte prüfen Sie, ob es die richtige Datei ist.")
    return UnreadableSourceError(f"{told}. {reason}")
