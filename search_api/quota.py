"""So many in a minute and no more, from all askers together: nobody is told apart."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MINUTE_S = 60.0


class Quota:
    """Lets `most` pass in any minute; safe to use from several threads."""

    def __init__(self, most: int, now_s: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._now_s = now_s
        self._passed: deque[float] = deque()
        self._counting = threading.Lock()

    def take(self) -> bool:
        """Return whether another one may pass now."""
        with self._counting:
            now = self._now_s()
            while self._passed and now - self._passed[0] >= _MINUTE_S:
                self._passed.popleft()
            if len(self._passed) >= self._most:
                return False
            self._passed.append(now)
            return True
