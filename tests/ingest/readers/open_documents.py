"""OpenDocument files made for tests: XML in an archive, as LibreOffice writes them."""

from __future__ import annotations

from tests.ingest.readers.written import zipped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(
    [
        *(
            f'xmlns:{name}="{_OASIS}:{name}:1.0"'
            for name in ("office", "text", "table", "style", "presentation")
        ),
        f'xmlns:draw="{_OASIS}:drawing:1.0" xmlns:svg="{_OASIS}:svg-compatible:1.0"',
        f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" xmlns:manifest="{_OASIS}:manifest:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:math="http://www.w3.org/1998/Math/MathML"',
    ]
)


def part(name: str, inside: str) -> str:
    """Return an XML part whose root `name` holds `inside`."""
    return f"<?xml version='1.0' encoding='UTF-8'?><{name} {_NAMESPACES}>{inside}</{name}>"


def open_document(
    body: str, kind: str = "text", styles: str = "", meta: str = "", parts: dict[str, str] | None = None
) -> bytes:
    """Return a file whose body of this `kind` holds `body`; `styles` are the automatic ones."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content += f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": part("office:document-content", content),
            "meta.xml": part("office:document-meta", f"<office:meta>{meta}</office:meta>"),
            "META-INF/manifest.xml": part("manifest:manifest", ""),
            **(parts or {}),
        }
    )
