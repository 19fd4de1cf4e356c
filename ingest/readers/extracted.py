"""What a file says about itself, taken over only where it is sensible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.running_text import collapse

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_TITLE = 200  # characters; longer "titles" are abstracts that ended up in the wrong field
_PROGRAM_NOISE = re.compile(r"^(microsoft\s+\w+|powerpoint|word|layout \d+)\s*-\s*", re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(docx?|dotx?|pptx?|xlsx?|odt|rtf|indd|qxd|pdf|html?|tmp|cdr)$", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"^(untitled|unbenannt|ohne titel|kein titel|(word[ -])?dokument|(word )?document|präsentation"
    r"|presentation|powerpoint[ -]?.*|titel|title|anonymous|slide|folie|neu|new)[\s\d]*$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"^\s*([A-Za-z]{2})(?![A-Za-z])")


def sensible_title(text: object) -> str | None:
    """Return `text` as a title, or None where a program wrote it: "Microsoft Word - x.doc", "untitled"."""
    words = collapse(str(text)) if text else ""
    words = _PROGRAM_NOISE.sub("", words)
    if not any(letter.isalpha() for letter in words) or len(words) > _MAX_TITLE:
        return None
    if _FILE_NAME.search(words) or _PLACEHOLDER.match(words):
        return None
    return words


def language_code(tag: object) -> str | None:
    """Return the two-letter language of a tag such as "de-DE", None where it has none."""
    match = _LANGUAGE.match(str(tag)) if tag else None
    return match[1].lower() if match else None


def extracted(title: str | None = None, language: str | None = None) -> Mapping[str, object]:
    """Return the found metadata as `Document.extracted`, without the keys nothing was found for."""
    found = {"title": title, "language": language}
    return {key: text for key, text in found.items() if text}
