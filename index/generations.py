"""Names of generations: their order in time is their order as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEPT = 2  # the published generation and the one before it, for going back


def next_id(existing: Iterable[str]) -> str:
    """Return a name that sorts behind all `existing` ones."""
    numbers = [int(match.group(1)) for name in existing if (match := re.search(r"(\d+)$", name))]
    return f"g{max(numbers, default=0) + 1:06d}"


def outdated(existing: Iterable[str], published: str | None) -> list[str]:
    """Return what can go: unpublished later ones (a crash left them) and those too old to keep."""
    if published is None:
        return list(existing)
    ordered = sorted(existing)
    kept = [name for name in ordered if name <= published][-_KEPT:]
    return [name for name in ordered if name not in kept]
