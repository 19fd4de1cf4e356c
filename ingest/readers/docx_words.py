"""The words of Word's XML: everything a reader of the page sees, nothing that was deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from ingest.readers.running_text import collapse, collapse_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document as WordDocument
    from lxml.etree import _Element

# Deleted and moved text, field codes, and the second copy of a text box for old programs.
_NOT_SHOWN = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr"})
_SIGNS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_PARTS = frozenset({"p", "tc"})  # paragraphs of a cell, a note or a text box
_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}


def element_words(element: _Element) -> str:
    """Return the words of a paragraph or cell with the line breaks that the author set."""
    return collapse_lines("".join(_pieces(element)))


def note_keys(element: _Element) -> Iterator[str]:
    """Yield the keys of the notes that `element` refers to, as `read_notes` names them."""
    for reference in element.iter(*(qn(f"w:{kind}Reference") for kind in _NOTES)):
        kind = _local_name(reference).removesuffix("Reference")
        yield f"{kind} {reference.get(qn('w:id'))}"


def read_notes(document: WordDocument) -> Mapping[str, str]:
    """Return the words of footnotes and endnotes by key."""
    notes = {}
    for kind, relationship in _NOTES.items():
        for part in (rel.target_part for rel in document.part.rels.values() if rel.reltype == relationship):
            for note in parse_xml(part.blob).iter(qn(f"w:{kind}")):
                notes[f"{kind} {note.get(qn('w:id'))}"] = collapse(element_words(note))
    return notes


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        name = _local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _NOT_SHOWN:
            edge = "\n" if name in _PARTS else ""
            yield edge
            yield from _pieces(child)
            yield edge


def _local_name(element: _Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
