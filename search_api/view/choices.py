"""The filters of a page with their counts, as both doors offer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_api.view.address import FACETS
from search_api.view.texts import FACET_NAMES, value_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.view.address import Address


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter: `Handbuch (12)`, without a number where nothing has it."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter with its options: the most frequent first, years from the latest on."""

    code: str
    name: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...]  # in the order of the address


def choices(facets: Mapping[str, Mapping[str, int]], address: Address) -> tuple[Choice, ...]:
    """Return every filter that has something to choose, what is chosen already included."""
    found = (_choice(code, facets.get(code, {}), tuple(address.filters.get(code, ()))) for code in FACETS)
    return tuple(choice for choice in found if choice.options)


def _choice(code: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> Choice:
    options = [Option(value, _words(code, value, counts), value in chosen) for value in {*counts, *chosen}]
    options.sort(key=lambda option: (-counts.get(option.value, 0), option.words))
    if code == "year":
        options.sort(key=lambda option: option.value, reverse=True)
    return Choice(code, FACET_NAMES[code], tuple(options), chosen)


def _words(code: str, value: str, counts: Mapping[str, int]) -> str:
    name = value_name(code, value)
    return f"{name} ({counts[value]})" if value in counts else name
