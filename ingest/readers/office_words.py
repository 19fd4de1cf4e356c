"""The words of Office Open XML: everything a reader of the page sees, nothing that was deleted.

Word's text, the text of drawings and slides, and formulas (ECMA-376 part 1,
https://ecma-international.org/publications-and-standards/standards/ecma-376/) name their elements
alike, so one walk reads all three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from ingest.readers.running_text import collapse_lines
from ingest.readers.symbol_fonts import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# Deleted and moved text, field codes, the second copy of a text box for old programs, and text boxes
# themselves: they hang on a paragraph, but are read after it.
_NOT_SHOWN = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "txbxContent"})
_SIGNS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_PARTS = frozenset({"p", "tc"})  # paragraphs of a cell, a note or a text box
_PAGE_FIELDS = ("slidenum", "datetime")  # fields that say where or when, not what
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BETWEEN = {f"{_MATH}f": "/", f"{_MATH}sSup": "^", f"{_MATH}sSub": "_"}  # the sign between two parts
_AROUND = {f"{_MATH}d": ("(", ")"), f"{_MATH}rad": ("√(", ")")}
_PRIVATE = range(0xE000, 0xF900)  # where symbol fonts have their signs, each its own


def element_words(element: _Element) -> str:
    """Return the words of a paragraph, cell or note with the line breaks that the author set."""
    return collapse_lines("".join(_pieces(element)))


def hanging(element: _Element, names: frozenset[str]) -> Iterator[_Element]:
    """Yield the elements of these names that `element` shows, in order; what is in them is not looked at."""
    for child in element:
        name = local_name(child)
        if name in names:
            yield child
        elif not _is_left_out(child, name):
            yield from hanging(child, names)


def is_prompt(control: _Element) -> bool:
    """Whether a content control is still empty and only says what to write into it."""
    properties = (child for child in control if local_name(child) == "sdtPr")
    return any(local_name(stated) == "showingPlcHdr" for child in properties for stated in child)


def local_name(element: _Element) -> str:
    """Return the name without its namespace; comments and entities have none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _pieces(element: _Element) -> Iterator[str]:
    for child in element:
        name = local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield _symbol(child)
        elif child.tag in _BETWEEN:
            yield _BETWEEN[child.tag].join(filter(None, ("".join(_pieces(part)).strip() for part in child)))
        elif not _is_left_out(child, name):
            before, after = _AROUND.get(child.tag) or (("\n", "\n") if name in _PARTS else ("", ""))
            yield before
            yield from _pieces(child)
            yield after


def _is_left_out(element: _Element, name: str) -> bool:
    is_page_field = name == "fld" and str(element.get("type") or "").startswith(_PAGE_FIELDS)
    return name in _NOT_SHOWN or is_page_field or (name == "sdt" and is_prompt(element))


def _symbol(element: _Element) -> str:
    codes = [code for key, code in element.items() if str(key).endswith("}char")]
    number = int(codes[0], 16) if codes else 0
    return SIGNS.get(chr(number), "") if number in _PRIVATE else chr(number)
