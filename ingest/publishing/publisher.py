"""From a finished generation to a served one: looked at, compared with what serves, then published."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from index.errors import ChangedMeanwhileError, GenerationDamagedError, KnowledgeBaseError, WithdrawnError
from index.generations import outdated
from ingest.publishing.gate import GateResult
from ingest.publishing.journal import Journal, JournalEntry, Step, delete_leftovers
from ingest.publishing.withdrawn import Materials, withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from index.collection import Collection
    from index.generations import GenerationRecord

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Force:
    """Somebody wants it published all the same."""

    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a candidate: its id if it is served now, and what the gate said."""

    published: str | None
    gate: GateResult


def _now() -> datetime:
    return datetime.now(UTC)


def _nothing() -> None:
    """Tell nobody."""


class Gate(Protocol):
    """Examines a candidate before it is served."""

    def start(self) -> None:
        """A candidate is on its way: get ready."""

    def __call__(self, candidate: str, former: str | None) -> GateResult:
        """Return what got worse from the generation that serves, if any, to the candidate."""


class Publisher:
    """Decides about one candidate; the journal is written before what it tells of happens."""

    def __init__(
        self,
        collection: Collection,
        gate: Gate | None = None,
        journal: Journal | None = None,
        force: Force | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._collection = collection
        self._gate = gate
        self._journal = journal
        self._force = force
        self.now = now

    def prepare(self) -> None:
        """Say that a candidate is being made; what a crash left unserved is deleted.

        Raises:
            KnowledgeBaseError: the candidate could not be examined, so it need not be made.
        """
        if self._journal is not None:
            delete_leftovers(self._collection, self._journal)
        if self._gate is not None:
            try:
                self._gate.start()
            except KnowledgeBaseError:
                if self._collection.published() is not None and self._force is None:
                    raise

    def require_wanted(self, materials: Materials) -> None:
        """Refuse to publish again by itself what somebody has taken back.

        Raises:
            WithdrawnError: names the generation and its sources, and says what to do.
        """
        published = self._collection.published()
        if published is None or self._force is not None or self._journal is None:
            return
        again = withdrawn(materials, self._collection, published, self._journal.entries())
        if again is not None:
            raise WithdrawnError(again.generation, published, again.sources)

    def publish(self, candidate: str, expected: int, about_to: Callable[[], object] = _nothing) -> Decision:
        """Serve from the candidate, or delete it: if it is damaged or, unless forced, worse.

        `expected` is how many passages its sources have together; `about_to` is called when it has been
        examined and is about to be served.

        Raises:
            KnowledgeBaseError: the candidate is damaged or could not be examined, or something else was
                published meanwhile.
        """
        former = self._collection.published()
        served = False
        try:
            (record,) = [each for each in self._collection.generations() if each.id == candidate]
            if record.passages != expected:
                raise GenerationDamagedError(expected, record.passages)
            result = self._examined(candidate, former)
            if not result.was_asked:  # so nobody has opened it
                self._collection.open(candidate).close()
            if self._force is not None or not result.worse:
                about_to()
                with self._turn():
                    self._require_still(former, record)
                    self._write_down(candidate, former)
                    self._collection.publish(candidate)
                    served = True
                    self._clear_away()
        finally:
            if not served:
                self._delete_unless_served(candidate)
        return Decision(candidate if served else None, result)

    def _turn(self) -> AbstractContextManager[None]:
        return nullcontext() if self._journal is None else self._journal.turn()

    def _require_still(self, former: str | None, record: GenerationRecord) -> None:
        """Whoever goes back does not wait for an ingestion; what it made begins with what was served then."""
        now = self._collection.published()
        if now != former or now != record.former:
            raise ChangedMeanwhileError(now)

    def _delete_unless_served(self, candidate: str) -> None:
        """Publishing may have failed after it took effect: a connection that broke, a disk that was full."""
        try:
            if self._collection.published() != candidate:
                self._collection.delete(candidate)
        except KnowledgeBaseError as error:
            _LOG.warning("%s stays, it may be the one that is served: %s", candidate, error)

    def _examined(self, candidate: str, former: str | None) -> GateResult:
        if self._gate is None:
            return GateResult()
        try:
            return self._gate(candidate, former)
        except KnowledgeBaseError as error:
            if former is not None and self._force is None:
                raise
            return GateResult(remarks=(str(error),))  # something unexamined is better than nothing at all

    def _write_down(self, candidate: str, former: str | None) -> None:
        if self._journal is None:
            return
        step = Step.PUBLISHED if self._force is None else Step.FORCED
        by, why = (self._force.by, self._force.why) if self._force else (None, None)
        self._journal.add(JournalEntry(self.now(), step, candidate, former, by, why))

    def _clear_away(self) -> None:
        """Delete what is too old to go back to; what is published stays so, even if that fails."""
        try:
            for name in outdated(self._collection.generations(), self._collection.published()):
                self._collection.delete(name)
        except KnowledgeBaseError as error:
            _LOG.warning("older generations stay: %s", error)
