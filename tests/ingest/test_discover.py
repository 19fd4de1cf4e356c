from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import KnowledgeBaseError
from index.passage import Kind, Metadata, SourceEntry
from ingest.discover import FoundSource, compare, discover
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from pathlib import Path


def entry(found: FoundSource) -> SourceEntry:
    return SourceEntry(found.source, found.content, found.revision, Metadata("Titel", Kind.FAQ), 1, 10, 10.0)


def test_sources_are_found_in_order_and_our_own_files_are_none(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "handbuch/b.md": "B",
            "handbuch/a.md": "A",
            "handbuch/a.md.meta.yaml": "title: A",
            "handbuch/_defaults.yaml": "language: de",
            "_vorlagen/quelle.md": "nicht aufnehmen",
            ".git/config": "x",
            "faq/~$offen.docx": "Sperre",
            "faq/Thumbs.db": "x",
            "fragen.yaml": "[]",
            "README.md": "Liste",
            "faq/README.md": "eine echte Quelle",
        },
    )
    assert [found.source for found in discover(tmp_path)] == [
        "faq/README.md",
        "handbuch/a.md",
        "handbuch/b.md",
    ]


@pytest.mark.parametrize("case", ["missing", "empty"])
def test_a_missing_or_empty_folder_is_an_error_and_not_an_empty_corpus(tmp_path: Path, case: str) -> None:
    corpus = tmp_path / "corpus"
    if case == "empty":
        corpus.mkdir()
    with pytest.raises(KnowledgeBaseError, match="corpus"):
        discover(corpus)


def test_a_link_out_of_the_corpus_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "geheim.md").write_text("Geheim")
    corpus = tmp_path / "corpus"
    write(corpus, {"a.md": "A"})
    (corpus / "link.md").symlink_to(tmp_path / "geheim.md")
    (corpus / "ordner").symlink_to(tmp_path)
    assert [found.source for found in discover(corpus)] == ["a.md"]


def test_no_metadata_and_no_chapters_are_taken_from_without_the_corpus(tmp_path: Path) -> None:
    write(tmp_path, {"geheim": "title: Geheim", "corpus/a.vtt": "WEBVTT"})
    before = discover(tmp_path / "corpus")
    for name in ("a.vtt.meta.yaml", "_defaults.yaml", "a.vtt.chapters.txt"):
        (tmp_path / "corpus" / name).symlink_to(tmp_path / "geheim")
    assert discover(tmp_path / "corpus") == before


def test_the_revision_follows_the_file_its_sidecar_and_its_folders_defaults(tmp_path: Path) -> None:
    write(tmp_path, {"faq/a.md": "A", "faq/b.md": "B"})

    def revisions() -> list[str]:
        return [found.revision for found in discover(tmp_path)]

    first = revisions()
    write(tmp_path, {"faq/a.md.meta.yaml": "title: Neu"})
    second = revisions()
    assert (second[0] != first[0], second[1]) == (True, first[1])
    write(tmp_path, {"_defaults.yaml": "language: de"})
    third = revisions()
    assert third[0] != second[0]
    assert third[1] != second[1]


def test_chapters_are_no_sources_and_change_the_revision_of_their_transcript(tmp_path: Path) -> None:
    write(tmp_path, {"a.vtt": "A", "b.chapters.txt": "ohne Datei b, also ein eigener Text"})
    before = discover(tmp_path)
    write(tmp_path, {"a.vtt.chapters.txt": "0:00 Anfang"})
    with_chapters = discover(tmp_path)
    write(tmp_path, {"a.vtt.chapters.txt": "0:00 Beginn"})
    changed = discover(tmp_path)
    assert [found.source for found in changed] == ["a.vtt", "b.chapters.txt"]
    assert len({found[0].revision for found in (before, with_chapters, changed)}) == 3
    assert {found[0].content for found in (before, with_chapters, changed)} == {before[0].content}
    plan = compare(changed, [entry(found) for found in with_chapters])
    assert [found.source for found in plan.changed] == ["a.vtt"]


def test_chapters_named_after_a_recording_belong_to_its_transcript_whatever_its_language(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"rede.mp4": "x", "rede.de.vtt": "WEBVTT", "fern.vtt": "WEBVTT"})
    before = {found.source: found.revision for found in discover(tmp_path)}
    write(tmp_path, {"rede.mp4.chapters.txt": "0:00 Anfang", "fern.mp4.chapters.txt": "0:00 Anfang"})
    after = {found.source: found.revision for found in discover(tmp_path)}
    assert before.keys() == after.keys() == {"rede.de.vtt", "fern.vtt"}
    assert not before.items() & after.items()


def test_a_recording_with_a_transcript_beside_it_is_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "vortrag.mp4": "x",
            "vortrag.vtt": "WEBVTT",
            "rede.mp3": "x",
            "rede.de.srt": "1",
            "allein.MP4": "x",
            "allein-2.vtt": "WEBVTT",
            "notizen.wav": "x",
            "notizen.txt": "kein Transkript",
        },
    )
    assert [found.source for found in discover(tmp_path)] == [
        "allein-2.vtt",
        "allein.MP4",
        "notizen.txt",
        "notizen.wav",
        "rede.de.srt",
        "vortrag.vtt",
    ]


def test_new_changed_renamed_removed_and_unchanged_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "A", "b.md": "B", "c.md": "C", "d.md": "D"})
    catalogue = [entry(found) for found in discover(tmp_path)]
    write(tmp_path, {"b.md": "B2", "e.md": "E"})
    (tmp_path / "c.md").rename(tmp_path / "ordner.md")
    (tmp_path / "d.md").unlink()
    plan = compare(discover(tmp_path), catalogue)
    assert [found.source for found in plan.new] == ["e.md"]
    assert [found.source for found in plan.changed] == ["b.md"]
    assert [(former, found.source) for former, found in plan.renamed] == [("c.md", "ordner.md")]
    assert plan.removed == ("d.md",)
    assert plan.unchanged == ("a.md",)


def test_a_copy_of_a_file_that_stays_is_new_and_not_renamed(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "A"})
    catalogue = [entry(found) for found in discover(tmp_path)]
    write(tmp_path, {"kopie.md": "A"})
    plan = compare(discover(tmp_path), catalogue)
    assert [found.source for found in plan.new] == ["kopie.md"]
    assert (plan.renamed, plan.removed) == ((), ())


def test_two_equal_files_renamed_are_paired_once_each(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "gleich", "b.md": "gleich"})
    catalogue = [entry(found) for found in discover(tmp_path)]
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").rename(tmp_path / f"{name}{name}.md")
    plan = compare(discover(tmp_path), catalogue)
    done = {*(former for former, _ in plan.renamed), *plan.removed}
    assert done == {"a.md", "b.md"}
    assert len(plan.renamed) + len(plan.new) == 2
