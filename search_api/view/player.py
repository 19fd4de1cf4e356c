"""A recording that lies beside the search, played from the second at which a passage begins."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from urllib.parse import quote

from search_api.schemas import Time
from search_api.view.markup import escaped
from search_api.view.words import clock

if TYPE_CHECKING:
    from search_api.schemas import Document, Passage
    from search_api.view.texts import Texts


def player(texts: Texts, document: Document, passage: Passage, files: str) -> str:
    """The player with a visible name; nothing without a recording. What is said stands beside it as text.

    Nothing is loaded before somebody presses the button. `files` is the API's base as the browser sees it.
    """
    location = passage.location
    if document.recording is None or not isinstance(location, Time):
        return ""
    second, begin = math.floor(location.start), clock(location.start)
    element = document.recording
    name = (texts.listen_from if element == "audio" else texts.watch_from).format(begin=begin)
    source = f"{files}/documents/{quote(document.id, safe='')}/recording#t={second}"
    played = f'<{element} controls preload="none" src="{escaped(source)}" aria-label="{escaped(name)}">'
    shown = f"<figcaption>{escaped(name)}</figcaption>{played}</{element}>"
    return f'<figure class="aufnahme">{shown}</figure>'
