"""The switch between the languages of a page: the same view in each, kept by its URL."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from search_api.view.address import LANGUAGE, write_language
from search_api.view.languages import ALL_TEXTS
from search_api.view.markup import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_api.view.texts import Texts


def language_switch(texts: Texts, parameters: Mapping[str, str | Sequence[str]]) -> str:
    """A row of links, each in its own language, to the view with these query parameters."""
    ways = "".join(f"<li>{_way(each, texts, parameters)}</li>" for each in ALL_TEXTS)
    return f'<nav class="sprachen" aria-label="{escaped(texts.languages)}"><ul>{ways}</ul></nav>'


def _way(target: Texts, current: Texts, parameters: Mapping[str, str | Sequence[str]]) -> str:
    view = {name: value for name, value in parameters.items() if name != LANGUAGE}
    href = escaped(f"?{urlencode({**view, **write_language(target.language)}, doseq=True)}")
    here = ' aria-current="true"' if target is current else ""
    code = target.language
    return f'<a href="{href}" lang="{code}" hreflang="{code}"{here}>{escaped(target.own_name)}</a>'
