"""The published generation as the API follows it: handed out at once, replaced in the background."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError
from search_api.served import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.collection import Collection
    from index.stamp import Stamp
    from search_api.served import Served

_LOG = logging.getLogger(__name__)
_EVERY_S = 0.25  # between two looks: with opening and a first question, well below two seconds
_LAST_LOOK_S = 5.0  # that the end of the app waits for; the thread ends with the process anyway
_MOST_PATIENCE = 256  # looks, about a minute, until a generation that did not open is tried again


def _untried(_served: Served) -> None:
    """Ask nothing."""


class Publication:
    """Hands out the published generation; a request keeps the one it began with to its end.

    `current` never asks the store once something serves. Whoever calls `follow` again and again, see
    `following`, brings in what is published later. `try_out` is called with each generation before
    it serves: it asks a question, so that the first visitor does not wait for cold files.
    """

    def __init__(
        self, collection: Collection, stamp: Stamp, try_out: Callable[[Served], object] = _untried
    ) -> None:
        self._collection = collection
        self._stamp = stamp
        self._try_out = try_out
        self._opening = threading.Lock()
        self._serving: Served | None = None
        self._known: str | None = None  # what serves, as long as the store has always named something
        self._refused: str | None = None
        self._away = False
        self._looks_left = 0
        self._patience = 1

    def current(self) -> Served:
        """Return what serves; until something does, open what is published.

        Raises:
            NothingPublishedError: there is none yet.
            StampMismatchError: the only one was made with another model.
            StoreUnavailableError: the store cannot be opened or reached.
        """
        serving = self._serving
        if serving is not None:
            return serving
        with self._opening:
            return self._serving or self._replaced()

    def follow(self) -> None:
        """Look once, and serve from what is published now; the former one serves until then.

        It also goes on serving if the store is away, if what is published has another stamp, is damaged
        or cannot be asked; then a warning says so once. The former one is released when its last
        request lets go of it.
        """
        with self._opening:
            try:
                published = self._collection.published()
            except Exception as error:  # noqa: BLE001 - whatever it is, the next look may succeed
                self._note_away(error)
                return
            self._away = False
            if published is None:
                self._known = self._refused = None  # cleared away: the same name will be another one
            elif published == self._known:
                self._refused = None
            elif published != self._refused or self._is_due():
                self._take(published)

    def _take(self, published: str) -> None:
        try:
            self._replaced()
        except Exception as error:  # noqa: BLE001 - a defect that it brings out must not replace what works
            self._refuse(published, error)

    def _replaced(self) -> Served:
        generation = self._collection.open()
        self._stamp.require(generation.stamp)
        served = serve(generation)
        self._try_out(served)
        self._serving, self._known, self._refused = served, generation.id, None
        _LOG.info("%s serves", generation.id)
        return served

    def _refuse(self, published: str, error: Exception) -> None:
        """Say so once, and try it again ever more rarely: the store may have been away in that moment."""
        if published != self._refused:
            self._patience = 1
            former = self._serving.generation.id if self._serving else "nothing"
            _LOG.warning(
                "%s is refused, %s goes on serving: %s", published, former, error, exc_info=_trace_of(error)
            )
        self._refused = published
        self._patience = min(2 * self._patience, _MOST_PATIENCE)
        self._looks_left = self._patience

    def _is_due(self) -> bool:
        self._looks_left -= 1
        return self._looks_left <= 0

    def _note_away(self, error: Exception) -> None:
        if not self._away:
            _LOG.warning(
                "the store is away, what is open goes on serving: %s", error, exc_info=_trace_of(error)
            )
        self._away = True


@contextmanager
def following(publication: Publication, every_s: float = _EVERY_S) -> Iterator[None]:
    """Follow what is published in a thread of its own, until the end of the block."""
    ended = threading.Event()
    thread = threading.Thread(
        target=_follow, args=(publication, ended, every_s), name="follower", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(_LAST_LOOK_S)


def _follow(publication: Publication, ended: threading.Event, every_s: float) -> None:
    while not ended.wait(every_s):
        publication.follow()


def _trace_of(error: Exception) -> Exception | None:
    """Return what the log shows the traceback of: of a defect, not of what a person can mend."""
    return None if isinstance(error, KnowledgeBaseError) else error
