"""Where the letters of a passage stand among those of its page.

A reader has cleaned the passage: broken words are whole, ligatures are letters, columns and cells stand in
another order than in the file. So letters and digits alone are compared, in stretches: each begins where
the one before it ended on the page, or else it has to be long enough to be no chance.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SEED = 6  # letters by which a place is looked up
_FAR = 12  # letters that a stretch needs anywhere on the page; "partnerschaft" alone is found by its context
_NEAR = 3  # letters that it needs right behind the one before
_REACH = 40  # letters between two stretches that are still near: a mark of a note, a page's footer
_MOST_PLACES = 50  # of a seed on the page: one that stands everywhere tells no place
_MOST_LETTERS = 20_000  # of a passage that are looked for; with the places, a million comparisons


class Letter(NamedTuple):
    """A letter or digit as it is compared, and the number of the character that it comes from."""

    sign: str
    origin: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """`length` letters that are the same from `passage` on in the passage and from `page` on on the page."""

    passage: int
    page: int
    length: int


def letters_of(characters: Iterable[str]) -> list[Letter]:
    """Return the letters and digits of a text, small, accents and ligatures taken apart."""
    found: list[Letter] = []
    for number, character in enumerate(characters):
        plain = unicodedata.normalize("NFKD", character).casefold()
        found += [Letter(sign, number) for sign in plain if sign.isalnum()]
    return found


def stretches(passage: Sequence[Letter], page: Sequence[Letter]) -> list[Stretch]:
    """Return what of the passage stands on the page, in the order of the passage.

    What repeats itself all over the page is not looked for, nor is the end of an endless passage.
    """
    wanted, there = ("".join(letter.sign for letter in each) for each in (passage[:_MOST_LETTERS], page))
    places = _places(there)
    found: list[Stretch] = []
    at, ended = 0, None
    while at < len(wanted):
        best = _best(wanted, there, at, ended, places)
        if best is None:
            at += 1
            continue
        found.append(best)
        at, ended = at + best.length, best.page + best.length
    return found


def _places(there: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for start in range(len(there) - _SEED + 1):
        places[there[start : start + _SEED]].append(start)
    return places


def _best(
    wanted: str, there: str, at: int, ended: int | None, places: dict[str, list[int]]
) -> Stretch | None:
    """Return the longest stretch from `at` on; of equally long ones the nearest to where the last ended."""
    least = min(_FAR, len(wanted))  # a passage of two words is found if both stand there
    starts = places.get(wanted[at : at + _SEED], [])
    starts = starts if len(starts) <= _MOST_PLACES else []
    found = [each for start in starts if (each := _grown(wanted, there, at, start)).length >= least]
    if ended is not None and len(wanted) - at >= _NEAR:
        near = there.find(wanted[at : at + _NEAR], ended, ended + _REACH + _NEAR)
        found += [] if near < 0 else [_grown(wanted, there, at, near)]
    return max(found, key=lambda each: (each.length, -abs(each.page - (ended or 0))), default=None)


def _grown(wanted: str, there: str, at: int, start: int) -> Stretch:
    length, most = 0, min(len(wanted) - at, len(there) - start)
    while length < most and wanted[at + length] == there[start + length]:
        length += 1
    return Stretch(at, start, length)
