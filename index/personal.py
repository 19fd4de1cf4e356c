"""E-mail addresses, telephone and account numbers in what people type: how they are known, and taken out."""

from __future__ import annotations

import re
import unicodedata

REMOVED = "[entfernt]"

_AT = r"(?:@|[(\[{]\s?at\s?[)\]}])"  # also as people disguise it
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punkt)\s?[)\]}]\s?)"
# Bounded as RFC 5321 bounds them, so that no text of any length takes long.
MAIL = re.compile(rf"[\w.+-]{{1,64}}\s?{_AT}\s?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}", re.IGNORECASE)
IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b|\bDE\s?\d{2}(?:\s?\d{4}){4}\s?\d{2}\b",
    re.IGNORECASE,
)
# After a blank behind the country only capitals count: "am 15 Juni 2026" is none.
SPACED_IBAN = re.compile(r"\b(?!DE)[A-Z]{2}\s\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,4})?\b")
# It begins with + or 0 and has seven digits or more; "2026-2027", "1.500.000" and "01.02.2027" are none,
# but "01.23.45.67.89" is one.
_DAY = r"[0-3]\d\.[01]\d\.(?:\d{4}(?!\d)|\d{2}(?!\.?\d)|(?!\d))"
TELEPHONE = re.compile(rf"(?<!\d[.,-])(?<!\w)(?!{_DAY})(?:\+|\(?0)(?:[\s()/.-]{{0,3}}\d){{6,14}}(?!\w)")
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")


def without_personal(text: str) -> tuple[str, bool]:
    """Return the text with `REMOVED` in their place, and whether there was any.

    Disguised signs (full-width digits, invisible blanks, other dashes) count as what they look like; where
    something is removed, they are written so.
    """
    plain = bare = undisguised(text)
    for pattern in (MAIL, IBAN, SPACED_IBAN, TELEPHONE):
        bare = pattern.sub(REMOVED, bare)
    return (text, False) if bare == plain else (bare, True)


def undisguised(text: str) -> str:
    """Return a text with disguised signs as what they look like: full-width digits, blanks, dashes."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
