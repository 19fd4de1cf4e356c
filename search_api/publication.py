"""The published generation as the API follows it: opened once, replaced when another is published."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from index.errors import StampMismatchError, StoreUnavailableError
from search_api.served import serve

if TYPE_CHECKING:
    from index.collection import Collection
    from index.stamp import Stamp
    from search_api.served import Served

_LOG = logging.getLogger(__name__)


class Publication:
    """Hands out the published generation; a request keeps the one it began with to its end."""

    def __init__(self, collection: Collection, stamp: Stamp) -> None:
        self._collection = collection
        self._stamp = stamp
        self._opening = threading.Lock()
        self._serving: Served | None = None
        self._refused: str | None = None

    def current(self) -> Served:
        """Return the published generation, opened anew if another one was published.

        One with another stamp or a damaged one is refused; the former one goes on serving if there is one.

        Raises:
            NothingPublishedError: there is none yet.
            StampMismatchError: the only one was made with another model.
            StoreUnavailableError: the store cannot be opened or reached.
        """
        published = self._collection.published()
        serving = self._serving
        if serving is not None and (published is None or published in {serving.generation.id, self._refused}):
            return serving  # also when the index folder was cleared: what is open can still answer
        with self._opening:
            if self._serving is None or self._serving.generation.id != published:
                self._serving = self._opened(published)
            return self._serving  # the former one is released when its last request lets go of it

    def _opened(self, published: str | None) -> Served:
        try:
            generation = self._collection.open()
            self._stamp.require(generation.stamp)
            return serve(generation)
        except (StampMismatchError, StoreUnavailableError) as error:
            if self._serving is None:
                raise
            _LOG.warning(
                "%s is refused, %s goes on serving: %s", published, self._serving.generation.id, error
            )
            self._refused = published
            return self._serving
