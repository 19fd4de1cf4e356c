"""A corpus of one document that says in title and text which state it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fake_encoder import WordEncoder
    from tests.search_api.house import House

SOURCE = "handbuch/a.md"


def publish_state(
    house: House, state: int, encoder: WordEncoder | None = None, *, unnoticed: bool = False
) -> None:
    """Publish the document in this state; the API looks at once, unless it is to remain `unnoticed`."""
    house.write(SOURCE, f"---\ntitle: Titel Stand {state}\n---\n# Kopf\n\nText Stand {state}.\n")
    house.publish(encoder, unnoticed=unnoticed)


def texts(house: House) -> list[str]:
    """Return what the API answers from."""
    return [hit["text"] for hit in house.search("Text Stand").json()["hits"]]
