"""Titles for files that say none themselves, made from their names."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_DATE = re.compile(
    r"^(?P<year>(?:19|20)\d\d)"
    r"(?:[-_. ]?(?P<month>0[1-9]|1[0-2])(?:[-_. ]?(?P<day>[0-2]\d|3[01]))?)?(?![-_. ]?\d)"
)
_LANGUAGE_ENDING = re.compile(r"\.(de|en|fr|pl|nl|uk|tr|cs|it|es|ru)$", re.IGNORECASE)
_BLANKS = re.compile(r"[\s_\-]+")
# What people add when they save a file once more: it says nothing about the text.
_VERSION_MARK = re.compile(
    r"(final|finale?s?|fassung|endfassung|endversion|version|neu|kopie|copy|\(\d+\)|(v|ver|version|rev)\.?\d+(\.\d+)*)",
    re.IGNORECASE,
)


def title_of_file(source: str) -> str:
    """Return a title for the file at `source`: "2026-03_flyer-cerv_final_v2.pdf" is "Flyer cerv, März 2026".

    A leading date goes to the end, marks of versions at the end are left out.
    """
    stem = _LANGUAGE_ENDING.sub("", unquote(PurePosixPath(source).stem))
    date = _DATE.match(stem)
    words = _BLANKS.sub(" ", stem[date.end() :] if date else stem).strip(" .,").split(" ")
    while len(words) > 1 and _VERSION_MARK.fullmatch(words[-1]):
        words.pop()
    name = " ".join(words)
    if not name:
        return _BLANKS.sub(" ", stem).strip() or source
    title = name[:1].upper() + name[1:]
    if date is None:
        return title
    return f"{title}, {_spoken(date)}" if date["month"] else f"{title} {date['year']}"


def _spoken(date: re.Match[str]) -> str:
    """Return a date as people say it: "März 2026", "1. März 2026"."""
    day = f"{int(date['day'])}. " if date["day"] and int(date["day"]) else ""
    return f"{day}{_MONTHS[int(date['month']) - 1]} {date['year']}"
