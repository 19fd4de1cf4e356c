"""What every view shares: look, page language, notices, and moving from view to view."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlencode

import streamlit as st

from search_api.view.address import Address, link_to, read_address, write_address, write_language
from search_api.view.desk import OFFICE, VIEW, read_desk
from search_api.view.look import look
from search_api.view.markup import escaped
from search_api.view.plan import GUIDE
from search_api.view.render import notice
from search_api.view.switch import language_switch
from search_api.view.texts import API_AWAY_COMMAND, NAME, NOTHING_PUBLISHED_COMMAND
from ui.client import ApiAwayError, NothingPublishedError
from ui.soft_links import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_api.view.languages import PageLanguage
    from search_api.view.texts import Texts

_PAGE: Final = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_STYLE: Final = f"<style>{look()}{_PAGE}</style>"

# Runs after the document has been drawn; a fixed text, nothing of the corpus or the URL is put into it.
_SCROLL: Final = """
<script>
requestAnimationFrame(() => {
  const wanted = document.querySelector(".gesucht");
  if (wanted) { wanted.scrollIntoView({block: "start"}); wanted.focus({preventScroll: true}); }
});
</script>
"""


def begin(texts: Texts, brand: Literal["h1", "p"] = "h1") -> None:
    """Opens a view: look, language, switch, and the name that leads to the start (`p`: a title follows).

    At a desk, what leads away from it opens a new window.
    """
    st.html(_STYLE + _spoken(texts.language) + SCRIPT, unsafe_allow_javascript=True)
    start = link_to(Address(language=texts.language))
    name = f'<{brand} class="marke">{_way(texts, start, NAME)}</{brand}>'
    view = {each: st.query_params.get_all(each) for each in st.query_params}
    st.html(language_switch(texts, view) + name + _ways(texts, start))


def _spoken(language: PageLanguage) -> str:
    """Streamlit says lang="en" for every page: screen readers would read our German with an English voice."""
    return f'<script>document.documentElement.lang = "{language}";</script>'


def _ways(texts: Texts, start: str) -> str:
    guide = f"?{urlencode({VIEW: GUIDE, **write_language(texts.language)})}"
    office = f'<a href="{escaped(_office_href(texts))}">{escaped(texts.office.link)}</a>'
    links = _way(texts, start, texts.search_link) + _way(texts, guide, texts.guide_link) + office
    return f'<nav class="wege" aria-label="{escaped(texts.pages)}">{links}</nav>'


def _way(texts: Texts, href: str, words: str) -> str:
    """A link to another view; at a desk it leaves this window as it is: the other view knows no way back."""
    if current_address().desk is None:
        return f'<a href="{escaped(href)}">{escaped(words)}</a>'
    told = f'{escaped(words)} <span class="neues-fenster">({escaped(texts.office.new_window)})</span>'
    return f'<a href="{escaped(href)}" target="_blank" rel="noopener noreferrer">{told}</a>'


def _office_href(texts: Texts) -> str:
    """The office hour at the same desk for who sits at one: no other page's link names it."""
    desk = current_address().desk
    if desk:
        return link_to(Address(language=texts.language, desk=replace(desk, case="")))
    return f"?{urlencode({VIEW: OFFICE, **write_language(texts.language)})}"


def scroll_to_wanted_passage() -> None:
    """Moves the reading view to the passage with the class `gesucht`, if there is one."""
    st.html(_SCROLL, unsafe_allow_javascript=True)


def current_address() -> Address:
    """The view that the browser's URL asks for."""
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    return replace(read_address(parameters), desk=read_desk(parameters))


def go_to(address: Address) -> None:
    """Changes the browser's URL; for callbacks, after which Streamlit draws the page anew."""
    st.query_params.from_dict(write_address(address))


@contextmanager
def troubles_shown(texts: Texts, key: str | None = None) -> Iterator[None]:
    """Says in our words that the API is away or cannot search yet; what it refuses is the view's affair.

    `key` tells the button of one place from that of another.
    """
    try:
        yield
    except ApiAwayError:
        told = notice(texts, texts.api_away, texts.api_away_advice, command=API_AWAY_COMMAND)
        show_trouble(texts, told, key)
    except NothingPublishedError as error:
        show_nothing_published(texts, error.detail, key)


def show_nothing_published(texts: Texts, detail: str, key: str | None = None) -> None:
    """The API cannot search yet; `detail` is its reason and cure, empty if nothing is read in."""
    if detail:
        show_trouble(texts, notice(texts, texts.not_ready, texts.not_ready_advice, told=detail), key)
    else:
        advice, command = texts.nothing_published_advice, NOTHING_PUBLISHED_COMMAND
        show_trouble(texts, notice(texts, texts.nothing_published, advice, command=command), key)


def show_trouble(texts: Texts, told: str, key: str | None = None) -> None:
    """A notice (HTML) and a button that draws the page anew."""
    st.html(told)
    st.button(texts.try_again, key=key, type="primary")
