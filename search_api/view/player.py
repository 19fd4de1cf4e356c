"""A recording that lies beside the search, played from the second at which a passage begins."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from search_api.schemas import Time
from search_api.view.address import link_to
from search_api.view.languages import texts_in
from search_api.view.links import Link
from search_api.view.markup import escaped, link
from search_api.view.words import clock

if TYPE_CHECKING:
    from search_api.schemas import Document, Passage
    from search_api.view.address import Address


def player(document: Document, passage: Passage, address: Address, files: str) -> str:
    """The player with a visible name, and the way to the same words in writing; nothing without a recording.

    Nothing is loaded before somebody presses the button. `files` is the API's base as the browser sees it.
    """
    location = passage.location
    if document.recording is None or not isinstance(location, Time):
        return ""
    texts = texts_in(address.language)
    second, begin = math.floor(location.start), clock(location.start)
    element = document.recording
    name = (texts.listen_from if element == "audio" else texts.watch_from).format(begin=begin)
    source = f"{files}/documents/{quote(document.id, safe='')}/recording#t={second}"
    played = f'<{element} controls preload="none" src="{escaped(source)}" aria-label="{escaped(name)}">'
    reading = link_to(replace(address, document=document.id, passage=None, second=second), f"t{second}")
    text = link(Link(reading, texts.read_transcript_at.format(time=begin)))
    shown = f"<figcaption>{escaped(name)}</figcaption>{played}</{element}>"
    return f'<figure class="aufnahme">{shown}<p class="wege">{text}</p></figure>'
