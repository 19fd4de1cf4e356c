"""Undoing line breaks in German text: which hyphens at a line's end belong to the word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_HYPHENS = "-\u00ad\u2010"  # hyphen, soft hyphen, typographic hyphen
_BROKEN_WORD = re.compile(rf"[^\W\d_][{_HYPHENS}]$")  # letter and hyphen end the line
_HARD_HYPHEN = re.compile(
    r"[\w.)][-\u2010]$"
)  # "E-Mail-", "2021-": the hyphen stays, the blank does not come
# "Vor- und Nachteile": the hyphen stands for the word that comes after the conjunction.
_SUSPENDED = re.compile(
    r"(und|oder|bis|sowie|bzw\.|beziehungsweise|als auch|noch|et|and|or)\b", re.IGNORECASE
)
_ABBREVIATION = re.compile(
    r"(^|[\s(„\"-])[A-ZÄÖÜ]{2,}[-\u2010]$"
)  # "EU-weit" keeps its hyphen, "Städte-" not


def join_lines(lines: Iterable[str]) -> str:
    """Return the lines of a paragraph as running text, with words broken at line ends made whole.

    A hyphen disappears before a small letter ("Städte-/partnerschaft"), stays before a capital letter
    or digit ("NRW-/Weit") and after an abbreviation ("EU-/weit"), and keeps its blank before a
    conjunction ("Vor-/und Nachteile"). What it cannot know: a compound that is written with a hyphen
    and goes on in small letters ("Hals-nasen-") loses it.
    """
    joined = ""
    for line in lines:
        joined = _join(joined, line.strip())
    return joined.replace("\u00ad", "")


def _join(former: str, line: str) -> str:
    if not former or not line:
        return former or line
    if former.endswith("\u00ad"):
        return former[:-1] + line
    if _SUSPENDED.match(line) or not _HARD_HYPHEN.search(former):
        return f"{former} {line}"
    if line[0].islower() and _BROKEN_WORD.search(former) and not _ABBREVIATION.search(former):
        return former[:-1] + line
    return former + line if line[0].isalnum() else f"{former} {line}"
