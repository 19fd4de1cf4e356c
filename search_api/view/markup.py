"""Text made safe for HTML and for Markdown, and marked where it is in another language than the page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from search_api.view.texts import API_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_api.view.links import Link
    from search_api.view.texts import Texts
    from search_api.view.words import Phrase

_MARKDOWN_SIGNS: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&])")


def escaped(text: str) -> str:
    """Text that is safe in HTML, in attributes too."""
    return html.escape(text, quote=True)


def markdown_escaped(text: str) -> str:
    """Text that Streamlit's labels, which are Markdown, show as it is."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))


def in_language(texts: Texts, tongue: str, inner: str) -> str:
    """HTML with its language said, unless that is the page's: for voices, hyphens and quotation marks."""
    return inner if tongue == texts.language else f'<span lang="{escaped(tongue)}">{inner}</span>'


def said_by_api(texts: Texts, sentence: str) -> str:
    """A sentence of the API as HTML: it is German on every page."""
    return in_language(texts, API_LANGUAGE, escaped(sentence))


def phrase_html(texts: Texts, phrase: Phrase, tongue: str) -> str:
    """A phrase as HTML, the words that it quotes marked as being in `tongue`."""
    values = {name: escaped(value) for name, value in phrase.values.items()}
    return escaped(phrase.pattern).format(quoted=in_language(texts, tongue, escaped(phrase.quoted)), **values)


def link(target: Link) -> str:
    """An anchor element; links outside open a new tab and tell the other site nothing."""
    where = ' target="_blank" rel="noopener noreferrer"' if target.outside else ""
    kind = ' class="fremd"' if target.foreign else ""
    return f'<a href="{escaped(target.href)}"{where}{kind}>{escaped(target.words)}</a>'


def link_row(links: Iterable[Link]) -> str:
    """Links beside each other."""
    return f'<p class="wege">{" ".join(link(target) for target in links)}</p>'
