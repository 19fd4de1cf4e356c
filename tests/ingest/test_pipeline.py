from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfWriter

from index.collection import Filters, QuestionVectors
from index.errors import KnowledgeBaseError
from index.lexical import question_terms
from ingest.report import EXIT_FINE, EXIT_NOTHING_PUBLISHED, EXIT_SOME_FAILED
from tests.conftest import ROOT
from tests.fake_encoder import WordEncoder
from tests.ingest.corpora import embedded, ingest, write

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
    assert len(report.plan.new) == 3
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
    assert report.exit_code == EXIT_SOME_FAILED
    grades = {source: health.grade.value for source, health in report.health(date(2026, 11, 22)).items()}
    assert grades == {
        "leer.md": "red",
        "foerderung/a.md": "yellow",
        "handbuch/fahrt.md": "green",
        "transkripte/vortrag.vtt": "green",
    }


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


KILL_SHARES = (0.0, 0.2, 0.4, 0.48, 0.5, 0.52, 0.6, 0.8, 0.97, 0.99, 1.0)


def killed_job(corpus: Path, index: Path, last_write: int) -> subprocess.CompletedProcess[str]:
    job = [sys.executable, "-m", "tests.ingest.killed", str(corpus), str(index), str(last_write)]
    return subprocess.run(job, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60)


def prepared(folder: Path, encoder: WordEncoder) -> Path:
    """Publish a corpus, then add to it, change and remove something; the job has not run yet."""
    corpus = folder / "corpus"
    write(corpus, FILES)
    ingest(corpus, embedded(folder), encoder)
    write(corpus, {"handbuch/neu.md": "Neu hier.", "faq/geld.yaml": "- frage: Wer?\n  antwort: Die Stadt.\n"})
    (corpus / "transkripte/vortrag.vtt").unlink()
    return corpus


@pytest.fixture(scope="module")
def writes_of_the_job(tmp_path_factory: pytest.TempPathFactory) -> int:
    folder = tmp_path_factory.mktemp("whole")
    done = killed_job(prepared(folder, WordEncoder()), folder / "index", 0)
    assert done.returncode == 0
    return int(done.stdout)


@pytest.mark.parametrize("share", KILL_SHARES)
def test_kill_9_at_any_write_leaves_a_complete_generation(
    tmp_path: Path, encoder: WordEncoder, writes_of_the_job: int, share: float
) -> None:
    """Copies, puts, syncs and renames are the writes; see killed.py."""
    corpus = prepared(tmp_path, encoder)
    collection = embedded(tmp_path)
    before = texts(collection)
    after = {"Neu hier.", "Wer?\nDie Stadt.", "Die Haftpflicht ist Pflicht.", "Der Bus kostet Geld."}
    done = killed_job(corpus, tmp_path / "index", max(1, round(share * writes_of_the_job)))
    assert done.returncode == -signal.SIGKILL
    assert texts(collection) in [before, after]
    ingest(corpus, collection, encoder)
    assert texts(collection) == after


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
