"""The folder as a Word document: headings, real links, page numbers; it names no author."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from search_api.folder.model import ANSWER, CLOSING, CONTEXT, ENTRIES, NOTE

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

    from search_api.folder.model import Entry, Folder, Way

_LANGUAGE = "de-DE"
_FONT = "Calibri"
_LINK_COLOUR = RGBColor(0x05, 0x4A, 0x91)


def docx(folder: Folder) -> bytes:
    """Return the folder as a Word document on A4."""
    word = Document()
    _set_up(word, folder.title)
    word.add_heading(folder.title, level=0)
    if folder.questions:
        word.add_heading(folder.questions_heading, level=1)
        for question in folder.questions:
            word.add_paragraph(question, style="List Bullet")
    if folder.answer:
        word.add_heading(ANSWER, level=1)
        for paragraph in folder.answer:
            word.add_paragraph(paragraph)
    if folder.entries:
        word.add_heading(ENTRIES, level=1)
    for entry in folder.entries:
        _add_entry(word, entry)
    word.add_paragraph(CLOSING)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def _set_up(word: WordDocument, title: str) -> None:
    properties = word.core_properties
    properties.title, properties.language = title, _LANGUAGE
    properties.author = properties.last_modified_by = properties.comments = ""
    (section,) = word.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    _speak_german(word)
    _number_pages(section.footer.paragraphs[0])


def _speak_german(word: WordDocument) -> None:
    """Say in the defaults of all styles which language to spell and to read aloud."""
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)


def _number_pages(footer: Paragraph) -> None:
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("Seite ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    footer._p.append(field)


def _add_entry(word: WordDocument, entry: Entry) -> None:
    word.add_heading(entry.heading, level=2)
    if entry.sentence:
        word.add_paragraph().add_run(entry.sentence).bold = True
    if entry.whole:
        word.add_paragraph(f"{CONTEXT}:").paragraph_format.keep_with_next = True
    for paragraph in entry.whole:
        word.add_paragraph(paragraph, style="Quote")
    word.add_paragraph(entry.facts)
    for way in entry.ways:
        _add_link(word.add_paragraph(style="List Bullet"), way)
    for number, paragraph in enumerate(entry.note):
        word.add_paragraph(paragraph if number else f"{NOTE}: {paragraph}")


def _add_link(paragraph: Paragraph, way: Way) -> None:
    """Append a link that Word opens; python-docx reads links and has no call to write one."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(way.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(way.words)
    run.font.underline, run.font.color.rgb = True, _LINK_COLOUR
    link.append(run._r)
    paragraph._p.append(link)
