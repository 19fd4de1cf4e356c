"""What can go wrong with a case; each message says what to do about it, in German."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from search_api.schemas import Finding


class CaseDatabaseError(KnowledgeBaseError):
    """KB_DATABASE_URL names a database that cases cannot be kept in."""


class CasesUnavailableError(KnowledgeBaseError):
    """The database of the cases cannot be read or written at the moment."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Die Fälle lassen sich gerade nicht lesen oder speichern ({reason}). Bitte lassen Sie dieses "
            "Fenster offen und versuchen Sie es gleich noch einmal. Bleibt es dabei, prüfen Sie den "
            "Ordner KB_DATA: Platz, Schreibrecht und andere Programme, die »cases.sqlite« benutzen."
        )


class CaseNotFoundError(KnowledgeBaseError):
    """The desk has no such case."""

    def __init__(self) -> None:
        super().__init__(
            "Diesen Fall gibt es auf Ihrem Tisch nicht (mehr): Er wurde gelöscht, oder er liegt auf einem "
            "anderen."
        )


class ChangedElsewhereError(KnowledgeBaseError):
    """Somebody else has changed the case since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Der Fall wurde inzwischen in einem anderen Fenster geändert. Es wurde nichts überschrieben: "
            "Laden Sie ihn neu und übertragen Sie Ihre Änderung noch einmal."
        )


class DeskFullError(KnowledgeBaseError):
    """The desk holds as many cases as it may."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"Auf diesem Tisch liegen schon {most} Fälle. Bitte löschen Sie einen, den Sie nicht mehr "
            "brauchen."
        )


class TooManyCasesError(KnowledgeBaseError):
    """More cases are made or released than consultants do."""

    def __init__(self) -> None:
        super().__init__(
            "Gerade werden sehr viele Fälle angelegt oder freigegeben. Bitte versuchen Sie es in einer "
            "Minute noch einmal; es ist nichts verloren."
        )


class AlreadyReleasedError(KnowledgeBaseError):
    """A source was made from the case before."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"Dieser Fall ist schon freigegeben, als »{source}«. Änderungen machen Sie bitte in dieser Datei."
        )


class ReleaseRefusedError(KnowledgeBaseError):
    """There is nothing in the case that could be released, or it looks like personal data."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class CorpusReadOnlyError(KnowledgeBaseError):
    """No file can be written into the corpus."""
