"""Generations as the stores list them: their names, what each says of itself, which of them can go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - pydantic resolves the annotations at run time
from typing import TYPE_CHECKING

from index.stamp import Stamp  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KEPT = 3  # the published generation and two to go back to
_NAME = re.compile(r"g(\d{6,})")  # order in time is order as text


@dataclass(frozen=True, slots=True)
class GenerationRecord:
    """What a finished generation says of itself.

    `passages` is how many it must have: damage must never look like "nothing found". `corpus` is a
    digest of the materials it was made from (`ingest/discover.py`), `former` what was published when
    it was made. Indexes of earlier versions know only id, stamp and passages.
    """

    id: str
    stamp: Stamp
    passages: int
    sources: int | None = None
    corpus: str = ""
    made_at: datetime | None = None
    former: str | None = None


def named(existing: Iterable[str]) -> list[str]:
    """Return those names that are generations', oldest first."""
    return sorted(name for name in existing if _NAME.fullmatch(name))


def next_id(existing: Iterable[str]) -> str:
    """Return a name that sorts behind all `existing` generations."""
    numbers = [int(match.group(1)) for name in existing if (match := _NAME.search(name))]
    return f"g{max(numbers, default=0) + 1:06d}"


def outdated(known: Sequence[GenerationRecord], published: str | None, keep: int = KEPT) -> list[str]:
    """Return the generations that can go: all but the published one, the one before it and the newest.

    `keep` is how many stay, at least one; nothing goes while none is published.
    """
    by_id = {record.id: record for record in known}
    if published not in by_id:
        return []
    newest = sorted(by_id, reverse=True)
    wanted = dict.fromkeys((published, by_id[published].former, *newest))
    kept = [name for name in wanted if name in by_id][: max(1, keep)]
    return sorted(by_id.keys() - set(kept))


def before(known: Sequence[GenerationRecord], published: str | None) -> str | None:
    """Return the generation to go back to: the one that the published one replaced, else the next older."""
    by_id = {record.id: record for record in known}
    record = by_id.get(published or "")
    if record is None:
        return max(by_id, default=None)
    if record.former in by_id:
        return record.former
    return max((name for name in by_id if name < record.id), default=None)
