"""Who does something out of the ordinary, and why: for the journal."""

from __future__ import annotations

import getpass
import sys
from contextlib import suppress

from ingest.publishing.publisher import Force

_UNSAID = "ohne Angabe"


def login() -> str:
    """Return the name under which the person is logged in on this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        return "unbekannt"


def force_of(why: str | None) -> Force:
    """Return who forces and why; on a terminal the reason is asked for."""
    if why is None and sys.stdin.isatty():
        with suppress(EOFError):  # Ctrl-D
            why = input("Warum wird trotzdem veröffentlicht? ")
    return Force(login(), (why or "").strip() or _UNSAID)
