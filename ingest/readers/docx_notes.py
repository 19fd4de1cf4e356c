"""The footnotes and endnotes of Word, which stand in parts of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from ingest.readers.office_words import element_words, local_name
from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as WordDocument
    from lxml.etree import _Element

_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}


def note_key(reference: _Element) -> str:
    """Return the key of the note that `reference` refers to, as `read_notes` names it."""
    kind = local_name(reference).removesuffix("Reference")
    return f"{kind} {reference.get(qn('w:id'))}"


def read_notes(document: WordDocument) -> Mapping[str, str]:
    """Return the words of footnotes and endnotes by key."""
    notes = {}
    for kind, relationship in _NOTES.items():
        for part in (rel.target_part for rel in document.part.rels.values() if rel.reltype == relationship):
            for note in parse_xml(part.blob).iter(qn(f"w:{kind}")):
                notes[f"{kind} {note.get(qn('w:id'))}"] = collapse(element_words(note))
    return notes
