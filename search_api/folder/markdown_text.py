"""Plain text as Markdown that shows it as it is (CommonMark 2.4, backslash escapes; GFM's own autolinks)."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|$])")
_AT_THE_START = re.compile(r"^([#+=-])")  # of a line: heading, list, underline of a heading, rule
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")  # an ordered list
_ADDRESS = re.compile(r"(?i)\b(?:(https?|ftp)(:)(?=//)|(www)(\.))")  # GFM makes links of these by itself


def inert(text: str) -> str:
    """Return one line of plain text so that nothing in it acts; only signs that can act are escaped."""
    safe = _ANYWHERE.sub(r"\\\1", text.strip())
    safe = _NUMBERED.sub(r"\1\\\2", _AT_THE_START.sub(r"\\\1", safe))
    return _ADDRESS.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", safe)
