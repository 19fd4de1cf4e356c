"""Which sources are versions of the same sheet, and which of them is the newest."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.passage import SourceEntry

# What only tells versions apart: "Merkblatt CERV (Fassung 2021)", "Merkblatt CERV, Stand: Mai 2026".
_VERSION_WORDS = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}\.\d{1,2}\.|\b(?:alte|neue|abgelaufene|aktuelle|bisherige)\b"
    r"|\b(?:alt|neu|fassung|stand|version|ausgabe|auflage|aufruf|abgelaufen|bis|ab|vom)\b|\bv\d+\b"
    r"|\b(?:januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dezember)\b"
)


def newer_versions(entries: Iterable[SourceEntry]) -> dict[str, str]:
    """Return for each older version of a sheet the source of the newest one.

    Two sources are versions if their titles, or their names in one folder, are equal but for years and
    words such as "Fassung", they are of one kind and language, and their validity or year differs.
    """
    sheets: dict[tuple[str, ...], list[SourceEntry]] = defaultdict(list)
    for entry in entries:
        path = PurePosixPath(entry.source)
        for folder, name in (("", _lasting(entry.metadata.title)), (str(path.parent), _lasting(path.stem))):
            if name:
                sheets[(folder, name, entry.metadata.kind, entry.metadata.language)].append(entry)
    newer: dict[str, str] = {}
    for versions in sheets.values():
        newest = max(versions, key=_age)
        for entry in versions:
            if _age(entry) < _age(newest):
                newer.setdefault(entry.source, newest.source)
    return newer


def _lasting(name: str) -> str:
    """Return what stays the same in a name from version to version."""
    words = " ".join(re.findall(r"[^\W_]+(?:\.(?=\d))?", fold(name)))
    return " ".join(_VERSION_WORDS.sub(" ", words).split())


def _age(entry: SourceEntry) -> tuple[date, date, int]:
    """Return what orders versions, older ones first: end of validity, its beginning, year."""
    metadata = entry.metadata
    return metadata.valid_until or date.max, metadata.valid_from or date.min, metadata.year or 0
