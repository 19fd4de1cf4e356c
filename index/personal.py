"""E-mail addresses, telephone and account numbers in what people type, taken out before it is kept."""

from __future__ import annotations

import re

REMOVED = "[entfernt]"

_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
# It begins with + or 0 and has seven digits or more; "2026-2027", "1.500.000" and "01.02.2027" are none.
_DAY = r"\d{2}\.\d{2}\.\d{2,4}\b"
_TELEPHONE = re.compile(rf"(?<![\w.,-])(?!{_DAY})(?:\+|\(?0)(?:[\s()/.–-]{{0,3}}\d){{6,14}}(?!\w)")


def without_personal(text: str) -> tuple[str, bool]:
    """Return the text with `REMOVED` in their place, and whether there was any."""
    bare = text
    for pattern in (_MAIL, _IBAN, _TELEPHONE):
        bare = pattern.sub(REMOVED, bare)
    return bare, bare != text
