"""The reading view of a document as HTML: all passages in order, the wanted one marked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from search_api.schemas import Heading, Page, Question, Time
from search_api.view.languages import texts_in
from search_api.view.lines import document_line
from search_api.view.links import WANTED, document_links
from search_api.view.markup import escaped, link_row
from search_api.view.page_picture import page_picture
from search_api.view.player import player
from search_api.view.render import badge, funding_list
from search_api.view.words import clock, place_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search_api.schemas import Document, DocumentDetail, Passage
    from search_api.view.address import Address
    from search_api.view.texts import Texts


def document_head(texts: Texts, document: Document, files: str) -> str:
    """Title, facts and links of a document."""
    tongue = escaped(document.language)
    title = f'<h1 class="titel" lang="{tongue}">{escaped(document.title)}</h1>'
    facts = f'<p class="quelle">{document_line(texts, document)} {badge(texts, document)}</p>'
    links = link_row(document_links(texts, document, files))
    return f"{title}{facts}{funding_list(texts, document)}{links}"


def document_text(detail: DocumentDetail, address: Address, files: str) -> str:
    """All passages in order.

    The one that the address asks for has the class `gesucht` and the id `gesucht` or `t<second>`, and with it
    the page that it stands on or the recording from its second on; `files` is the API as the browser sees it.
    """
    texts, wanted = texts_in(address.language), wanted_position(detail.passages, address)
    predecessors = [None, *detail.passages]
    document = detail.document
    passages = [
        _passage(texts, before, passage, document, _anchor(address, found=position == wanted))
        + (_original_place(document, passage, address, files) if position == wanted else "")
        for position, (before, passage) in enumerate(zip(predecessors, detail.passages, strict=False))
    ]
    tongue = escaped(document.language)
    return f'<div class="dokument" lang="{tongue}">{"".join(passages)}</div>'


def _original_place(document: Document, passage: Passage, address: Address, files: str) -> str:
    texts = texts_in(address.language)
    shown = page_picture(texts, document, passage, files) or player(texts, document, passage, files)
    return f'<div lang="{texts.language}">{shown}</div>' if shown else ""


def wanted_position(passages: Sequence[Passage], address: Address) -> int | None:
    """Which passage the address asks for: by second, by passage id or by a heading's anchor."""
    if address.second is not None:
        return _position_of_second(passages, address.second)
    for position, passage in enumerate(passages):
        if address.passage and address.passage in _names(passage):
            return position
    return None


def _names(passage: Passage) -> tuple[str | None, ...]:
    anchor = passage.location.anchor if isinstance(passage.location, Heading) else None
    return passage.passage_id, anchor


def _position_of_second(passages: Sequence[Passage], second: int) -> int | None:
    """The last passage that has begun by then; its start is cut to whole seconds, as in our links."""
    begun = [
        position
        for position, passage in enumerate(passages)
        if isinstance(passage.location, Time) and math.floor(passage.location.start) <= second
    ]
    return begun[-1] if begun else None


def _anchor(address: Address, *, found: bool) -> str:
    if not found:
        return 'class="passage"'
    name = WANTED if address.second is None else f"t{address.second}"
    return f'class="passage {WANTED}" id="{name}" tabindex="-1"'


def _passage(texts: Texts, before: Passage | None, passage: Passage, document: Document, anchor: str) -> str:
    title = _title(passage) if before is None or _title(before) != _title(passage) else ""
    heading = f"<h2>{escaped(title)}</h2>" if title else ""
    mark = _place_mark(texts, before, passage, document)
    return f"<section {anchor}>{heading}{mark}<div class='umfeld'>{escaped(passage.text)}</div></section>"


def _title(passage: Passage) -> str:
    if isinstance(passage.location, Question):
        return passage.location.question
    return " › ".join(passage.heading)


def _place_mark(texts: Texts, before: Passage | None, passage: Passage, document: Document) -> str:
    """The time of each part of a recording, the page or slide where a new one begins."""
    location = passage.location
    if isinstance(location, Time):
        return f'<p class="ort">{clock(location.start)}</p>'
    if isinstance(location, Page) and (before is None or before.location != location):
        where = escaped(str(place_phrase(texts, location, [], document.source)))
        return f'<p class="ort" lang="{texts.language}">{where}</p>'
    return ""
