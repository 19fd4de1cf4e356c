"""Only our own pages may send something in a visitor's name."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from index.errors import KnowledgeBaseError

_OURS = {"same-origin", "none"}  # `none`: typed by the visitor (Fetch Metadata, 2.3)
_REFUSED = (
    "Diese Angabe kam von einer fremden Seite. Bitte öffnen Sie die Suche selbst und senden Sie sie dort."
)


class ForeignSiteError(KnowledgeBaseError):
    """Another site made the browser send this."""


def require_own_page(request: Request) -> None:
    """Let only requests of our own pages and of programs pass.

    Browsers say in Sec-Fetch-Site who sends; older ones say it in Origin. Programs say nothing.

    Raises:
        ForeignSiteError: it comes from elsewhere, or from where the browser will not tell.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        own = site in _OURS
    else:
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not own:
        raise ForeignSiteError(_REFUSED)
