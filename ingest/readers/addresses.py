"""Where a link leads, told beside its words where that says more than they do."""

from __future__ import annotations

import re
from urllib.parse import unquote

_TELLING = re.compile(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)  # of use outside of its own page
_FOR_PROGRAMS = re.compile(r"^(https?://)?(www\.)?|^mailto:|^tel:", re.IGNORECASE)
_FILE_OR_PLACE = re.compile(r"[/.#?]")  # "#anker", "../antrag.pdf": leads nowhere from here


def address_note(words: str, address: str) -> str:
    """Return " (https://…)" to stand behind the words of a link; "" where it adds nothing to them."""
    address = address.strip()
    told = unquote(address)
    if _TELLING.match(address):
        bare = _bare(told.partition("?")[0] if address.lower().startswith("mailto:") else told)
        if bare == _bare(words):
            return ""
        return f" ({_without_mailto(address)})"
    # "[A](1)" is no link to anyone but a parser; its "(1)" is a word of the author.
    return f"({told})" if told and not _FILE_OR_PLACE.search(told) else ""


def _bare(address: str) -> str:
    return _FOR_PROGRAMS.sub("", address.strip()).rstrip("/").casefold()


def _without_mailto(address: str) -> str:
    if not address.lower().startswith("mailto:"):
        return address.removeprefix("tel:")
    return unquote(address[len("mailto:") :].partition("?")[0])
