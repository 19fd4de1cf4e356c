"""The binaries of the starter corpus are what the script makes of their text sources."""

from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from tests.materials import CORPUS, remake, sources, target_of
from tests.materials.docx import write_docx
from tests.materials.markdown import (
    Bullets,
    Columns,
    Heading,
    PageEnd,
    Prose,
    Table,
    bold_runs,
    read_manuscript,
)
from tests.materials.pdf import write_pdf

MANUSCRIPT = """---
title: Über Fahrten
vorspann: 1
---
# Über Fahrten

<!-- seite -->

## Was „Haftung“ heißt

Ein Satz mit **fettem** Wort – für 5 € zu
haben.

- erstens
- zweitens

| Wer | Was |
|---|---|
| Verein | Haftpflicht |

<!-- spalten: 2 -->

### Zweispaltig

Schluss.
"""
LARGEST = 100_000  # bytes; binaries in a repository stay small


@pytest.mark.parametrize("source", sources(CORPUS), ids=lambda source: source.stem)
def test_committed_binary_is_what_its_source_makes(source: Path, tmp_path: Path) -> None:
    made = remake(source, tmp_path).read_bytes()
    assert made == (CORPUS / target_of(source)).read_bytes()
    assert len(made) < LARGEST


def test_blocks_are_read_in_order() -> None:
    manuscript = read_manuscript(MANUSCRIPT)
    assert manuscript.front_matter == {"title": "Über Fahrten", "vorspann": "1"}
    assert manuscript.blocks == (
        Heading(1, "Über Fahrten"),
        PageEnd(),
        Heading(2, "Was „Haftung“ heißt"),
        Prose("Ein Satz mit **fettem** Wort – für 5 € zu haben."),
        Bullets(("erstens", "zweitens")),
        Table((("Wer", "Was"), ("Verein", "Haftpflicht"))),
        Columns(2),
        Heading(3, "Zweispaltig"),
        Prose("Schluss."),
    )


def test_bold_is_told_from_plain() -> None:
    assert list(bold_runs("ein **fettes** Wort")) == [("ein ", False), ("fettes", True), (" Wort", False)]


@pytest.mark.parametrize("line", ["#### zu tief", "<!-- spalten: 3 -->", "  eingerückt"])
def test_unknown_forms_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match=line):
        read_manuscript(f"Ein Satz.\n{line}\n")


def test_pdf_has_labels_outline_header_and_footer(tmp_path: Path) -> None:
    write_pdf(MANUSCRIPT, tmp_path / "x.pdf")
    reader = PdfReader(tmp_path / "x.pdf")
    assert reader.page_labels == ["i", "1", "2"]
    assert "Über Fahrten" in reader.pages[2].extract_text()
    assert "Seite 2" in reader.pages[2].extract_text()
    assert "Was „Haftung“ heißt" in str(reader.outline)


def test_docx_has_real_headings_lists_and_tables(tmp_path: Path) -> None:
    write_docx(MANUSCRIPT, tmp_path / "x.docx")
    document = Document(str(tmp_path / "x.docx"))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles[:2] == ["Heading 1", "Heading 2"]
    assert styles.count("List Bullet") == 2
    assert document.tables[0].cell(1, 1).text == "Haftpflicht"
