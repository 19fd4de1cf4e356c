"""What the folder says of a pinned passage, in the words and with the links of the pages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from urllib.parse import quote

from search_api.folder.model import Way
from search_api.schemas import WITHOUT_FILE, Page, Time
from search_api.view import locales
from search_api.view.address import Address, link_to
from search_api.view.languages.german import GERMAN
from search_api.view.links import WANTED, file_link, web_link
from search_api.view.names import kind_name
from search_api.view.words import clock, expired_words, origin_words, place_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from search_api.schemas import Document, Pin

_SEPARATOR = " · "
_SECOND_DOOR = "/suche"  # of the API itself, which has the files too
_KEPT = "%/:=&?~#+!$,;'@()*[]"  # in an address; blanks, quotes, brackets of HTML and all beyond ASCII are not


def date_words(day: date) -> str:
    """`22.11.2026`."""
    return locales.date_words(GERMAN.language, day)


def source_words(pin: Pin) -> str:
    """`Handbuch · Versicherung bei Fahrten · S. 4`."""
    document = pin.document
    place = str(place_phrase(GERMAN, pin.location, pin.heading, document.source))
    parts = (kind_name(GERMAN, document.kind), document.title, place, origin_words(GERMAN, document))
    return _SEPARATOR.join(part for part in parts if part)


def checked_words(document: Document) -> str:
    """`geprüft am 22.11.2026`, or that nobody says so."""
    if document.last_checked:
        return f"geprüft am {date_words(document.last_checked)}"
    year = f"Stand {document.year}, " if document.year else ""
    return f"{year}Prüfdatum nicht angegeben"


def validity_words(document: Document, today: date) -> str:
    """`gültig bis 31.12.2027`, `abgelaufen seit 31.12.2025`, or that there is no end."""
    last = document.valid_until
    if last is None:
        return "ohne Ablaufdatum"
    if last < today:
        return expired_words(GERMAN, document.model_copy(update={"expired": True}))
    return f"gültig bis {date_words(last)}"


def ways(pin: Pin, page: str) -> Iterator[Way]:
    """Yield the links that work on any machine.

    They lead into this house, if its public address `page` is known, and to the pages of others.
    """
    document, location = pin.document, pin.location
    if page:
        yield from _ways_into_the_house(pin, page.rstrip("/"))
    if isinstance(location, Time) and (recording := _recording(location, document)):
        yield Way(f"Aufnahme ab {clock(location.start)} öffnen", recording)
    elif video := _href(document.video_url):
        yield Way("Aufnahme öffnen", video)
    if url := _href(document.url):
        yield Way("Internetseite dazu", url)


def _ways_into_the_house(pin: Pin, page: str) -> Iterator[Way]:
    document, location = pin.document, pin.location
    opened = Address(document=document.id)
    if isinstance(location, Time):
        second = math.floor(location.start)
        place = link_to(Address(document=document.id, second=second), f"t{second}")
    else:
        place = link_to(Address(document=opened.document, passage=pin.passage_id), WANTED)
    yield Way("Im Zusammenhang lesen", quote(f"{page}{place}", safe=_KEPT))
    if page.endswith(_SECOND_DOOR) and not document.source.lower().endswith(WITHOUT_FILE):
        file = file_link(document.id, page.removesuffix(_SECOND_DOOR))
        is_paged = isinstance(location, Page) and document.source.lower().endswith(".pdf")
        at = f"#page={location.page}" if is_paged and isinstance(location, Page) else ""
        yield Way("Original-Datei öffnen", f"{file}{at}")


def _recording(location: Time, document: Document) -> str | None:
    """The recording at the second: as the index says it, else with a media fragment (W3C Media Fragments)."""
    exact = _href(location.url)
    whole = _href(document.video_url)
    return exact or (f"{whole}#t={math.floor(location.start)}" if whole and "#" not in whole else whole)


def _href(url: str | None) -> str | None:
    """The address of a web page, written so that it cannot end early in any format; else None."""
    address = web_link(url)
    return quote(address, safe=_KEPT) if address else None
