"""Citations of statutes: "§ 651h Abs. 3 Satz 1 BGB" is one thing, and "§ 651h" alone part of it."""

from __future__ import annotations

import re

from index.folding import fold

_NUMBER = r"\d+\s?[a-z]?(?![\w])"
_FINER = r"(?:Abs(?:atz|\.)|S(?:atz|\.)|Nr\.|Nummer|Halbs(?:atz|\.)|Hs\.|Var\.|Alt\.|Buchst\.)"
# Statutes are abbreviated with at least two capitals: BGB, StVG, AufenthG, "SGB XII".
_STATUTE = r"(?:[A-ZÄÖÜ][A-Za-zäöü]*[A-Z][A-Za-z]*(?:[ -][IVX]+\b)?)"
CITATION = re.compile(
    rf"(?:§{{1,2}}|\bArt(?:ikels?|\.))\s*(?P<number>{_NUMBER})"
    rf"(?P<finer>(?:\s*{_FINER}\s*{_NUMBER})*)"
    rf"(?:\s+(?P<statute>{_STATUTE}))?"
)


def citation_terms(citation: re.Match[str]) -> list[str]:
    """Return the terms of a citation: its number, its statute and both as one.

    "§ 651h Abs. 3 BGB" gives "651h", "bgb" and "651hbgb": who asks for "§ 651h" finds it, and who
    asks for "§ 651h BGB" finds it before every other paragraph of that number.
    """
    number = "".join(citation["number"].split()).lower()
    if citation["statute"] is None:
        return [number]
    statute = fold(re.sub(r"[ -]", "", citation["statute"]))
    return [number, statute, number + statute]
