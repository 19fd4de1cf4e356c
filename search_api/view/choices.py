"""The filters of a page with their counts, as both doors offer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_api.view.address import FACETS
from search_api.view.languages import texts_in
from search_api.view.names import value_name
from search_api.view.texts import API_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.view.address import Address
    from search_api.view.texts import Texts

_OWN_WORDS = frozenset({"topic"})  # the values are the corpus' own keywords, not ours


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
    tongue: str  # the language of the options


def choices(facets: Mapping[str, Mapping[str, int]], address: Address) -> tuple[Choice, ...]:
    """Return every filter that has something to choose, what is chosen already included."""
    texts = texts_in(address.language)
    found = (
        _choice(texts, code, facets.get(code, {}), tuple(address.filters.get(code, ()))) for code in FACETS
    )
    return tuple(choice for choice in found if choice.options)


def _choice(texts: Texts, code: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> Choice:
    values = {*counts, *chosen}
    options = [Option(value, _words(texts, code, value, counts), value in chosen) for value in values]
    options.sort(key=lambda option: (-counts.get(option.value, 0), option.words))
    if code == "year":
        options.sort(key=lambda option: option.value, reverse=True)
    tongue = API_LANGUAGE if code in _OWN_WORDS else texts.language
    return Choice(code, texts.facet_names[code], tuple(options), chosen, tongue)


def _words(texts: Texts, code: str, value: str, counts: Mapping[str, int]) -> str:
    name = value_name(texts, code, value)
    return f"{name} ({counts[value]})" if value in counts else name
