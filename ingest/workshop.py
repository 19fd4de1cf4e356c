"""What an ingestion works with, handed to it as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.encoder import PassageEncoder
    from index.stamp import Stamp
    from ingest.readers import Reader
    from ingest.vector_cache import VectorCache


def roughly_counted(text: str) -> int:
    """Return about how many tokens a German text has, where no model is there to count them."""
    return len(text) // 4


@dataclass(frozen=True, slots=True)
class Workshop:
    """`load_encoder` is called if something is read, by several threads, and always returns the same one.

    Its vectors carry `stamp`. `read` is called in a thread of its own: in the product
    `IsolatedReader.read`. A dry run loads no encoder: there `counter` returns what counts tokens. Vectors
    that `cache` knows are not computed again.
    """

    stamp: Stamp
    load_encoder: Callable[[], PassageEncoder]
    read: Reader
    cache: VectorCache
    counter: Callable[[], Callable[[str], int]] = lambda: roughly_counted
