"""Where the links of a hit lead: into the file, into the recording or into the reading view of this page."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from search_api.schemas import WITHOUT_FILE, Page, Time
from search_api.view.address import FIRST_HITS, link_to
from search_api.view.languages import texts_in
from search_api.view.words import clock, place_phrase

if TYPE_CHECKING:
    from search_api.schemas import Document, Hit, Pin, Place, SearchResponse
    from search_api.view.address import Address
    from search_api.view.texts import Texts

WANTED: Final = "gesucht"  # id of the wanted passage in the reading view


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go and how it is called; `outside` opens a new tab, `foreign` is an address of others.

    The address of others is printed; ours lead on from page to page, which paper cannot.
    """

    href: str
    words: str
    outside: bool = False
    foreign: bool = False


def web_link(url: str | None) -> str | None:
    """The URL if a browser may open it (http or https with a host), else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else None


def file_link(document_id: str, files: str) -> str:
    """The original file at the API; `files` is its base as the browser sees it."""
    return f"{files}/documents/{quote(document_id, safe='')}/file"


def hit_links(hit: Hit | Pin, address: Address, files: str) -> tuple[Link, ...]:
    """The links of a hit, the one that leads most exactly to the place first."""
    return *_ways_to(hit, address, files), similar_link(hit, address)


def similar_link(hit: Hit | Pin, address: Address) -> Link:
    """What else says something like this hit; it carries question and filters along for the way back."""
    return Link(link_to(replace(address, similar=hit.passage_id)), texts_in(address.language).similar)


def _ways_to(hit: Hit | Pin, address: Address, files: str) -> tuple[Link, ...]:
    texts, location = texts_in(address.language), hit.location
    original, publisher = _original(texts, hit.document, files), _publisher(texts, hit.document)
    if isinstance(location, Page) and hit.document.source.lower().endswith(".pdf"):
        words = texts.open_page.format(page=location.label or location.page)
        page = Link(f"{file_link(hit.document.id, files)}#page={location.page}", words, outside=True)
        return page, _reading_link(hit, address, texts.read_in_context), *publisher
    if isinstance(location, Time):
        begin = clock(location.start)
        reading = _reading_link(hit, address, texts.read_transcript_at.format(time=begin))
        recording = web_link(location.url)
        if recording:
            opened = texts.open_recording_at.format(time=begin)
            return Link(recording, opened, outside=True, foreign=True), reading
        return reading, *original
    return _reading_link(hit, address, texts.read_in_document), *original, *publisher


def way_back(address: Address) -> Link:
    """From a document to the answers or the case it was found among, or to the start."""
    texts = texts_in(address.language)
    words = texts.back_to_answers if address.question else texts.to_start
    words = texts.office.back_to_case if address.desk else words
    found = replace(address, document=None, passage=None, second=None, similar=None)
    return Link(link_to(found), f"← {words}")


def more_link(answer: SearchResponse, address: Address) -> Link | None:
    """The same view with more hits; None where there are no more, they are shown, or nothing answers."""
    if address.many or len(answer.hits) < FIRST_HITS or answer.verdict == "none":
        return None
    return Link(link_to(replace(address, many=True)), texts_in(address.language).more)


def print_link(address: Address, files: str) -> Link:
    """The same answers as the API draws them: one plain page that prints without its controls."""
    return Link(f"{files}/suche{link_to(address)}", texts_in(address.language).print_view, outside=True)


def place_link(place: Place, address: Address) -> Link:
    """The reading view at another place that says the same."""
    where = place_phrase(texts_in(address.language), place.location, place.heading, place.source)
    words = ", ".join(part for part in (place.title, str(where)) if part)
    opened = replace(address, document=place.document_id, passage=place.passage_id)
    return Link(link_to(opened, WANTED), words)


def document_links(texts: Texts, document: Document, files: str) -> tuple[Link, ...]:
    """The links of a whole document."""
    video = web_link(document.video_url)
    recording = (Link(video, texts.open_recording, outside=True, foreign=True),) if video else ()
    return *_original(texts, document, files), *recording, *_publisher(texts, document)


def _original(texts: Texts, document: Document, files: str) -> tuple[Link, ...]:
    """The file itself; of a mail there is none, for the names and addresses in it."""
    if document.source.lower().endswith(WITHOUT_FILE):
        return ()
    return (Link(file_link(document.id, files), texts.open_original, outside=True),)


def _publisher(texts: Texts, document: Document) -> tuple[Link, ...]:
    url = web_link(document.url)
    return (Link(url, texts.open_web_page, outside=True, foreign=True),) if url else ()


def _reading_link(hit: Hit | Pin, address: Address, words: str) -> Link:
    """The reading view at the hit; it carries question and filters along for the way back."""
    opened = replace(address, document=hit.document.id, similar=None)
    if isinstance(hit.location, Time):
        second = math.floor(hit.location.start)
        return Link(link_to(replace(opened, second=second), f"t{second}"), words)
    return Link(link_to(replace(opened, passage=hit.passage_id), WANTED), words)
