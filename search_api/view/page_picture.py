"""A page of a PDF file as a picture with the passage marked, for those who look for it on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from search_api.schemas import Page
from search_api.view.links import Link, file_link
from search_api.view.markup import escaped, link

if TYPE_CHECKING:
    from search_api.schemas import Document, Highlight, Passage
    from search_api.view.texts import Texts


def page_picture(
    texts: Texts, document: Document, passage: Passage, files: str, highlight: Highlight | None = None
) -> str:
    """The page on which a passage stands, loaded when it comes into view; nothing if it stands on none.

    `highlight` is marked more strongly. The picture is a link to the page in the file; who cannot see it is
    told that the text stands on the page. `files` is the API's base as the browser sees it.
    """
    location = passage.location
    if not isinstance(location, Page) or not document.source.lower().endswith(".pdf"):
        return ""
    page = location.label or str(location.page)
    told = texts.page_picture.format(page=page, title=document.title)
    source = _source(document.id, location.page, passage.passage_id, files, highlight)
    original = f"{file_link(document.id, files)}#page={location.page}"
    words = link(Link(original, texts.page_in_file.format(page=page), outside=True))
    picture = f'<img loading="lazy" src="{escaped(source)}" alt="{escaped(told)}">'
    return f'<figure class="seitenbild">{picture}<figcaption>{words}</figcaption></figure>'


def _source(document: str, page: int, passage: str, files: str, highlight: Highlight | None) -> str:
    parts = {"passage": passage}
    if highlight is not None:
        parts |= {"start": str(highlight.start), "end": str(highlight.end)}
    return f"{files}/documents/{quote(document, safe='')}/pages/{page}.png?{urlencode(parts)}"
