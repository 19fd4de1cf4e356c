"""What every view shares: look, page language, notices, and moving from view to view."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlencode

import streamlit as st

from search_api.view.address import Address, link_to, read_address, write_address, write_language
from search_api.view.desk import OFFICE, VIEW, read_desk
from search_api.view.markup import escaped
from search_api.view.plan import GUIDE
from search_api.view.render import notice
from search_api.view.switch import language_switch
from search_api.view.texts import API_AWAY_COMMAND, NAME, NOTHING_PUBLISHED_COMMAND
from ui.client import ApiAwayError, NothingPublishedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search_api.view.languages import PageLanguage
    from search_api.view.texts import Texts

_STYLE: Final = """
<style>
[data-testid="InputInstructions"], [data-testid="stToolbar"] { display: none; }
[data-testid="stStatusWidget"] { display: none; }
[data-testid="stWidgetLabel"] p, [data-testid="stExpander"] summary p { font-size: 1rem; }
input, button p { font-size: 1rem !important; }
button[aria-pressed="true"], button[aria-checked="true"] { background: #0b4f8a !important; }
button[aria-pressed="true"] p, button[aria-checked="true"] p { color: #fff !important; }
[data-testid="stHtml"] { overflow-wrap: anywhere; }
[data-testid="stHtml"] a { color: #0b4f8a; }
[data-testid="stMainBlockContainer"] { padding-left: 1rem; padding-right: 1rem; }
button, summary, [data-testid="stExpander"] summary { min-height: 2.6rem; }
.marke { font-size: 1.7rem; font-weight: 700; margin: 0; padding: 0; line-height: 1.3; }
.marke a { color: inherit; text-decoration: none; }
.titel { font-size: 1.6rem; line-height: 1.3; padding: 0; margin: .4rem 0; }
.urteil { font-size: 1.25rem; font-weight: 700; }
.urteil { padding: .6rem .9rem; margin: 0 0 .6rem; border-left: .4rem solid; }
.urteil-answered { background: #e6f4ea; border-color: #1b6e35; color: #114a23; }
.urteil-partial { background: #fff4d6; border-color: #8a5a00; color: #573900; }
.urteil-none { background: #eef0f2; border-color: #4a5560; color: #1a1f26; }
.treffer { border: 1px solid #8792a0; border-radius: .5rem; padding: 1rem; overflow-wrap: anywhere; }
.antwortsatz { font-size: 1.2rem; font-weight: 600; line-height: 1.45; margin: 0 0 .5rem; padding: 0; }
.quelle { color: #3a4550; margin: 0 0 .6rem; }
.umfeld { white-space: pre-line; line-height: 1.6; margin: .4rem 0; overflow-wrap: anywhere; }
mark { background: #ffe680; color: #1a1f26; padding: 0 .1em; }
.treffer summary { cursor: pointer; color: #0b4f8a; text-decoration: underline; padding: .5rem 0; }
.abgelaufen { background: #8c1d18; color: #fff; border-radius: .3rem; padding: .1rem .5rem; }
.abgelaufen { white-space: nowrap; }
.foerderung { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
.foerderung { margin: .6rem 0 !important; padding: 0 !important; }
.foerderung dt { color: #3a4550; font-weight: 400; }
.foerderung dd { font-weight: 600; }
.foerderung dt, .foerderung dd { margin: 0 !important; padding: 0; }
.neuer { background: #fff4d6; color: #573900; padding: .4rem .7rem; margin: 0 0 .6rem; }
.auch { color: #3a4550; margin: .2rem 0 .6rem; }
.wege { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; margin: .5rem 0 0; }
.wege a { padding: .45rem 0; }
.sprachen ul { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; list-style: none; margin: 0; padding: 0; }
.sprachen li { margin: 0; }
.sprachen a { display: inline-block; padding: .45rem 0; }
.sprachen [aria-current] { color: inherit; font-weight: 700; text-decoration: none; }
.hinweis { background: #fff4d6; color: #3d2a00; border-left: .4rem solid #8a5a00; padding: .8rem 1rem; }
.hinweis code { font-size: 1rem; background: #fff; color: #1a1f26; padding: .3rem .6rem; }
.passage { padding: .3rem 1rem; margin: 0 -1rem; scroll-margin-top: 4rem; }
.passage h2 { font-size: 1.2rem; padding: .8rem 0 .2rem; margin: 0; line-height: 1.35; }
.ort { color: #3a4550; font-weight: 600; margin: .5rem 0 0; }
.gesucht { background: #fff4c2; border-left: .4rem solid #8a5a00; outline: none; }
@media (max-width: 640px) {
  .foerderung { grid-template-columns: 1fr; }
  .foerderung dd { margin-bottom: .4rem !important; }
}
</style>
"""

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
    """Opens a view: look, language, switch, and the name that leads to the start (`p`: a title follows)."""
    st.html(_STYLE + _spoken(texts.language), unsafe_allow_javascript=True)
    start = escaped(link_to(Address(language=texts.language)))
    name = f'<{brand} class="marke"><a href="{start}">{escaped(NAME)}</a></{brand}>'
    view = {each: st.query_params.get_all(each) for each in st.query_params}
    st.html(language_switch(texts, view) + name + _ways(texts, start))


def _spoken(language: PageLanguage) -> str:
    """Streamlit says lang="en" for every page: screen readers would read our German with an English voice."""
    return f'<script>document.documentElement.lang = "{language}";</script>'


def _ways(texts: Texts, start: str) -> str:
    spoken = write_language(texts.language)
    ways = {
        start: texts.search_link,
        escaped(f"?{urlencode({VIEW: GUIDE, **spoken})}"): texts.guide_link,
        escaped(_office_href(texts)): texts.office.link,
    }
    links = "".join(f'<a href="{href}">{escaped(words)}</a>' for href, words in ways.items())
    return f'<nav class="wege" aria-label="{escaped(texts.pages)}">{links}</nav>'


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
