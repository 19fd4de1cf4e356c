"""Why a peer has no figures: named in the table, never a reason to stop the others."""

from __future__ import annotations

import re

_NAMES_AN_ERROR = re.compile(r"^(ERROR\b|[\w.]*(Error|Exception|Exit|Interrupt)\b)")  # pip's and Python's
_LONGEST = 200  # characters of a reason in the table


class PeerFailedError(Exception):
    """A peer cannot be installed, does not run or answers nonsense; the text is the reason in one line."""


def reason(printed: str) -> str:
    """Return the line of an error stream that says what went wrong: the last that names an error."""
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    named = [line for line in lines if _NAMES_AN_ERROR.match(line)]
    return (named or lines or ["ohne ein Wort"])[-1][:_LONGEST]
