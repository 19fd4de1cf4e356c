"""What the child that draws is told, and what it says if there is no picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

WHOLE_S = 10  # a page of text takes .3 s with starting the child, a map of many lines some seconds


class Refusal(IntEnum):
    """Why there is no picture, as exit codes."""

    CHANGED = 10
    NO_SUCH_PAGE = 11
    UNREADABLE = 12
    TOO_LARGE = 13


@dataclass(frozen=True, slots=True)
class Order:
    """A page, counted from 1, `width` pixels wide, of the file whose bytes have the sha256 `content`.

    The text of `passage` is marked in it, and more strongly its characters [`start`, `end`).
    """

    path: str
    content: str
    page: int
    width: int
    passage: str = ""
    start: int = 0
    end: int = 0
