"""Files for the readers' tests: written to a temporary place, read through the registry, compared."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import settings
from hypothesis import strategies as st

from ingest.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.passage import Document

# The same examples on every run and on every machine, however slow.
ROUND_TRIP = settings(derandomize=True, deadline=None, max_examples=60, database=None)
SLOW_ROUND_TRIP = settings(ROUND_TRIP, max_examples=12)

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöüßéł", min_size=2, max_size=9)
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
# The smallest PNG file there is: one grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=3)


def read_written(name: str, content: str | bytes) -> Document:
    """Return what the registry reads from a file of this name and content."""
    raw = content.encode() if isinstance(content, str) else content
    return read_made(name, lambda path: path.write_bytes(raw))


def read_made(name: str, make: Callable[[Path], object]) -> Document:
    """Return what the registry reads from the file that `make` writes to the path it is given."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        make(path)
        return read(path)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Return an archive of these parts, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_part(raw: bytes, name: str, content: bytes) -> bytes:
    """Return the archive `raw` with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return zipped({**parts, name: content})


def told_words(document: Document) -> list[str]:
    """Return every word of title, headings and texts once, in reading order."""
    words = str(document.extracted.get("title", "")).split()
    above: tuple[str, ...] = ()
    for section in document.sections:
        if section.heading != above:
            shared = sum(1 for old, new in zip(above, section.heading, strict=False) if old == new)
            words += " ".join(section.heading[shared:]).split()
        above = section.heading
        words += section.text.split()
    return words
