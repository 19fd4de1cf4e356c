"""The filters of the page: large buttons with counts, each kept in the URL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from search_api.view import texts
from search_api.view.address import FACETS
from search_api.view.render import markdown_escaped
from ui.layout import current_address, go_to

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from search_api.view.address import Address

_BUTTONS_AT_MOST: Final = 12  # more values than that go into a list to choose from


def show_filters(address: Address, facets: Mapping[str, Mapping[str, int]]) -> None:
    """A foldable box with one choice per facet, and a button to take all filters back."""
    number = sum(len(values) for values in address.filters.values())
    title = f"{texts.FILTERS} ({number} gewählt)" if number else texts.FILTERS
    with st.expander(title, key="filter_box"):
        for facet in FACETS:
            _show_facet(facet, facets.get(facet, {}), address.filters.get(facet, ()))
        _hold("abgelaufene", address.include_expired)
        st.toggle(texts.SHOW_EXPIRED, key="abgelaufene", on_change=_expired_chosen)
    if address.narrowed:
        st.button(texts.RESET_FILTERS, key="filter_reset", on_click=_reset)


def _show_facet(facet: str, counts: Mapping[str, int], chosen: Sequence[str]) -> None:
    label = _label(facet, counts)
    options = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), label(value)))
    if facet == "year":
        options.sort(reverse=True)
    if not options:
        return
    key = f"filter_{facet}"
    _hold(key, list(chosen))
    name = texts.FACET_NAMES[facet]
    if len(options) > _BUTTONS_AT_MOST:
        st.multiselect(
            name, options, key=key, on_change=_chosen, args=(facet,), format_func=label,
            placeholder=texts.CHOOSE, select_all=False,
        )  # fmt: skip
    else:
        st.pills(
            name, options, key=key, on_change=_chosen, args=(facet,), selection_mode="multi",
            format_func=lambda value: markdown_escaped(label(value)),
        )  # fmt: skip


def _label(facet: str, counts: Mapping[str, int]) -> Callable[[str], str]:
    """`Handbuch (12)`."""

    def named(value: str) -> str:
        name = texts.value_name(facet, value)
        return f"{name} ({counts[value]})" if value in counts else name

    return named


def _hold(key: str, value: object) -> None:
    """Makes a widget show what the URL says; leaves it alone where it does already."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _chosen(facet: str) -> None:
    address = current_address()
    chosen = tuple(st.session_state[f"filter_{facet}"])
    go_to(replace(address, filters={**address.filters, facet: chosen}))


def _expired_chosen() -> None:
    go_to(replace(current_address(), include_expired=bool(st.session_state["abgelaufene"])))


def _reset() -> None:
    go_to(replace(current_address(), filters={}))
