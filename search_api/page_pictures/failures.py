"""Pages that could not be drawn a moment ago: asked for again, they cost nothing."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.errors import KnowledgeBaseError
    from search_api.page_pictures.order import Order

KEPT_S = 300.0  # then it is tried again: the machine may only have been busy
_MOST = 256  # pages


class Failures:
    """The last failures by the file's content and the page; safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looking = threading.Lock()
        self._known: OrderedDict[tuple[str, int], tuple[float, KnowledgeBaseError]] = OrderedDict()

    def remember(self, order: Order, error: KnowledgeBaseError) -> None:
        """Keep why there is no picture of this page, for `KEPT_S` seconds."""
        key = (order.content, order.page)
        with self._looking:
            self._known[key] = (self._clock() + KEPT_S, error)
            self._known.move_to_end(key)
            while len(self._known) > _MOST:
                self._known.popitem(last=False)

    def recall(self, order: Order) -> KnowledgeBaseError | None:
        """Return a new error that says the same as the last one of this page, None if there is none."""
        with self._looking:
            until, error = self._known.get((order.content, order.page), (0.0, None))
        if error is None or self._clock() >= until:
            return None
        return type(error)(str(error))  # not the same one: each that is raised gathers its own traceback
