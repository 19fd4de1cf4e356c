"""A finished generation is served only if it is whole and not worse, or if somebody wants it all the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from index.embedded.collection import EmbeddedCollection
from index.errors import (
    GenerationDamagedError,
    KnowledgeBaseError,
    StoreUnavailableError,
    WithdrawnError,
)
from ingest.publishing.gate import GateResult
from ingest.publishing.journal import Journal, JournalEntry, Step
from ingest.publishing.publisher import Force, Publisher
from tests.index.passages import indexed, passage
from tests.ingest.publishing.examiner import Examiner

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fake_encoder import WordEncoder

NOW = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
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
    Publisher(collection).publish(name)
    return name


def names(collection: EmbeddedCollection) -> list[str]:
    return [record.id for record in collection.generations()]


def test_the_gate_is_given_the_candidate_and_what_serves(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    gate = Examiner()
    for text in ("Eins.", "Zwei."):
        Publisher(collection, gate).publish(candidate(collection, encoder, text))
    assert gate.asked == [("g000001", None), ("g000002", "g000001")]
    assert collection.published() == "g000002"


def test_a_worse_candidate_is_not_served_and_not_kept(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    former = published(collection, encoder, "Eins.")
    decision = Publisher(collection, Examiner(WORSE)).publish(candidate(collection, encoder, "Zwei."))
    assert (decision.published, decision.gate) == (None, WORSE)
    assert (collection.published(), names(collection)) == (former, [former])


def test_whoever_forces_it_is_written_down_with_the_reason(
    collection: EmbeddedCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    former = published(collection, encoder, "Eins.")
    journal = Journal(tmp_path)
    name = candidate(collection, encoder, "Zwei.")
    decision = Publisher(collection, Examiner(WORSE), journal.add, FORCE, lambda: NOW).publish(name)
    assert (decision.published, decision.gate, collection.published()) == (name, WORSE, name)
    assert journal.entries() == [JournalEntry(NOW, Step.FORCED, name, former, "anna", "so gewollt")]


def test_the_journal_is_written_before_the_swap(collection: EmbeddedCollection, encoder: WordEncoder) -> None:
    serving: list[str | None] = []
    name = candidate(collection, encoder, "Eins.")
    Publisher(collection, journal=lambda _: serving.append(collection.published())).publish(name)
    assert serving == [None]


def test_nothing_is_served_without_its_line_in_the_journal(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    former = published(collection, encoder, "Eins.")

    def full(_entry: JournalEntry) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        Publisher(collection, journal=full).publish(candidate(collection, encoder, "Zwei."))
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
        Publisher(collection, Unable()).publish(candidate(collection, encoder, "Zwei."))
    assert (collection.published(), names(collection)) == (former, [former])


@pytest.mark.parametrize("force", [None, FORCE])
def test_a_first_generation_is_served_unexamined_and_says_so(
    collection: EmbeddedCollection, encoder: WordEncoder, force: Force | None
) -> None:
    name = candidate(collection, encoder, "Eins.")
    decision = Publisher(collection, Unable(), force=force).publish(name)
    assert (decision.published, decision.gate.remarks) == (name, ("fragen.yaml ist keine Liste",))


def test_a_candidate_with_fewer_passages_than_its_sources_say_is_not_served(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    former = published(collection, encoder, "Eins.")
    draft = collection.draft(encoder.stamp)
    two = indexed([passage("Zwei.", "b.md", 0), passage("Drei.", "b.md", 1)], encoder)
    draft.put(two[:1])
    name = draft.finish("", NOW)
    with pytest.raises(GenerationDamagedError, match="2 von 3"):
        Publisher(collection).publish(name)
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
        Publisher(collection).publish(name)
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


def test_materials_that_were_taken_back_are_not_published_again_by_themselves(
    collection: EmbeddedCollection, encoder: WordEncoder
) -> None:
    for text in ("Eins.", "Zwei."):
        published(collection, encoder, text)
    publisher = Publisher(collection)
    publisher.require_wanted("Zwei.")
    collection.publish("g000001")
    with pytest.raises(WithdrawnError, match="g000002"):
        publisher.require_wanted("Zwei.")
    publisher.require_wanted("Zwei, berichtigt.")
    publisher.require_wanted("Eins.")
    Publisher(collection, force=FORCE).require_wanted("Zwei.")
