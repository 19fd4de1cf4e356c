"""The desk of an office hour as the page's URL names it: the only key to the cases that lie on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VIEW: Final = "seite"  # which view beside search and documents
OFFICE: Final = "sprechstunde"
DESK: Final = "tisch"
CASE: Final = "fall"
KEYS: Final = "tasten"
_OFF: Final = "aus"


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk and the case that is open on it, none if it is empty; `keys`: single keys are shortcuts."""

    key: str
    case: str = ""
    keys: bool = True


def read_desk(parameters: Mapping[str, Sequence[str]]) -> Desk | None:
    """The desk that query parameters name; None where they ask for another view or name none.

    Read apart from the address: pages without an office hour never learn of it, nor carry it on.
    """
    key = _identity(_first(parameters, DESK), version=4)
    if _first(parameters, VIEW) != OFFICE or not key:
        return None
    return Desk(key, _identity(_first(parameters, CASE)), keys=_first(parameters, KEYS) != _OFF)


def write_desk(desk: Desk | None) -> dict[str, str]:
    """The query parameters of a desk: `read_desk` backwards."""
    if desk is None:
        return {}
    named = {VIEW: OFFICE, DESK: desk.key, CASE: desk.case, KEYS: "" if desk.keys else _OFF}
    return {name: value for name, value in named.items() if value}


def _first(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or ("",)
    return values[0]


def _identity(text: str, version: int | None = None) -> str:
    try:
        identity = UUID(text)
    except ValueError:
        return ""
    return str(identity) if version in {None, identity.version} else ""
