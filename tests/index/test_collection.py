"""The contract of the store, run on every implementation at hand."""

from __future__ import annotations

import os
import threading
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qdrant_client import QdrantClient

from index.collection import Filters, QuestionVectors
from index.durable import copy_tree
from index.embedded.collection import EmbeddedCollection
from index.errors import NothingPublishedError, StoreUnavailableError, UnknownGenerationError
from index.lexical import question_terms
from index.passage import Kind, PageLocation, QuestionLocation, TimeLocation
from index.ranking import Weights, similarity
from index.server import draft as server_draft
from index.server import snapshots
from index.server.collection import ServerCollection
from index.server.points import in_memory
from index.server.requests import copy
from tests.fake_encoder import WordEncoder
from tests.index.passages import TITLED, indexed, passage, published, with_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.collection import Collection, Export, Generation
    from index.passage import Hit, Passage

SERVER = os.environ.get("KB_TEST_QDRANT_URL")
STORES = ["embedded", "memory", *(["server"] if SERVER else [])]


@pytest.fixture(params=STORES)
def collection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Collection]:
    if request.param == "embedded":
        yield EmbeddedCollection(tmp_path / "index")
        return
    client = (
        QdrantClient(":memory:")
        if request.param == "memory"
        else QdrantClient(url=SERVER, check_compatibility=False)
    )
    for each in client.get_collections().collections:
        client.delete_collection(each.name)
    yield ServerCollection(client)
    client.close()


def publish(
    collection: Collection, passages: Sequence[Passage], encoder: WordEncoder, content: str = "c1"
) -> str:
    draft = collection.draft(encoder.stamp)
    draft.remove(sorted({each.source for each in passages}))
    draft.put(indexed(passages, encoder, content))
    return published(collection, draft)


def found(
    generation: Generation,
    question: str,
    encoder: WordEncoder,
    filters: Filters | None = None,
    limit: int = 10,
) -> list[Hit]:
    dense = encoder.encode_queries([question])[0]
    vectors = QuestionVectors(dense, question_terms(question), Weights(terms=0.003))
    return generation.search(vectors, filters or Filters(), limit)


def similar(hit: Hit) -> float:
    return similarity(hit.passage_similarity, hit.sentence_similarity)


def test_a_new_collection_has_nothing_to_open(collection: Collection) -> None:
    assert collection.published() is None
    with pytest.raises(NothingPublishedError, match="python -m ingest"):
        collection.open()


def test_the_passage_that_shares_the_question_s_words_comes_first(
    collection: Collection, encoder: WordEncoder
) -> None:
    texts = [
        "Die Haftpflicht deckt Schäden auf der Fahrt.",
        "Fotos brauchen eine Einwilligung.",
        "Der Rat beschließt.",
    ]
    publish(collection, [passage(text, position=i) for i, text in enumerate(texts)], encoder)
    hits = found(collection.open(), "Welche Haftpflicht für die Fahrt?", encoder)
    assert hits[0].passage.text == texts[0]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].score > similar(hits[0]) > similar(hits[1])  # the terms add to it
    assert hits[0].terms_score > 0 == hits[1].terms_score


def test_a_passage_comes_back_as_it_was_put(collection: Collection, encoder: WordEncoder) -> None:
    full = replace(
        TITLED,
        year=2026,
        topics=("fahrten", "haftung"),
        countries=("fr",),
        valid_until=date(2099, 1, 1),
        last_checked=date(2026, 11, 22),
    )
    put = [
        passage("Erster Satz. Zweiter Satz.", "a.pdf", 0, full, PageLocation(4, "iv")),
        passage("Gesprochen.", "b.vtt", 0, TITLED, TimeLocation(12.5, 20.25, "https://example.org/v#t=12")),
        passage("Frage?\nAntwort.", "c.yaml", 0, TITLED, QuestionLocation("Frage?")),
    ]
    publish(collection, put, encoder)
    generation = collection.open()
    assert [generation.passages(each.source) for each in put] == [[each] for each in put]
    assert generation.passages("unknown.md") == []


def test_the_catalogue_lists_every_source_once(collection: Collection, encoder: WordEncoder) -> None:
    put = [passage("Eins.", "b.md", 0), passage("Zwei.", "b.md", 1), passage("Drei.", "a.md", 0)]
    publish(collection, put, encoder, content="bytes")
    catalogue = collection.open().catalogue()
    assert [(entry.source, entry.passages, entry.content) for entry in catalogue] == [
        ("a.md", 1, "bytes"),
        ("b.md", 2, "bytes"),
    ]


def test_what_was_remarked_comes_back_in_the_catalogue(collection: Collection, encoder: WordEncoder) -> None:
    (first,) = indexed([passage("Ein Satz.", "a.md")], encoder)
    entry = replace(first.entry, remarks=("Seite 3 fehlt.", "Bitte nachsehen."), sketch=(7, 2**40 - 1))
    draft = collection.draft(encoder.stamp)
    draft.put([replace(first, entry=entry)])
    published(collection, draft)
    assert collection.open().catalogue() == [entry]


def test_many_passages_survive_the_store_s_pages(collection: Collection, encoder: WordEncoder) -> None:
    put = [passage(f"Satz Nummer {i}.", "viel.md", i) for i in range(1_203)]
    publish(collection, put, encoder)
    assert [each.text for each in collection.open().passages("viel.md")] == [each.text for each in put]


def test_filters_leave_only_what_fits(collection: Collection, encoder: WordEncoder) -> None:
    faq = replace(with_kind(Kind.FAQ), topics=("geld", "reise"), year=2025)
    guide = replace(TITLED, topics=("reise",), year=2026, countries=("pl",))
    put = [passage("Reise mit Zuschuss.", "f.yaml", 0, faq), passage("Reise mit Bus.", "h.md", 0, guide)]
    publish(collection, put, encoder)
    generation = collection.open()

    def sources(filters: Filters) -> set[str]:
        return {hit.passage.source for hit in found(generation, "Reise", encoder, filters)}

    assert sources(Filters()) == {"f.yaml", "h.md"}
    assert sources(Filters(kind=(Kind.FAQ,))) == {"f.yaml"}
    assert sources(Filters(topic=("geld", "unbekannt"))) == {"f.yaml"}
    assert sources(Filters(year=(2026,), country=("pl",))) == {"h.md"}
    assert sources(Filters(kind=(Kind.FAQ,), year=(2026,))) == set()
    assert sources(Filters(audience=("niemand",))) == set()


def test_what_has_expired_is_hidden_from_the_day_after(collection: Collection, encoder: WordEncoder) -> None:
    dated = replace(TITLED, valid_until=date(2026, 6, 30))
    publish(
        collection, [passage("Alte Frist.", "alt.md", 0, dated), passage("Neue Frist.", "neu.md")], encoder
    )
    generation = collection.open()

    def sources(day: date | None) -> set[str]:
        return {hit.passage.source for hit in found(generation, "Frist", encoder, Filters(valid_on=day))}

    assert sources(date(2026, 6, 30)) == {"alt.md", "neu.md"}
    assert sources(date(2026, 7, 1)) == {"neu.md"}
    assert sources(None) == {"alt.md", "neu.md"}


def test_facets_count_passages_and_ignore_their_own_filter(
    collection: Collection, encoder: WordEncoder
) -> None:
    put = [
        passage("Eins.", "f.yaml", 0, replace(with_kind(Kind.FAQ), topics=("geld",))),
        passage("Zwei.", "f.yaml", 1, replace(with_kind(Kind.FAQ), topics=("geld", "reise"))),
        passage("Drei.", "h.md", 0, replace(TITLED, year=2026)),
    ]
    publish(collection, put, encoder)
    counted = collection.open().facets(Filters(kind=(Kind.FAQ,)))
    assert counted["kind"] == {"faq": 2, "handbuch": 1}
    assert counted["topic"] == {"geld": 2, "reise": 1}
    assert counted["year"] == {}
    assert set(counted) == {"kind", "topic", "country", "audience", "language", "year"}


def test_facets_count_what_is_left_after_changes(collection: Collection, encoder: WordEncoder) -> None:
    def source(number: int) -> str:
        return f"{number}.md"

    topics = [
        replace(TITLED, topics=(f"t{number % 7}", "alle"), year=2000 + number % 5) for number in range(60)
    ]
    publish(collection, [passage(f"Satz {n}.", source(n), 0, topics[n]) for n in range(60)], encoder)
    draft = collection.draft(encoder.stamp)
    draft.remove([source(n) for n in range(0, 60, 2)])
    draft.put(indexed([passage("Neuer Satz.", source(61), 0, replace(TITLED, topics=("alle",)))], encoder))
    published(collection, draft)
    left = [each.metadata for each in collection.open().catalogue()]
    counted = collection.open().facets(Filters())
    assert counted["topic"] == Counter(topic for metadata in left for topic in metadata.topics)
    assert counted["year"] == Counter(str(metadata.year) for metadata in left if metadata.year)
    assert len(left) == 31


def test_the_highlight_is_the_sentence_that_answers(collection: Collection, encoder: WordEncoder) -> None:
    text = "Moderation: Wer zahlt den Bus?\nReferentin: Das ist einfach. Den Bus zahlt der Verein vorab."
    publish(collection, [passage(text)], encoder)
    generation = collection.open()
    (hit,) = found(generation, "Wer zahlt den Bus?", encoder)
    question = QuestionVectors(encoder.encode_queries(["Wer zahlt den Bus?"])[0])
    span = generation.highlights(question, [hit.passage])[hit.passage.id]
    assert text[span.start : span.end] == "Den Bus zahlt der Verein vorab."


def test_similarity_is_one_for_the_same_words_and_low_for_others(
    collection: Collection, encoder: WordEncoder
) -> None:
    same = replace(
        passage("Haftpflicht Verein Fahrt"),
        heading=(),
        metadata=replace(TITLED, title="Haftpflicht Verein Fahrt"),
    )
    publish(collection, [same], encoder)
    generation = collection.open()
    assert similar(found(generation, "Haftpflicht Verein Fahrt", encoder)[0]) == pytest.approx(1, abs=0.01)
    assert similar(found(generation, "Kuchen backen", encoder)[0]) < 0.3


def test_every_hit_says_its_cosines_whatever_language_its_passage_is_in(
    collection: Collection, encoder: WordEncoder
) -> None:
    french = replace(TITLED, language="fr")
    put = [
        *(passage(f"Satz {n} vom Bus. Noch einer.", "a.md", n) for n in range(40)),
        *(passage(f"Le bus {n}. Encore.", "b.md", n, french) for n in range(40)),
    ]
    publish(collection, put, encoder)
    home, own = encoder.encode_queries(["Satz vom Bus", "le bus"])
    question = QuestionVectors(home, language="fr", own=own)
    hits = collection.open().search(question, Filters(), 60)
    assert {hit.passage.source for hit in hits} == {"a.md", "b.md"}
    for hit in hits:
        (stored,) = indexed([hit.passage], encoder)
        asked = question.beside(hit.passage.metadata.language)
        assert hit.passage_similarity == pytest.approx(float(stored.vectors.passage @ asked), abs=1e-3)
        assert hit.sentence_similarity == pytest.approx(
            float((stored.vectors.sentences @ asked).max()), abs=2e-3
        )


def test_a_passage_is_found_by_its_id_with_its_meaning(collection: Collection, encoder: WordEncoder) -> None:
    put = [passage("Haftpflicht auf der Fahrt.", position=0), passage("Fotos im Netz.", position=1)]
    publish(collection, put, encoder)
    generation = collection.open()
    found = generation.meaning(put[1].id)
    assert found is not None
    assert found.passage == put[1]
    (stored,) = indexed([put[1]], encoder)
    assert found.vector == pytest.approx(stored.vectors.passage, abs=1e-6)
    assert generation.meaning(passage("Nirgends.", "z.md").id) is None


def test_the_nearest_in_meaning_come_first_with_their_cosines(
    collection: Collection, encoder: WordEncoder
) -> None:
    old = replace(TITLED, valid_until=date(2026, 6, 30), topics=("geld",))
    put = [
        passage("Haftpflicht für die Fahrt nach Lille.", "a.md", 0),
        passage("Haftpflicht für die Fahrt nach Lille und Metz.", "a.md", 1),
        passage("Haftpflicht für die Fahrt.", "b.md", 0, old),
        passage("Fotos im Netz.", "c.md"),
    ]
    publish(collection, put, encoder)
    generation = collection.open()
    origin = generation.meaning(put[0].id)
    assert origin is not None
    everywhere = generation.nearest(origin.vector, Filters(), 10)
    assert everywhere[0].passage == put[0]
    assert everywhere[0].score == pytest.approx(1.0, abs=1e-3)
    for hit in everywhere:
        (stored,) = indexed([hit.passage], encoder)
        assert hit.score == pytest.approx(float(stored.vectors.passage @ origin.vector), abs=1e-3)
        assert (hit.passage_similarity, hit.terms_score) == (hit.score, 0)

    def sources(filters: Filters, limit: int = 10) -> list[str]:
        others = replace(filters, outside="a.md")
        return [hit.passage.source for hit in generation.nearest(origin.vector, others, limit)]

    assert sources(Filters()) == ["b.md", "c.md"]
    assert sources(Filters(), limit=1) == ["b.md"]
    assert sources(Filters(valid_on=date(2026, 7, 1))) == ["c.md"]
    assert sources(Filters(topic=("geld",))) == ["b.md"]


def test_a_question_without_terms_is_answered_by_meaning_alone(
    collection: Collection, encoder: WordEncoder
) -> None:
    publish(collection, [passage("Haftpflicht.", position=0), passage("Fotos.", position=1)], encoder)
    silent = QuestionVectors(encoder.encode_queries(["Fotos"])[0], None)
    assert collection.open().search(silent, Filters(), 1)[0].passage.text == "Fotos."


def test_the_best_score_of_terms_is_that_of_the_best_passage(
    collection: Collection, encoder: WordEncoder
) -> None:
    texts = ["Haftpflicht für die Fahrt.", "Die Fahrt ist lang.", "Der Rat tagt."]
    publish(collection, [passage(text, position=i) for i, text in enumerate(texts)], encoder)
    generation = collection.open()
    both = generation.best_terms_score(question_terms("Haftpflicht Fahrt"), Filters())
    assert both > generation.best_terms_score(question_terms("Fahrt"), Filters()) > 0
    assert generation.best_terms_score(question_terms("Kuchen"), Filters()) == 0
    assert generation.best_terms_score(question_terms("Was ist das?"), Filters()) == 0
    assert generation.best_terms_score(question_terms("Fahrt"), Filters(kind=(Kind.FAQ,))) == 0


def test_passages_in_the_question_s_own_language_are_compared_with_it_as_it_was_asked(
    collection: Collection, encoder: WordEncoder
) -> None:
    french = replace(TITLED, language="fr")
    put = [passage("Der Bus ist bezahlt.", "a.md"), passage("Le bus coûte cher.", "b.md", metadata=french)]
    publish(collection, put, encoder)
    home, own = encoder.encode_queries(["Bus bezahlt", "bus coûte"])
    moved = QuestionVectors(home, language="fr", own=own)
    hits = {hit.passage.source: hit for hit in collection.open().search(moved, Filters(), 10)}
    (with_home, with_own) = (
        {hit.passage.source: hit for hit in collection.open().search(QuestionVectors(each), Filters(), 10)}
        for each in (home, own)
    )
    assert hits["a.md"].score == pytest.approx(with_home["a.md"].score, abs=1e-3)
    assert hits["b.md"].score == pytest.approx(with_own["b.md"].score, abs=1e-3)
    assert with_home["b.md"].score < with_own["b.md"].score


def test_the_words_of_a_generation_are_counted_in_passages_and_follow_every_change(
    collection: Collection, encoder: WordEncoder
) -> None:
    put = [passage("Bus und Bahn.", position=0), passage("Der Bus.", position=1)]
    publish(collection, [*put, passage("Fotos im Bus.", "b.md")], encoder)
    counts = collection.open().words()
    assert (counts.written["Bus"], counts.written["Bahn"], counts.written["Fotos"]) == (3, 1, 1)
    assert (counts.terms["bus"], counts.terms["bahn"], counts.terms["foto"]) == (3, 1, 1)
    assert "und" not in {*counts.written, *counts.terms}
    publish(collection, [passage("Nur Zug.", "b.md")], encoder)
    counts = collection.open().words()
    assert (counts.written["Bus"], counts.written["Zug"], counts.written.get("Fotos")) == (2, 1, None)
    assert (counts.terms["bus"], counts.terms["zug"], counts.terms.get("foto")) == (2, 1, None)


def test_an_open_generation_never_changes(collection: Collection, encoder: WordEncoder) -> None:
    first = publish(collection, [passage("Alt.", "a.md")], encoder)
    serving = collection.open()
    second = publish(collection, [passage("Neu.", "a.md")], encoder)
    assert first < second == collection.published()
    assert [hit.passage.text for hit in found(serving, "Alt Neu", encoder)] == ["Alt."]
    assert [hit.passage.text for hit in found(collection.open(), "Alt Neu", encoder)] == ["Neu."]


def test_a_draft_begins_with_what_is_published_and_keeps_vectors(
    collection: Collection, encoder: WordEncoder
) -> None:
    put = [passage("Bleibt.", "a.md"), passage("Geht.", "b.md")]
    publish(collection, put, encoder)
    draft = collection.draft(encoder.stamp)
    kept = draft.vectors("a.md")[0].vectors
    (original,) = indexed(put[:1], encoder)
    np.testing.assert_allclose(kept.passage, original.vectors.passage, atol=1e-6)
    np.testing.assert_allclose(kept.sentences, original.vectors.sentences, atol=2e-3)  # stored as float16
    assert kept.terms.indices == original.vectors.terms.indices
    draft.remove(["b.md"])
    published(collection, draft)
    assert [entry.source for entry in collection.open().catalogue()] == ["a.md"]


def test_a_discarded_draft_leaves_no_trace(collection: Collection, encoder: WordEncoder) -> None:
    former = publish(collection, [passage("Alt.", "a.md")], encoder)
    draft = collection.draft(encoder.stamp)
    draft.put(indexed([passage("Neu.", "b.md")], encoder))
    draft.discard()
    assert collection.published() == former
    assert [entry.source for entry in collection.open().catalogue()] == ["a.md"]


def test_a_draft_with_another_stamp_begins_empty(collection: Collection, encoder: WordEncoder) -> None:
    publish(collection, [passage("Alt.", "a.md")], encoder)
    other = WordEncoder("another model")
    publish(collection, [passage("Neu.", "b.md")], other)
    generation = collection.open()
    assert generation.stamp == other.stamp
    assert [entry.source for entry in generation.catalogue()] == ["b.md"]


def test_only_the_former_generation_is_kept(collection: Collection, encoder: WordEncoder) -> None:
    names = [publish(collection, [passage(f"Stand {i}.", "a.md")], encoder) for i in range(4)]
    assert names == sorted(set(names))
    collection.draft(encoder.stamp).discard()
    assert collection.published() == names[-1]
    assert found(collection.open(), "Stand", encoder)[0].passage.text == "Stand 3."


def test_searches_from_many_threads_agree(collection: Collection, encoder: WordEncoder) -> None:
    publish(collection, [passage(f"Wort{i} steht hier.", "a.md", i) for i in range(50)], encoder)
    generation = collection.open()
    wrong: list[int] = []

    def ask(number: int) -> None:
        if found(generation, f"Wort{number}", encoder)[0].passage.position != number:
            wrong.append(number)

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.fixture
def portable(collection: Collection) -> Collection:
    if isinstance(collection, ServerCollection) and in_memory(collection._client):
        pytest.skip("the client's own small store makes no snapshots")
    return collection


@pytest.fixture
def server(collection: Collection) -> ServerCollection:
    if not isinstance(collection, ServerCollection) or in_memory(collection._client):
        pytest.skip("only a server makes snapshots")
    return collection


def taken_out(collection: Collection, generation: str, folder: Path) -> Export:
    """Export a generation into files of its own."""
    folder.mkdir()
    export = collection.export(generation, folder)
    if export.folder != folder:
        copy_tree(export.folder, folder / "copy")
        return replace(export, folder=folder / "copy")
    return export


def test_an_exported_generation_can_be_adopted_and_answers_the_same(
    portable: Collection, encoder: WordEncoder, tmp_path: Path
) -> None:
    put = [passage(f"Wort{i} steht hier. Und noch ein Satz.", "a.md", i) for i in range(30)]
    first = publish(portable, put, encoder)
    export = taken_out(portable, first, tmp_path / "out")
    assert (export.form, export.record.id) == (portable.form, first)
    second = publish(portable, [passage("Ganz anders.", "a.md")], encoder)
    adopted = portable.adopt(export)
    assert portable.published() == second < adopted
    assert portable.generations()[-1] == replace(export.record, id=adopted, former=second)
    one, other = portable.open(first), portable.open(adopted)
    assert one.catalogue() == other.catalogue()
    assert one.passages("a.md") == other.passages("a.md") == put
    assert one.facets(Filters()) == other.facets(Filters())
    for question in ("Wort7", "Satz hier"):
        assert found(one, question, encoder) == found(other, question, encoder)
    portable.publish(adopted)
    assert found(portable.open(), "Wort3", encoder)[0].passage.position == 3
    draft = portable.draft(encoder.stamp)  # and the next ingestion goes on from it
    assert [entry.source for entry in draft.catalogue()] == ["a.md"]
    draft.discard()


def test_what_does_not_have_all_its_passages_is_not_adopted(
    portable: Collection, encoder: WordEncoder, tmp_path: Path
) -> None:
    first = publish(portable, [passage("Eins."), passage("Zwei.", position=1)], encoder)
    export = taken_out(portable, first, tmp_path / "out")
    with pytest.raises(StoreUnavailableError, match="fehlen Textstellen"):
        portable.adopt(replace(export, record=replace(export.record, passages=3)))
    assert [record.id for record in portable.generations()] == [first]
    portable.draft(encoder.stamp).discard()


def test_files_that_are_no_index_are_not_adopted(
    portable: Collection, encoder: WordEncoder, tmp_path: Path
) -> None:
    first = publish(portable, [passage("Eins.")], encoder)
    export = taken_out(portable, first, tmp_path / "out")
    for path in export.folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"nichts")
    with pytest.raises(StoreUnavailableError):
        portable.adopt(export)
    assert [record.id for record in portable.generations()] == [first]


def test_a_generation_that_is_not_there_cannot_be_exported(collection: Collection, tmp_path: Path) -> None:
    with pytest.raises(UnknownGenerationError):
        collection.export("g000009", tmp_path)


def test_an_export_leaves_no_snapshot_on_the_server(
    server: ServerCollection, encoder: WordEncoder, tmp_path: Path
) -> None:
    first = publish(server, [passage("Eins.")], encoder)
    taken_out(server, first, tmp_path / "out")
    assert server._client.list_snapshots(f"partnerschaftslotse-{first}") == []


@pytest.mark.parametrize("recovers", [True, False])
def test_a_large_generation_is_copied_by_the_server_or_else_by_us(
    server: ServerCollection, encoder: WordEncoder, monkeypatch: pytest.MonkeyPatch, *, recovers: bool
) -> None:
    put = [passage(f"Wort{i} steht hier.", "a.md", i) for i in range(70)]
    first = publish(server, put, encoder)
    scrolled: list[str] = []

    def copied(client: QdrantClient, former: str, draft: str) -> None:
        scrolled.append(draft)
        copy(client, former, draft)

    def refuse(*_: object) -> None:
        message = "403: forbidden"
        raise StoreUnavailableError(message)

    monkeypatch.setattr(snapshots, "_FEWEST", 1)
    monkeypatch.setattr(server_draft, "copy", copied)
    if not recovers:
        monkeypatch.setattr(snapshots, "_recover", refuse)
    draft = server.draft(encoder.stamp)
    assert bool(scrolled) is not recovers
    assert draft.passages("a.md") == put
    assert [record.id for record in server.generations()] == [first]  # a copy is no generation yet
    second = published(server, draft)
    assert found(server.open(second), "Wort9", encoder)[0].passage.position == 9
    assert server._client.list_snapshots(f"partnerschaftslotse-{first}") == []
