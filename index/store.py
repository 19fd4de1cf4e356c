"""Which store the settings mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.embedded.collection import EmbeddedCollection

if TYPE_CHECKING:
    from index.collection import Collection
    from index.settings import Settings


def connect_store(settings: Settings) -> Collection:
    """Return the collection that the settings name; nothing is opened or sent yet."""
    if settings.qdrant_url is None:
        return EmbeddedCollection(settings.data / "index")
    from index.server.collection import connect  # noqa: PLC0415 - its client takes a second to import

    key = settings.qdrant_api_key
    return connect(settings.qdrant_url, key.get_secret_value() if key else None)
