"""PowerPoint presentations: one section a slide, its title as the heading, notes after its text.

PresentationML is part 1 of ECMA-376 (Office Open XML,
https://ecma-international.org/publications-and-standards/standards/ecma-376/).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pptx as python_pptx
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn

from ingest.readers.extracted import language_code, sensible_title
from ingest.readers.office_archive import OfficeFormat, check_archive, guarded
from ingest.readers.office_words import element_words
from ingest.readers.pptx_shapes import LAYOUT_ROLES, placeholder_role, slide_parts
from ingest.readers.running_text import collapse
from ingest.readers.slides import Slide, SlidePart, in_reading_order, slides_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml.etree import _Element
    from pptx.presentation import Presentation
    from pptx.slide import NotesSlide
    from pptx.slide import Slide as PowerPointSlide

    from index.passage import Document

POWERPOINT = OfficeFormat("Die Präsentation", "PowerPoint", ".pptx")


def read(path: Path) -> Document:
    """Return the document of a presentation; hidden slides are read and named in `doubts`.

    Slide numbers, dates and footers are left out, comments too. `unread` names slides that are only
    pictures, embedded objects and recordings.

    Raises:
        UnreadableSourceError: for a damaged or locked file, one that unpacks to absurd size, and one
            without any words.
    """
    check_archive(path, POWERPOINT)
    with guarded(POWERPOINT, PythonPptxError):
        presentation = python_pptx.Presentation(str(path))
        area = float((presentation.slide_width or 1) * (presentation.slide_height or 1))
        slides = [_slide(slide, area) for slide in presentation.slides]
        title = sensible_title(presentation.core_properties.title)
        language = _language(presentation)
    return slides_document(slides, title, language)


def _slide(slide: PowerPointSlide, area: float) -> Slide:
    title = slide.shapes.title
    parts = in_reading_order(slide_parts(slide))
    return Slide(
        title=collapse(element_words(title._element)) or None if title is not None else None,
        parts=parts,
        notes=_notes(slide.notes_slide) if slide.has_notes_slide else "",
        is_hidden=slide._element.get("show") in {"0", "false"},
        picture_share=_picture_area(parts) / area,
    )


def _picture_area(parts: Iterable[SlidePart]) -> float:
    return sum(part.width * part.height for part in parts if part.is_picture)


def _notes(notes: NotesSlide) -> str:
    """Return what the speaker wrote, without the page's date, header, footer and number."""
    bodies = notes._element.iter(qn("p:txBody"))
    shapes = ((body.getparent(), body) for body in bodies)
    words = (element_words(body) for shape, body in shapes if placeholder_role(shape) not in LAYOUT_ROLES)
    return "\n".join(filter(None, words))


def _language(presentation: Presentation) -> str | None:
    """Return the language that most letters of the slides are marked with."""
    letters: Counter[str] = Counter()
    for slide in presentation.slides:
        for language, words in _marked_words(slide._element):
            letters[language] += len(words)
    most = letters.most_common(1)
    return most[0][0] if most else language_code(presentation.core_properties.language)


def _marked_words(slide: _Element) -> Iterator[tuple[str, str]]:
    for run in slide.iter(qn("a:r")):
        properties, words = run.find(qn("a:rPr")), run.findtext(qn("a:t"))
        language = language_code(properties.get("lang")) if properties is not None else None
        if language and words:
            yield language, words
