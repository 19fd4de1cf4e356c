"""The stamp of a generation: what made its vectors, so that other vectors never meet them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from index.errors import StampMismatchError

SCHEMA_VERSION = 3  # rises with every change of the points' payload or vectors
ANALYSER_VERSION = 4  # rises with every change of the terms of a text or their weights
CHUNKER_VERSION = 2  # rises with every change of the passages that the same document gives

_GERMAN_NAMES = {
    "model": "Modell",
    "revision": "Modellfassung",
    "query_prefix": "Vorsatz der Fragen",
    "passage_prefix": "Vorsatz der Textstellen",
    "dimension": "Vektorlänge",
    "schema": "Aufbau",
    "analyser": "Wortzerlegung",
    "chunker": "Textzerlegung",
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """Everything that must be equal for question and passage vectors to be comparable."""

    model: str
    revision: str
    query_prefix: str
    passage_prefix: str
    dimension: int
    schema: int = SCHEMA_VERSION
    analyser: int = ANALYSER_VERSION
    chunker: int = CHUNKER_VERSION

    def require(self, stored: Stamp) -> None:
        """Refuse a generation that was not made with this stamp.

        Raises:
            StampMismatchError: says what differs and which command mends it.
        """
        here, there = asdict(self), asdict(stored)
        different = [
            f"{_GERMAN_NAMES[name]} »{there[name]}« statt »{here[name]}«"
            for name in here
            if here[name] != there[name]
        ]
        if different:
            message = (
                f"Der Bestand wurde anders erstellt als hier eingestellt: {', '.join(different)}. "
                "Erstellen Sie ihn neu mit »make start« oder, in .venv, mit »python -m ingest« "
                "(oder stellen Sie KB_MODEL zurück)."
            )
            raise StampMismatchError(message)
