"""What authors wrote about their pictures, for those who cannot see them."""

from __future__ import annotations

import re

from ingest.readers.headings import Text
from ingest.readers.running_text import collapse

_FILE_NAME = re.compile(r"\.(png|jpe?g|gif|bmp|svg|webp|emf|wmf|tiff?)$", re.IGNORECASE)
# Office programs add these to descriptions that they made up themselves.
_PROGRAM_NOTE = re.compile(
    r"(automatisch generierte beschreibung|(mit \w+er zuverlässigkeit )?ki-generierte inhalte können"
    r" fehlerhaft sein|description automatically generated|ai-generated content may be incorrect)\.?",
    re.IGNORECASE,
)


def picture_text(description: str | None) -> Text:
    """Return "Bild: description" as a paragraph, an empty one where it says nothing."""
    words = collapse(_PROGRAM_NOTE.sub("", description or ""))
    if not any(letter.isalpha() for letter in words) or _FILE_NAME.search(words):
        return Text("")
    return Text(f"Bild: {words}")
