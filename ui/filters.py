"""The filters of the page: large buttons with counts, each kept in the URL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from search_api.view.choices import choices
from search_api.view.languages import texts_in
from search_api.view.markup import markdown_escaped
from ui.layout import current_address, go_to

if TYPE_CHECKING:
    from collections.abc import Mapping

    from search_api.view.address import Address
    from search_api.view.choices import Choice
    from search_api.view.texts import Texts

_BUTTONS_AT_MOST: Final = 12  # more values than that go into a list to choose from


def show_filters(address: Address, facets: Mapping[str, Mapping[str, int]]) -> None:
    """A foldable box with one choice per facet, and a button to take all filters back."""
    number = sum(len(values) for values in address.filters.values())
    texts = texts_in(address.language)
    title = texts.filters_chosen.format(count=number) if number else texts.filters
    with st.expander(title, key="filter_box"):
        for choice in choices(facets, address):
            _show_choice(texts, choice)
        _hold("abgelaufene", address.include_expired)
        st.toggle(texts.show_expired, key="abgelaufene", on_change=_expired_chosen)
    if address.narrowed:
        st.button(texts.reset_filters, key="filter_reset", on_click=_reset)


def _show_choice(texts: Texts, choice: Choice) -> None:
    words = {option.value: option.words for option in choice.options}
    key = f"filter_{choice.code}"
    _hold(key, [*choice.chosen])
    if len(words) > _BUTTONS_AT_MOST:
        st.multiselect(
            choice.name, words, key=key, on_change=_chosen, args=(choice.code,),
            format_func=words.__getitem__, placeholder=texts.choose, select_all=False,
        )  # fmt: skip
    else:
        st.pills(
            choice.name, words, key=key, on_change=_chosen, args=(choice.code,), selection_mode="multi",
            format_func=lambda value: markdown_escaped(words[value]),
        )  # fmt: skip


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
