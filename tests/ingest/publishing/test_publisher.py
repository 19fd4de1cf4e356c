"""A finished generation is served only if it is whole and not worse, or if somebody wants it all the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from index.embedded.collection import EmbeddedCollection
from index.errors import (
    ChangedMeanwhileError,
    GenerationDamagedError,
    KnowledgeBaseError,
    StoreUnavailableError,
    SwitchingError,
    WithdrawnError,
)
from ingest.publishing.gate import GateResult
from ingest.publishing.journal import Journal, JournalEntry, Step
from ingest.publishing.publisher import Force, Publisher
from ingest.publishing.withdrawn import Materials
from tests.index.passages import indexed, passage
from tests.ingest.publishing.examiner import Examiner

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_encoder import WordEncoder

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORSE = GateResult(worse=("nDCG@10 fiel",))
FORCE = Force("anna", "so gewollt")


@pytest.fixture
def collection(tmp_path: Path) -> EmbeddedCollection:
    return EmbeddedCollection(tmp_path / "index")


def candidate(collection: EmbeddedCollection, encoder: WordEncoder, text: str, corpus: str = "") -> str:
    draft = collection.draft(encoder.stamp)
    draft.put(indexed([passage(text)], encoder))
    return draft.finish(corpus or text, NOW)


def published(collection: EmbeddedCollection, encoder: WordEncoder, text: str) -> str:
    name = candidate(collection, encoder, text)
    Publisher(collection).publish(name, 1)
    return name


def materials(digest: str, **revisions: str) -> Materials:
    return Materials(digest, revisions)


def names(collection: EmbeddedCollection) -> list[str]:
    return [record.id for record in collection.generations()]


def test_the_gate_is_given_the_candidate_and_what_serves(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    gate = Examiner()
    for text in ("Eins.", "Zwei."):
        Publisher(collection, gate).publish(candidate(collection, encoder, text), 1)
    assert gate.asked == [("g000001", None), ("g000002", "g000001")]
    assert collection.published() == "g000002"


def test_a_worse_candidate_is_not_served_and_not_kept(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    former = published(collection, encoder, "Eins.")
    decision = Publisher(collection, Examiner(WORSE)).publish(candidate(collection, encoder, "Zwei."), 1)
    assert (decision.published, decision.gate) == (None, WORSE)
    assert (collection.published(), names(collection)) == (former, [former])


def test_whoever_forces_it_is_written_down_with_the_reason(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    former = published(collection, encoder, "Eins.")
    journal = Journal(tmp_path)
    name = candidate(collection, encoder, "Zwei.")
    decision = Publisher(collection, Examiner(WORSE), journal, FORCE, lambda: NOW).publish(name, 1)
    assert (decision.published, decision.gate, collection.published()) == (name, WORSE, name)
    assert journal.entries() == [JournalEntry(NOW, Step.FORCED, name, former, "anna", "so gewollt")]


class Watched(Journal):
    """A journal that sees what is served while it is written."""

    def __init__(self, data: Path, collection: EmbeddedCollection) -> None:
        super().__init__(data)
        self._collection = collection
        self.serving: list[str | None] = []

    def add(self, entry: JournalEntry) -> None:
        self.serving.append(self._collection.published())
        super().add(entry)


def test_the_journal_is_written_before_the_swap(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    journal = Watched(tmp_path, collection)
    Publisher(collection, journal=journal).publish(candidate(collection, encoder, "Eins."), 1)
    assert journal.serving == [None]


class Full(Journal):
    def add(self, entry: JournalEntry) -> None:  # noqa: ARG002 - as any journal
        raise OSError(28, "No space left on device")


def test_nothing_is_served_without_its_line_in_the_journal(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    former = published(collection, encoder, "Eins.")
    with pytest.raises(OSError, match="No space"):
        Publisher(collection, journal=Full(tmp_path)).publish(candidate(collection, encoder, "Zwei."), 1)
    assert (collection.published(), names(collection)) == (former, [former])


class Unable(Examiner):
    def __call__(self, candidate: str, former: str | None) -> GateResult:  # noqa: ARG002 - as any gate
        message = "fragen.yaml ist keine Liste"
        raise KnowledgeBaseError(message)


def test_what_cannot_be_examined_does_not_replace_what_serves(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    former = published(collection, encoder, "Eins.")
    with pytest.raises(KnowledgeBaseError, match=r"fragen\.yaml"):
        Publisher(collection, Unable()).publish(candidate(collection, encoder, "Zwei."), 1)
    assert (collection.published(), names(collection)) == (former, [former])


@pytest.mark.parametrize("force", [None, FORCE])
def test_a_first_generation_is_served_unexamined_and_says_so(
    collection: EmbeddedCollection, encoder: WordEncoder, force: Force | None
) -> None:
    name = candidate(collection, encoder, "Eins.")
    decision = Publisher(collection, Unable(), force=force).publish(name, 1)
    assert (decision.published, decision.gate.remarks) == (name, ("fragen.yaml ist keine Liste",))


def test_a_candidate_with_fewer_passages_than_its_sources_say_is_not_served(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    former = published(collection, encoder, "Eins.")
    name = candidate(collection, encoder, "Zwei.")
    with pytest.raises(GenerationDamagedError, match="1 von 2"):
        Publisher(collection).publish(name, 2)
    assert (collection.published(), names(collection)) == (former, [former])


class _BrokenOff(EmbeddedCollection):
    """A store that publishes and then fails to say so, as a connection does that breaks."""

    def publish(self, generation: str) -> None:
        super().publish(generation)
        message = "timed out"
        raise StoreUnavailableError(message)


def test_what_is_served_is_never_deleted_even_if_publishing_seemed_to_fail(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    collection = _BrokenOff(tmp_path / "index")
    name = candidate(collection, encoder, "Eins.")
    with pytest.raises(StoreUnavailableError, match="timed out"):
        Publisher(collection).publish(name, 1)
    assert collection.open().id == name


def test_three_generations_are_kept_among_them_the_way_back(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    for text in ("Eins.", "Zwei.", "Drei.", "Vier."):
        published(collection, encoder, text)
    assert names(collection) == ["g000002", "g000003", "g000004"]
    collection.publish("g000002")
    published(collection, encoder, "Fünf.")
    assert names(collection) == ["g000002", "g000004", "g000005"]


def published_twice(
    collection: EmbeddedCollection, encoder: WordEncoder, folder: Path
) -> tuple[Journal, Publisher]:
    journal = Journal(folder)
    publisher = Publisher(collection, journal=journal)
    for text in ("Eins.", "Zwei."):
        publisher.publish(candidate(collection, encoder, text), 1)
    return journal, publisher


def go_back(collection: EmbeddedCollection, journal: Journal, target: str) -> None:
    journal.add(JournalEntry(datetime.now(UTC), Step.ROLLED_BACK, target, collection.published()))
    collection.publish(target)


def test_materials_that_were_taken_back_are_not_published_again_by_themselves(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    journal, publisher = published_twice(collection, encoder, tmp_path)
    publisher.require_wanted(materials("Zwei."))
    go_back(collection, journal, "g000001")
    with pytest.raises(WithdrawnError, match="g000002"):
        publisher.require_wanted(materials("Zwei."))
    publisher.require_wanted(materials("Zwei, berichtigt."))
    publisher.require_wanted(materials("Eins."))
    Publisher(collection, journal=journal, force=FORCE).require_wanted(materials("Zwei."))
    go_back(collection, journal, "g000002")
    publisher.publish(candidate(collection, encoder, "Drei."), 1)
    publisher.require_wanted(materials("Zwei."))


def test_what_a_crash_left_unserved_was_taken_back_by_nobody(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    """Killed while the judged questions were asked: the generation is whole, and nobody ever saw it."""
    publisher = Publisher(collection, journal=Journal(tmp_path))
    publisher.publish(candidate(collection, encoder, "Eins."), 1)
    left = candidate(collection, encoder, "Zwei.")
    publisher.require_wanted(materials("Zwei."))
    publisher.prepare()
    assert left not in names(collection)
    assert collection.published() == "g000001"


def test_whoever_goes_back_meanwhile_is_not_overruled(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    journal, publisher = published_twice(collection, encoder, tmp_path)
    made = candidate(collection, encoder, "Drei.")
    go_back(collection, journal, "g000001")
    with pytest.raises(ChangedMeanwhileError, match="g000001"):
        publisher.publish(made, 1)
    assert (collection.published(), names(collection)) == ("g000001", ["g000001", "g000002"])


def test_what_an_earlier_version_published_is_no_leftover(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    """It kept no journal: only the way back names what was served."""
    for text in ("Eins.", "Zwei."):
        published(collection, encoder, text)
    journal = Journal(tmp_path)
    go_back(collection, journal, "g000001")
    publisher = Publisher(collection, journal=journal)
    with pytest.raises(WithdrawnError, match="g000002"):
        publisher.require_wanted(materials("Zwei."))
    publisher.prepare()
    assert names(collection) == ["g000001", "g000002"]


def test_an_old_line_of_the_journal_takes_back_nothing_that_was_made_later(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    """Names begin anew where the index was deleted; the journal stays."""
    before = datetime(2025, 12, 31, tzinfo=UTC)
    journal = Journal(tmp_path)
    journal.add(JournalEntry(before, Step.ROLLED_BACK, "g000001", "g000002"))
    publisher = Publisher(collection, journal=journal)
    publisher.publish(candidate(collection, encoder, "Eins."), 1)
    left = candidate(collection, encoder, "Zwei.")
    publisher.require_wanted(materials("Zwei."))
    publisher.prepare()
    assert left not in names(collection)


def test_nobody_publishes_while_another_changes_what_is_served(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, publisher = published_twice(collection, encoder, tmp_path)
    made = candidate(collection, encoder, "Drei.")
    monkeypatch.setattr("ingest.lock._TURN_S", 0.0)
    with journal.turn(), pytest.raises(SwitchingError):
        publisher.publish(made, 1)
    assert (collection.published(), names(collection)) == ("g000002", ["g000001", "g000002"])
