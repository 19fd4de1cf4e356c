"""What the page shows, as its own URL says it: the only state, so that every view can be bookmarked."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from search_api.view.desk import write_desk
from search_api.view.languages import texts_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from search_api.view.desk import Desk
    from search_api.view.languages import PageLanguage

# The filters of the API, in the order in which the page offers them; also their names in the URL.
FACETS: Final = ("kind", "topic", "country", "audience", "language", "year")

QUESTION: Final = "q"
_FORMER_QUESTION: Final = "frage"  # in bookmarks from before 2026-11-26
EXPIRED: Final = "abgelaufene"
AS_WRITTEN: Final = "wortgetreu"
MANY: Final = "mehr"
SIMILAR: Final = "aehnlich"
DOCUMENT: Final = "dokument"
PASSAGE: Final = "abschnitt"
SECOND: Final = "t"
EMBEDDED: Final = "embed"
LANGUAGE: Final = "lang"  # of the page; what passages are written in is the filter `language`
FIRST_HITS: Final = 10  # what the search gives where nobody says how many
MANY_HITS: Final = 40
_HOME: Final = "de"  # stands in no URL

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """A view of the page: a question with its filters, or a document opened at a place.

    `passage` is a passage id or a heading's anchor, `second` a whole second of a recording; `embedded` in
    a frame of another site; `language` the one that the page speaks; `as_written`: the question is searched
    for as it was typed; `many`: more hits than the first ones; `similar`: what says something like this
    passage; `desk` belongs to the office hour only.
    """

    question: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    include_expired: bool = False
    document: str | None = None
    passage: str | None = None
    second: int | None = None
    embedded: bool = False
    language: PageLanguage = _HOME
    as_written: bool = False
    many: bool = False
    similar: str | None = None
    desk: Desk | None = None

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any(self.filters.values())


def read_address(parameters: Mapping[str, Sequence[str]]) -> Address:
    """The view that query parameters ask for, without a desk; what cannot be understood is left out."""
    return Address(
        question=(_first(parameters, QUESTION) or _first(parameters, _FORMER_QUESTION)).strip(),
        filters={name: tuple(parameters[name]) for name in FACETS if parameters.get(name)},
        include_expired=_first(parameters, EXPIRED) == "1",
        document=_first(parameters, DOCUMENT) or None,
        passage=_first(parameters, PASSAGE) or None,
        second=_whole_number(_first(parameters, SECOND)),
        embedded=_first(parameters, EMBEDDED) == "1",
        language=read_language(parameters),
        as_written=_first(parameters, AS_WRITTEN) == "1",
        many=_first(parameters, MANY) == "1",
        similar=_first(parameters, SIMILAR) or None,
    )


def read_language(parameters: Mapping[str, Sequence[str]]) -> PageLanguage:
    """The page language that query parameters ask for, German where they ask for none that we have."""
    return texts_in(_first(parameters, LANGUAGE)).language


def write_language(language: PageLanguage) -> dict[str, str]:
    """The query parameter of a page language, none for German: `read_language` backwards."""
    return {} if language == _HOME else {LANGUAGE: language}


def write_address(address: Address) -> dict[str, list[str]]:
    """The query parameters of a view: `read_address` backwards."""
    second = None if address.second is None else str(address.second)
    single = {
        QUESTION: address.question,
        EXPIRED: "1" if address.include_expired else None,
        DOCUMENT: address.document,
        PASSAGE: address.passage,
        SECOND: second,
        EMBEDDED: "1" if address.embedded else None,
        AS_WRITTEN: "1" if address.as_written else None,
        MANY: "1" if address.many else None,
        SIMILAR: address.similar,
    }
    filters = {name: list(values) for name, values in address.filters.items() if values}
    single |= write_language(address.language) | write_desk(address.desk)
    return {name: [value] for name, value in single.items() if value} | filters


def asked_of_search(address: Address) -> list[tuple[str, str]]:
    """The parameters with which `GET /search` is asked for a view."""
    filters = [(name, value) for name, values in address.filters.items() for value in values]
    wishes = {"include_expired": address.include_expired, "as_written": address.as_written}
    flags = [(name, "true") for name, wished in wishes.items() if wished]
    limit = [("limit", str(MANY_HITS))] if address.many else []
    return [("q", address.question), *filters, *flags, *limit]


def link_to(address: Address, anchor: str = "") -> str:
    """A relative link to a view of this page, with an optional `#anchor`."""
    fragment = f"#{anchor}" if anchor else ""
    return f"?{urlencode(write_address(address), doseq=True)}{fragment}"


def files_base(page_url: str | None, api_url: str) -> str:
    """Where the browser reaches the API, without a slash at the end.

    The page talks to the API from inside the machine; its readers sit elsewhere. An API on a loopback or
    a bare container name is reachable for them under the host name of the page itself, at the API's port.
    """
    api, page = urlsplit(api_url), urlsplit(page_url or "")
    if page.hostname is None or not _is_inside(api.hostname or ""):
        return api_url.rstrip("/")
    host = f"[{page.hostname}]" if ":" in page.hostname else page.hostname
    port = api.port or _DEFAULT_PORTS.get(api.scheme, 80)
    return f"{page.scheme}://{host}:{port}{api.path.rstrip('/')}"


def _is_inside(host: str) -> bool:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return number.is_loopback or number.is_unspecified


def _first(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or ("",)
    return values[0]


def _whole_number(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else None  # six digits: eleven days of recording
