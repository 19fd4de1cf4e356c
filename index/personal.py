"""E-mail addresses, telephone and account numbers in what people type, taken out before it is kept."""

from __future__ import annotations

import re
import unicodedata

REMOVED = "[entfernt]"

_AT = r"(?:@|[(\[{]\s?at\s?[)\]}])"  # also as people disguise it
_DOT = r"(?:\.|\s?[(\[{]\s?(?:dot|punkt)\s?[)\]}]\s?)"
_MAIL = re.compile(rf"[\w.+-]+\s?{_AT}\s?[\w-]+(?:{_DOT}[\w-]+)+", re.IGNORECASE)
_IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b|\bDE\s?\d{2}(?:\s?\d{4}){4}\s?\d{2}\b",
    re.IGNORECASE,
)
# After a blank behind the country only capitals count: "am 15 Juni 2026" is none.
_SPACED_IBAN = re.compile(r"\b[A-Z]{2}\s\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,4})?\b")
# It begins with + or 0 and has seven digits or more; "2026-2027", "1.500.000" and "01.02.2027" are none,
# but "01.23.45.67.89" is one.
_DAY = r"[0-3]\d\.[01]\d\.(?:\d{4}(?!\d)|\d{2}(?!\.?\d)|(?!\d))"
_TELEPHONE = re.compile(rf"(?<!\d[.,-])(?<!\w)(?!{_DAY})(?:\+|\(?0)(?:[\s()/.-]{{0,3}}\d){{6,14}}(?!\w)")
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")


def without_personal(text: str) -> tuple[str, bool]:
    """Return the text with `REMOVED` in their place, and whether there was any.

    Disguised signs (full-width digits, invisible blanks, other dashes) count as what they look like; where
    something is removed, they are written so.
    """
    plain = bare = _undisguised(text)
    for pattern in (_MAIL, _IBAN, _SPACED_IBAN, _TELEPHONE):
        bare = pattern.sub(REMOVED, bare)
    return (text, False) if bare == plain else (bare, True)


def _undisguised(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
