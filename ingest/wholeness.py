"""`python -m ingest verify`: is what is stored still what was written, and what to do if it is not."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError, UnknownGenerationError
from index.store import connect_store
from ingest.publishing.verification import defects
from ingest.report import EXIT_FINE, EXIT_NOTHING_PUBLISHED
from ingest.upkeep import Outcome

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping

    from index.collection import Collection
    from index.settings import Settings

_RESTORE = "Holen Sie eine Sicherung zurück: »python -m ingest restore DATEI --replace«. Oder "
_ANEW = (
    f"{_RESTORE}erstellen Sie den Bestand neu: Ordner »index« unter KB_DATA löschen, dann »python -m ingest«."
)
_ANEW_ON_SERVER = (
    f"{_RESTORE}erstellen Sie den Bestand neu: die Sammlungen »partnerschaftslotse-g…« auf dem Qdrant-Server "
    "löschen, dann »python -m ingest«."
)


def verify(settings: Settings, options: Namespace) -> Outcome:
    """Compare every file of one generation, or of all, and read every passage and every vector."""
    collection = connect_store(settings)
    known = {record.id for record in collection.generations()}
    known |= {published} if (published := collection.published()) else set()  # also if its record is damaged
    if options.generation is not None and options.generation not in known:
        raise UnknownGenerationError(options.generation)
    wanted = [options.generation] if options.generation else sorted(known)
    found = {name: _defects_of(collection, name) for name in wanted}
    lines: list[str] = []
    for name, wrong in found.items():
        lines += (
            [f"{name}: beschädigt", *(f"  {each}" for each in wrong)] if wrong else [f"{name}: vollständig"]
        )
    anew = _ANEW_ON_SERVER if settings.qdrant_url else _ANEW
    advice = _advice(found, published, anew, is_everything=len(found) == len(known))
    code = EXIT_NOTHING_PUBLISHED if any(found.values()) else EXIT_FINE
    shown = [*lines, *([advice] if advice else [])]
    return Outcome(shown or ["Es gibt noch keinen Stand."], {"defects": found, "advice": advice}, code)


def _defects_of(collection: Collection, name: str) -> list[str]:
    damaged = [f"{file}: nicht mehr, was geschrieben wurde" for file in collection.damaged_files(name)]
    try:
        with closing(collection.open(name)) as generation:
            return [*damaged, *defects(generation)]
    except (KnowledgeBaseError, ValueError, KeyError, TypeError) as error:  # payloads that are no passages
        return [*damaged, str(error) or repr(error)]


def _advice(
    found: Mapping[str, list[str]], published: str | None, anew: str, *, is_everything: bool
) -> str | None:
    """Return what to do, None if nothing is damaged."""
    whole = [name for name, wrong in found.items() if not wrong]
    if len(whole) == len(found):
        return None
    if published in whole:
        return (
            f"Veröffentlicht ist {published}, und der ist vollständig. Zu einem beschädigten Stand können "
            "Sie nicht zurückgehen; »python -m ingest prune --keep 1« löscht alle früheren."
        )
    if whole:
        return f"Gehen Sie zu einem vollständigen Stand zurück: »python -m ingest rollback {max(whole)}«."
    if not is_everything:
        return "Ob ein anderer Stand vollständig ist, sagt »python -m ingest verify«."
    return anew
