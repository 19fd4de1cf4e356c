"""What can go wrong, named after the situation; each message says what to do about it, in German."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = 3  # sources in a sentence; of more only the number is said
HALF_LETTERS = (  # a text that cannot be written down in UTF-8
    "Der Text enthält halbe Zeichen (einzelne »Surrogate«). Bitte speichern Sie die Datei in UTF-8 neu."
)


class KnowledgeBaseError(Exception):
    """Anything a person can mend: its text is one clear sentence for them, never a traceback."""


class UnreadableSourceError(KnowledgeBaseError):
    """A source that cannot be read; the message is the reason shown in the ingestion report."""


class ModelError(KnowledgeBaseError):
    """The encoder's model is missing, damaged or cannot be unpacked."""


class StampMismatchError(KnowledgeBaseError):
    """The published generation was made with another model, analyser or schema."""


class NothingPublishedError(KnowledgeBaseError):
    """There is no published generation yet."""

    def __init__(self) -> None:
        super().__init__(
            "Es ist noch kein Bestand veröffentlicht. Erstellen Sie ihn mit »make start« "
            "oder, in .venv, mit »python -m ingest«."
        )


class StoreUnavailableError(KnowledgeBaseError):
    """The index cannot be opened or reached at the moment."""


class StoreFullError(StoreUnavailableError):
    """There is no room left on the disk of the index."""


class UnknownGenerationError(KnowledgeBaseError):
    """There is no finished generation of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Den Stand {name} gibt es nicht (mehr). »python -m ingest generations« zeigt, welche es gibt."
        )


class GenerationDamagedError(KnowledgeBaseError):
    """A new generation is not what it should be; it is never served."""

    def __init__(self, listed: int, there: int) -> None:
        super().__init__(
            f"Der neue Stand ist unvollständig: {there} von {listed} Textstellen sind da. Der bisherige gilt "
            "weiter. Bitte nehmen Sie noch einmal auf; bleibt es dabei, melden Sie es uns."
        )


class ChangedMeanwhileError(KnowledgeBaseError):
    """Somebody published something else while a generation was made from the one before."""

    def __init__(self, now: str | None) -> None:
        super().__init__(
            f"Während der Aufnahme wurde umgestellt, jetzt gilt Stand {now}. Nehmen Sie noch einmal auf; was "
            "schon berechnet ist, wird nicht noch einmal berechnet."
        )


class WithdrawnError(KnowledgeBaseError):
    """What a generation had changed is still the same, and somebody went back from it."""

    def __init__(self, withdrawn: str, published: str, sources: Sequence[str] = ()) -> None:
        named = ", ".join(sources[:_NAMED])
        more = f" und {len(sources) - _NAMED} weitere" if len(sources) > _NAMED else ""
        which = f" Was er geändert hatte, ist noch dasselbe: {named}{more}." if sources else ""
        super().__init__(
            f"Der Stand {withdrawn} wurde zurückgenommen (jetzt gilt {published}).{which} Deshalb wird "
            "nichts veröffentlicht. Berichtigen Sie, was daran falsch war, und nehmen Sie noch einmal auf; "
            "wenn doch alles stimmt, dann mit --force."
        )


class SwitchingError(KnowledgeBaseError):
    """Another process is about to change what is served, and does not come to an end."""

    def __init__(self) -> None:
        super().__init__(
            "Gerade wechselt ein anderer Lauf den Stand und wird nicht fertig. Bitte sehen Sie mit »python "
            "-m ingest generations« nach, welcher gilt, und versuchen Sie es noch einmal."
        )


class IngestionRunningError(KnowledgeBaseError):
    """Another command that writes holds the lock: an ingestion, a backup, a restoration."""
