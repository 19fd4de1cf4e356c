"""Opening OpenDocument files: an archive of content, styles and metadata (ISO/IEC 26300).

The format is described at https://docs.oasis-open.org/office/OpenDocument/v1.3/. It is read with lxml
alone, with the parser of the other office formats: of the libraries for it odfpy rests since 2020, and
odfdo would be one more dependency for what takes a few hundred lines here.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from ingest.readers.extracted import language_code, sensible_title
from ingest.readers.office_archive import LOCKED, OfficeFormat, check_archive, guarded, parse_part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lxml.etree import _Element

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = {
    **{name: f"{_OASIS}:{name}:1.0" for name in ("office", "text", "table", "style", "presentation", "meta")},
    "draw": f"{_OASIS}:drawing:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "math": "http://www.w3.org/1998/Math/MathML",
}
_BODIES = {
    "text": "ein Textdokument (.odt)",
    "presentation": "eine Präsentation (.odp)",
    "spreadsheet": "eine Tabelle (.ods)",
    "drawing": "eine Zeichnung (.odg)",
}


def on(name: str) -> str:
    """Return a name such as "text:p" as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """The parts of a file that its words and their roles come from."""

    content: _Element
    styles: _Element | None
    meta: _Element | None
    embedded: Mapping[str, bytes]

    @property
    def title(self) -> str | None:
        """The title from the file's properties, where it is a sensible one."""
        return None if self.meta is None else sensible_title(self.meta.findtext(f".//{on('dc:title')}"))

    @property
    def language(self) -> str | None:
        """The language from the file's properties, else the one that its paragraphs have by default."""
        if self.meta is not None and (stated := language_code(self.meta.findtext(f".//{on('dc:language')}"))):
            return stated
        properties = [] if self.styles is None else self.styles.iter(on("style:default-style"))
        layers = (style for style in properties if style.get(on("style:family")) == "paragraph")
        stated_codes = (layer.get(on("fo:language")) for style in layers for layer in style)
        return next(filter(None, map(language_code, stated_codes)), None)

    def object_part(self, address: str | None) -> _Element | None:
        """Return the content of an object within the file; what lies outside is never loaded."""
        raw = self.embedded.get(posixpath.normpath(f"{address}/content.xml"))
        return None if raw is None else parse_part(raw)

    def body(self, kind: str, suffix: str) -> _Element:
        """Return the body of the file, which must be of the `kind` that its `suffix` promises.

        Raises:
            UnreadableSourceError: naming what it is instead.
        """
        body = self.content.find(f"{on('office:body')}/{on(f'office:{kind}')}")
        if body is not None:
            return body
        found = (
            name
            for other, name in _BODIES.items()
            if self.content.find(f".//{on(f'office:{other}')}") is not None
        )
        raise UnreadableSourceError(
            f"Der Dateiname endet auf „{suffix}“, "
            f"der Inhalt ist aber {next(found, 'kein bekanntes OpenDocument')}. "
            "Bitte speichern Sie die Datei im passenden Format oder mit der richtigen Endung."
        )


def open_document(path: Path, office: OfficeFormat) -> OpenDocument:
    """Return the parts of the file at `path`.

    Raises:
        UnreadableSourceError: for a damaged or locked file, and for one that unpacks to absurd size.
    """
    check_archive(path, office)
    with guarded(office), zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "META-INF/manifest.xml" in names and _is_locked(archive.read("META-INF/manifest.xml")):
            raise UnreadableSourceError(LOCKED)
        roots = {name: parse_part(archive.read(name)) for name in ("styles.xml", "meta.xml") if name in names}
        return OpenDocument(
            parse_part(archive.read("content.xml")),
            roots.get("styles.xml"),
            roots.get("meta.xml"),
            {name: archive.read(name) for name in names if name.endswith("/content.xml")},
        )


def _is_locked(manifest: bytes) -> bool:
    return b"encryption-data" in manifest  # not parsed: files of 2005 leave its prefix undeclared
