from __future__ import annotations

import os
import shutil
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfWriter

from index.collection import Filters, QuestionVectors
from index.errors import KnowledgeBaseError, WithdrawnError
from index.lexical import question_terms
from ingest.publishing.gate import GateResult
from ingest.publishing.journal import Journal, JournalEntry, Step
from ingest.publishing.publisher import Publisher
from ingest.report import EXIT_FINE, EXIT_NOTHING_PUBLISHED, EXIT_SOME_FAILED
from ingest.vector_cache import VectorCache
from tests.fake_encoder import WordEncoder
from tests.ingest.corpora import embedded, ingest, write
from tests.ingest.publishing.examiner import Examiner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from index.collection import Collection
    from index.encoder import Vectors
    from index.passage import Document

FILES: dict[str, str | bytes] = {
    "handbuch/reise.md": "# Reise\n\n## Versicherung\n\nDie Haftpflicht ist Pflicht.\n\n"
    "## Bus\n\nDer Bus kostet Geld.",
    "faq/geld.yaml": "- frage: Wer zahlt?\n  antwort: Der Verein zahlt.\n",
    "transkripte/vortrag.vtt": "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Referentin>Willkommen zum Vortrag.\n",
}


def sources(collection: Collection) -> list[str]:
    return [entry.source for entry in collection.open().catalogue()]


def texts(collection: Collection) -> set[str]:
    generation = collection.open()
    return {each.text for entry in generation.catalogue() for each in generation.passages(entry.source)}


def test_a_corpus_becomes_searchable(tmp_path: Path, encoder: WordEncoder) -> None:
    write(tmp_path / "corpus", FILES)
    collection = embedded(tmp_path)
    report = ingest(tmp_path / "corpus", collection, encoder)
    assert (report.exit_code, report.passages, report.encoded) == (EXIT_FINE, 4, 4)
    question = QuestionVectors(encoder.encode_queries(["Haftpflicht"])[0], question_terms("Haftpflicht"))
    (hit,) = collection.open().search(question, Filters(), 1)
    assert (hit.passage.source, hit.passage.heading) == ("handbuch/reise.md", ("Versicherung",))


def test_an_unchanged_corpus_encodes_and_publishes_nothing(tmp_path: Path, encoder: WordEncoder) -> None:
    write(tmp_path / "corpus", FILES)
    collection = embedded(tmp_path)
    ingest(tmp_path / "corpus", collection, encoder)
    published = collection.published()
    encoder.encoded.clear()
    report = ingest(tmp_path / "corpus", collection, encoder)
    assert encoder.encoded == []
    assert (report.published, report.encoded, report.exit_code) == (None, 0, EXIT_FINE)
    assert collection.published() == published


def test_a_change_encodes_only_the_passages_that_changed(tmp_path: Path, encoder: WordEncoder) -> None:
    write(tmp_path / "corpus", FILES)
    collection = embedded(tmp_path)
    ingest(tmp_path / "corpus", collection, encoder)
    encoder.encoded.clear()
    changed = str(FILES["handbuch/reise.md"]).replace("kostet Geld", "kostet nichts")
    write(tmp_path / "corpus", {"handbuch/reise.md": changed})
    report = ingest(tmp_path / "corpus", collection, encoder)
    assert (report.passages, report.encoded) == (2, 1)
    assert all("nichts" in text for text in encoder.encoded)
    assert {"Der Bus kostet nichts.", "Die Haftpflicht ist Pflicht."} <= texts(collection)
    assert "Der Bus kostet Geld." not in texts(collection)


def test_a_rename_encodes_nothing_and_a_removal_is_followed(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    collection = embedded(tmp_path)
    ingest(corpus, collection, encoder)
    encoder.encoded.clear()
    (corpus / "handbuch/reise.md").rename(corpus / "handbuch/fahrt.md")
    (corpus / "faq/geld.yaml").unlink()
    report = ingest(corpus, collection, encoder)
    assert encoder.encoded == []
    assert report.exit_code == EXIT_FINE
    assert sources(collection) == ["handbuch/fahrt.md", "transkripte/vortrag.vtt"]
    assert "Die Haftpflicht ist Pflicht." in texts(collection)


def test_a_rename_that_gives_another_title_encodes_nothing_and_is_found_by_it(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    """Without a heading the title is the file's name: the words change, the vectors move along."""
    corpus, collection = tmp_path / "corpus", embedded(tmp_path)
    write(
        corpus,
        {"handbuch/Satzung.txt": "Der Vorstand führt die Kasse.", "faq/geld.yaml": FILES["faq/geld.yaml"]},
    )
    ingest(corpus, collection, encoder)
    encoder.encoded.clear()
    for former, name in (("Satzung", "Kassenordnung"), ("Kassenordnung", "Beitragsordnung")):
        (corpus / f"handbuch/{former}.txt").rename(corpus / f"handbuch/{name}.txt")
        report = ingest(corpus, collection, encoder)
        assert (report.encoded, report.passages) == (0, 1)
    assert encoder.encoded == []
    serving = collection.open()
    titles = {entry.metadata.title for entry in serving.catalogue()}
    assert titles == {"Beitragsordnung", "Geld"}
    assert serving.best_terms_score(question_terms("Beitragsordnung"), Filters()) > 0
    assert serving.best_terms_score(question_terms("Satzung"), Filters()) == 0


def test_a_moved_source_is_encoded_when_its_text_changes(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, collection = tmp_path / "corpus", embedded(tmp_path)
    write(corpus, {"handbuch/Satzung.txt": "Der Vorstand führt die Kasse."})
    ingest(corpus, collection, encoder)
    (corpus / "handbuch/Satzung.txt").rename(corpus / "handbuch/Ordnung.txt")
    ingest(corpus, collection, encoder)
    write(corpus, {"handbuch/Ordnung.txt": "Der Vorstand führt das Protokoll."})
    assert ingest(corpus, collection, encoder).encoded == 1


def test_equal_passages_anywhere_share_one_encoding(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, collection = tmp_path / "corpus", embedded(tmp_path)
    cache = VectorCache(tmp_path / "vectors.sqlite", encoder.stamp)
    write(corpus, {"handbuch/a.md": FILES["handbuch/reise.md"]})
    assert ingest(corpus, collection, encoder, cache=cache).encoded == 2
    encoder.encoded.clear()
    write(corpus, {"studien/b.md": str(FILES["handbuch/reise.md"]) + "\n\n## Neu\n\nNur dies ist neu."})
    report = ingest(corpus, collection, encoder, cache=cache)
    assert (report.passages, report.encoded) == (3, 1)
    assert all("neu" in text for text in encoder.encoded)
    cache.close()


class Dying(WordEncoder):
    """Stops in the middle of a long ingestion."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self._left = batches

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return super().encode_passages(texts)


def test_an_interrupted_first_ingestion_goes_on_where_it_was(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, collection = tmp_path / "corpus", embedded(tmp_path)
    write(corpus, {f"handbuch/{i}.md": f"# Blatt {i}\n\nDie Zahl {i} steht hier.\n" for i in range(200)})
    with (
        closing(VectorCache(tmp_path / "vectors.sqlite", encoder.stamp)) as cache,
        pytest.raises(KeyboardInterrupt),
    ):
        ingest(corpus, collection, Dying(2), cache=cache)
    assert collection.published() is None
    with closing(VectorCache(tmp_path / "vectors.sqlite", encoder.stamp)) as cache:
        report = ingest(corpus, collection, encoder, cache=cache)
    assert (report.passages, report.encoded) == (200, 200 - 2 * 64)


def test_removing_alone_publishes(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    collection = embedded(tmp_path)
    ingest(corpus, collection, encoder)
    (corpus / "faq/geld.yaml").unlink()
    assert ingest(corpus, collection, encoder).published == collection.published()
    assert "faq/geld.yaml" not in sources(collection)


def test_new_metadata_show_without_encoding_the_text_again(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    collection = embedded(tmp_path)
    ingest(corpus, collection, encoder)
    encoder.encoded.clear()
    write(corpus, {"faq/geld.yaml.meta.yaml": "topics: [geld]\nyear: 2026"})
    ingest(corpus, collection, encoder)
    assert encoder.encoded == []
    (entry,) = [each for each in collection.open().catalogue() if each.source == "faq/geld.yaml"]
    assert (entry.metadata.topics, entry.metadata.year) == (("geld",), 2026)


def test_a_dry_run_plans_and_changes_nothing(tmp_path: Path, encoder: WordEncoder) -> None:
    write(tmp_path / "corpus", FILES)
    collection = embedded(tmp_path)
    report = ingest(tmp_path / "corpus", collection, encoder, dry_run=True)
    assert (len(report.plan.new), report.to_encode) == (3, 4)
    assert (report.published, collection.published(), encoder.encoded) == (None, None, [])
    assert report.exit_code == EXIT_FINE


def test_a_dry_run_reads_and_names_what_would_fail(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    collection = embedded(tmp_path)
    ingest(corpus, collection, encoder)
    encoder.encoded.clear()
    write(corpus, {"leer.md": b"", "foerderung/a.md": "# Zuschuss\n\nEs gibt Geld.\n"})
    (corpus / "handbuch/reise.md").rename(corpus / "handbuch/fahrt.md")
    (corpus / "faq/geld.yaml").unlink()
    report = ingest(corpus, collection, encoder, dry_run=True)
    assert (report.published, encoder.encoded, collection.published()) == (None, [], "g000001")
    assert [remark.source for remark in report.failed] == ["leer.md"]
    assert (report.exit_code, report.to_encode) == (EXIT_SOME_FAILED, 1)
    grades = {source: health.grade.value for source, health in report.health(date(2026, 11, 22)).items()}
    assert grades == {
        "leer.md": "red",
        "foerderung/a.md": "yellow",
        "handbuch/fahrt.md": "green",
        "transkripte/vortrag.vtt": "green",
    }


def test_a_plan_counts_what_a_run_then_computes(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, collection = tmp_path / "corpus", embedded(tmp_path)
    write(corpus, FILES)
    ingest(corpus, collection, encoder)
    write(
        corpus,
        {
            "handbuch/neu.md": "Neu.",
            "studien/neu.md": "Neu.",
            "faq/geld.yaml": "- frage: A?\n  antwort: B.\n",
        },
    )
    (corpus / "handbuch/reise.md").rename(corpus / "handbuch/fahrt.md")
    planned = ingest(corpus, collection, encoder, dry_run=True)
    assert planned.to_encode == ingest(corpus, collection, encoder).encoded == 2
    assert ingest(corpus, collection, encoder, dry_run=True).to_encode == 0


def test_what_expires_soon_is_listed_and_what_has_expired_is_not_deleted(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    corpus, collection = tmp_path / "corpus", embedded(tmp_path)
    days = {"bald": "2026-12-31", "vorbei": "2026-11-25", "heute": "2026-11-26", "fern": "2027-06-30"}
    write(
        corpus,
        {f"foerderung/{name}.md": f"---\nvalid_until: {day}\n---\nGeld." for name, day in days.items()},
    )
    report = ingest(corpus, collection, encoder)
    assert report.as_json(date(2026, 11, 26))["expiring"] == [
        {"source": "foerderung/heute.md", "valid_until": "2026-11-26"},
        {"source": "foerderung/bald.md", "valid_until": "2026-12-31"},
    ]
    assert "läuft ab    foerderung/bald.md am 31.12.2026" in report.changes(date(2026, 11, 26))
    assert len(sources(collection)) == 4


def test_a_refused_generation_is_a_report_that_says_why(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, collection = tmp_path / "corpus", embedded(tmp_path)
    write(corpus, FILES)
    ingest(corpus, collection, encoder)
    write(corpus, {"handbuch/neu.md": "Neu."})
    strict = Publisher(collection, Examiner(GateResult(worse=("Beleg fehlt",))))
    report = ingest(corpus, collection, encoder, publisher=strict)
    assert (report.published, report.exit_code) == (None, EXIT_NOTHING_PUBLISHED)
    assert "  Beleg fehlt" in report.outcome()
    assert "handbuch/neu.md" not in sources(collection)


def test_going_back_stays_until_the_materials_change(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus, collection, journal = tmp_path / "corpus", embedded(tmp_path), Journal(tmp_path)
    publisher = Publisher(collection, journal=journal)
    write(corpus, FILES)
    first = ingest(corpus, collection, encoder, publisher=publisher).published
    write(corpus, {"faq/geld.yaml": "- frage: Wer zahlt?\n  antwort: Die Oma.\n"})
    second = ingest(corpus, collection, encoder, publisher=publisher).published
    assert first
    assert second
    journal.add(JournalEntry(publisher.now(), Step.ROLLED_BACK, first, second))
    collection.publish(first)
    with pytest.raises(WithdrawnError, match=second):
        ingest(corpus, collection, encoder, publisher=publisher)
    planned = ingest(corpus, collection, encoder, publisher=publisher, dry_run=True)
    assert planned.to_encode == 1
    assert any(second in line for line in planned.outcome())
    assert "Wer zahlt?\nDer Verein zahlt." in texts(collection)
    write(corpus, {"faq/geld.yaml": "- frage: Wer zahlt?\n  antwort: Die Stadt.\n"})
    assert ingest(corpus, collection, encoder, publisher=publisher).published == "g000003"
    assert "Wer zahlt?\nDie Stadt." in texts(collection)


def test_what_was_taken_back_does_not_come_back_beside_something_new(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    """A colleague who adds a file, or an answer that is released meanwhile, corrects nothing."""
    corpus, collection, journal = tmp_path / "corpus", embedded(tmp_path), Journal(tmp_path)
    publisher = Publisher(collection, journal=journal)
    write(corpus, FILES)
    first = ingest(corpus, collection, encoder, publisher=publisher).published
    write(corpus, {"faq/geld.yaml": "- frage: Wer zahlt?\n  antwort: Die Oma.\n"})
    (corpus / "handbuch/reise.md").unlink()
    second = ingest(corpus, collection, encoder, publisher=publisher).published
    assert first
    assert second
    journal.add(JournalEntry(publisher.now(), Step.ROLLED_BACK, first, second))
    collection.publish(first)
    write(corpus, {"handbuch/neu.md": "# Neu\n\nEin anderes Blatt.\n"})
    with pytest.raises(WithdrawnError, match=r"faq/geld\.yaml, handbuch/reise\.md"):
        ingest(corpus, collection, encoder, publisher=publisher)
    write(corpus, {"faq/geld.yaml": "- frage: Wer zahlt?\n  antwort: Die Stadt.\n"})
    assert ingest(corpus, collection, encoder, publisher=publisher).published == "g000003"
    assert "handbuch/neu.md" in sources(collection)


def test_unchanged_sources_keep_their_remarks_without_being_read(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, {"foerderung/a.md": "# Zuschuss\n\nEs gibt Geld.\n"})
    collection = embedded(tmp_path)
    first = ingest(corpus, collection, encoder)
    again = ingest(corpus, collection, encoder, read=unreachable)
    assert again.sources == first.sources
    assert "Fördergeber" in again.sources[0].remarks[0]


def unreachable(path: Path) -> Document:
    raise AssertionError(path)


def encrypted_pdf(path: Path) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(path)
    return path.read_bytes()


def test_broken_sources_are_named_and_everything_else_is_published(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    broken: dict[str, str | bytes] = {
        "handbuch/verschluesselt.pdf": encrypted_pdf(tmp_path / "x.pdf"),
        "handbuch/abgeschnitten.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "handbuch/leer.md": b"",
        "handbuch/eigentlich-ein-bild.docx": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        "handbuch/folien.pptx": b"PK\x03\x04",
        "handbuch/angaben.md": "---\nkind: buch\n---\nText",
    }
    write(tmp_path / "corpus", {**FILES, **broken, "handbuch/alt.txt": "Förderung für Köln".encode("cp1252")})
    collection = embedded(tmp_path)
    report = ingest(tmp_path / "corpus", collection, encoder)
    assert report.exit_code == EXIT_SOME_FAILED
    assert {remark.source for remark in report.failed} == set(broken)
    assert all(remark.reason and "\n" not in remark.reason for remark in report.failed)
    assert sources(collection) == sorted([*FILES, "handbuch/alt.txt"])
    assert "Förderung für Köln" in texts(collection)


def test_a_source_that_breaks_keeps_its_former_passages_and_is_named_every_time(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    collection = embedded(tmp_path)
    ingest(corpus, collection, encoder)
    write(corpus, {"faq/geld.yaml": "kein: faq", "handbuch/neu.md": "Neu."})
    report = ingest(corpus, collection, encoder)
    assert ([remark.source for remark in report.failed], report.exit_code) == (
        ["faq/geld.yaml"],
        EXIT_SOME_FAILED,
    )
    assert {"Wer zahlt?\nDer Verein zahlt.", "Neu."} <= texts(collection)
    again = ingest(corpus, collection, encoder)
    assert ([remark.source for remark in again.failed], again.exit_code) == (
        ["faq/geld.yaml"],
        EXIT_SOME_FAILED,
    )


def test_nothing_readable_at_all_publishes_nothing(tmp_path: Path, encoder: WordEncoder) -> None:
    write(tmp_path / "corpus", {"a.md": b"", "b.pdf": b"%PDF-"})
    collection = embedded(tmp_path)
    report = ingest(tmp_path / "corpus", collection, encoder)
    assert report.exit_code == EXIT_NOTHING_PUBLISHED
    assert collection.published() is None


def test_an_emptied_folder_leaves_the_published_generation_alone(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    collection = embedded(tmp_path)
    ingest(corpus, collection, encoder)
    shutil.rmtree(corpus)
    corpus.mkdir()
    with pytest.raises(KnowledgeBaseError, match="keine Materialien"):
        ingest(corpus, collection, encoder)
    assert sources(collection) == sorted(FILES)


def test_another_model_encodes_everything_anew(tmp_path: Path, encoder: WordEncoder) -> None:
    write(tmp_path / "corpus", FILES)
    collection = embedded(tmp_path)
    ingest(tmp_path / "corpus", collection, encoder)
    other = WordEncoder("another model")
    assert ingest(tmp_path / "corpus", collection, other).encoded == 4
    assert collection.open().stamp == other.stamp


def test_a_failing_encoder_leaves_the_published_generation_alone(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    write(tmp_path / "corpus", FILES)
    collection = embedded(tmp_path)
    ingest(tmp_path / "corpus", collection, encoder)

    class Failing(WordEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError(len(texts))

    write(tmp_path / "corpus", {"neu.md": "Neu."})
    with pytest.raises(MemoryError):
        ingest(tmp_path / "corpus", collection, Failing())
    assert sources(collection) == sorted(FILES)
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 1


def test_names_and_metadata_that_are_no_utf8_stop_nothing(tmp_path: Path, encoder: WordEncoder) -> None:
    """As files come out of an archive that Windows has packed."""
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    (corpus / "handbuch" / os.fsdecode(b"F\xf6rderung.md")).write_text("Text.", encoding="utf-8")
    write(corpus, {"studien/a.md": "Studie.", "studien/a.md.meta.yaml": "title: Förderung".encode("cp1252")})
    collection = embedded(tmp_path)
    report = ingest(corpus, collection, encoder)
    assert [remark.source for remark in report.failed] == ["handbuch/F?rderung.md"]
    assert "umbenennen" in report.failed[0].reason or "benennen" in report.failed[0].reason
    titles = {entry.source: entry.metadata.title for entry in collection.open().catalogue()}
    assert titles["studien/a.md"] == "Förderung"


def test_a_defect_of_a_reader_is_named_and_stops_nothing(tmp_path: Path, encoder: WordEncoder) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, {**FILES, "handbuch/tief.md": "*a " * 3000 + "b" + "*" * 3000})
    collection = embedded(tmp_path)
    report = ingest(corpus, collection, encoder)
    assert [remark.source for remark in report.failed] in (["handbuch/tief.md"], [])
    assert set(FILES) <= set(sources(collection))


def test_a_moved_source_that_cannot_be_read_there_keeps_its_former_place(
    tmp_path: Path, encoder: WordEncoder
) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    collection = embedded(tmp_path)
    ingest(corpus, collection, encoder)
    write(corpus, {"studien/_defaults.yaml": "kind: buch", "neu.md": "Neu."})
    (corpus / "handbuch/reise.md").rename(corpus / "studien/reise.md")
    report = ingest(corpus, collection, encoder)
    assert [remark.source for remark in report.failed] == ["studien/reise.md"]
    assert "handbuch/reise.md" in sources(collection)
