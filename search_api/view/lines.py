"""The line below a hit or a title that says what the source is, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from search_api.view.markup import escaped, in_language, phrase_html
from search_api.view.names import kind_name
from search_api.view.words import currency_words, origin_words, place_phrase, recorded_words

if TYPE_CHECKING:
    from search_api.schemas import Document, Hit, Pin
    from search_api.view.texts import Texts

_SEPARATOR: Final = " · "


def source_line(texts: Texts, hit: Hit | Pin) -> str:
    """`Handbuch · Versicherung bei Fahrten · S. 4 · geprüft am 22.11.2026`."""
    document = hit.document
    place = place_phrase(texts, hit.location, hit.heading, document.source)
    return _joined(
        escaped(kind_name(texts, document.kind)),
        in_language(texts, document.language, escaped(document.title)),
        phrase_html(texts, place, document.language),
        escaped(currency_words(texts, document)),
        escaped(origin_words(texts, document)),
    )


def document_line(texts: Texts, document: Document) -> str:
    """`Mitschrift · aufgezeichnet am 03.05.2026 · geprüft am 22.11.2026 · Lizenz: CC BY 4.0`."""
    licence = texts.licence.format(licence=document.licence) if document.licence else ""
    words = (
        kind_name(texts, document.kind),
        recorded_words(texts, document),
        currency_words(texts, document),
        origin_words(texts, document),
        licence,
    )
    return _joined(*(escaped(each) for each in words))


def _joined(*parts: str) -> str:
    return _SEPARATOR.join(part for part in parts if part)
