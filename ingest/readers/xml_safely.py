"""Parsing XML of unknown origin: no entities, nothing fetched, a damaged end named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from index.errors import UnreadableSourceError
from ingest.readers.text_encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def parse_xml(raw: bytes) -> tuple[_Element, tuple[str, ...]]:
    """Return the root of a file, and a remark if it is damaged and only its sound part was read.

    Raises:
        UnreadableSourceError: it is no XML at all, or defines entities, which can grow without end.
    """
    if _ENTITY.search(raw.replace(b"\x00", b"")):
        raise UnreadableSourceError(
            "Die Datei definiert eigene Kürzel (XML-Entities) und wurde deshalb nicht gelesen. "
            "Bitte exportieren Sie die Untertitel neu."
        )
    problem: etree.XMLSyntaxError | None = None
    for source in _readings(raw):
        try:
            return etree.fromstring(source, _parser(recover=False)), ()
        except etree.XMLSyntaxError as error:
            problem = problem or error
    for source in _readings(raw):
        root = etree.fromstring(source, _parser(recover=True))
        if root is not None and len(root):
            return root, (_damaged(problem),)
    message = "Die Datei ist kein gültiges XML. Bitte exportieren Sie die Untertitel neu."
    raise UnreadableSourceError(message) from problem


def _readings(raw: bytes) -> Iterator[bytes]:
    """Yield the bytes as they declare themselves, then in the encoding that really fits them."""
    yield raw
    yield _DECLARATION.sub("", decode(raw), count=1).encode()


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _damaged(problem: etree.XMLSyntaxError | None) -> str:
    line = problem.lineno if problem is not None and problem.lineno else 1
    return f"Zeile {line}: Ab hier ist die Datei beschädigt oder abgeschnitten; der Rest fehlt vielleicht."
