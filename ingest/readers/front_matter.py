"""The metadata that an author writes between `---` lines at the top of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.yaml_text import compose, construct, key_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIRST_LINE = 2  # of the metadata; the first is the fence
_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(---|\.\.\.)[ \t]*")
_KEY = re.compile(r"""["']?\w[\w -]*["']?\s*:(\s|$)""")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What was declared, the line of each of its keys in the file, and the `body` that follows."""

    declared: Mapping[str, object]
    lines: Mapping[str, int]
    body: str


def split_front_matter(text: str) -> FrontMatter:
    """Return the declared metadata and the body of a Markdown text.

    A rule (`---`) at the top that no metadata follow is part of the body.

    Raises:
        UnreadableSourceError: naming the line, when the metadata are broken or never end.
    """
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]) or not _looks_declared(lines[1:]):
        return FrontMatter({}, {}, text)
    end = next((number for number, line in enumerate(lines) if number and _END.fullmatch(line)), None)
    if end is None:
        raise UnreadableSourceError(
            "Die Angaben am Anfang der Datei (ab Zeile 1) sind nicht abgeschlossen. "
            "Bitte setzen Sie eine Zeile mit --- an ihr Ende."
        )
    node = compose("\n".join(lines[1:end]), _FIRST_LINE)
    declared = construct(node, _FIRST_LINE) if node else None
    if declared is not None and not isinstance(declared, dict):
        raise UnreadableSourceError(
            "Die Angaben am Anfang der Datei (ab Zeile 2) sind keine Liste von „Schlüssel: Wert“. "
            "Bitte schreiben Sie jede Angabe in diese Form."
        )
    named = {str(key): value for key, value in (declared or {}).items()}
    return FrontMatter(named, key_lines(node, _FIRST_LINE), "\n".join(lines[end + 1 :]))


def _looks_declared(lines: list[str]) -> bool:
    """Whether the first line that is neither empty nor a comment is a key or the end."""
    said = (line for line in lines if line.strip() and not line.startswith("#"))
    first = next(said, "")
    return bool(_KEY.match(first) or _END.fullmatch(first))
