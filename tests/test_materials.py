"""The binaries of the starter corpus are what the script makes of their text sources."""

from pathlib import Path

import pptx
import pytest
from docx import Document
from docx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pypdf import PdfReader

from ingest.readers import faq_xlsx, faq_yaml
from tests.materials import CORPUS, remake, sources, target_of
from tests.materials.docx import write_docx
from tests.materials.markdown import (
    Bullets,
    Columns,
    Heading,
    Numbered,
    PageEnd,
    Prose,
    Quote,
    Table,
    bold_runs,
    read_manuscript,
)
from tests.materials.pdf import write_pdf
from tests.materials.pptx import write_pptx
from tests.materials.xlsx import write_xlsx

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

1. zuerst
2. danach

> Ein Muster
> zum Abschreiben.

<!-- spalten: 2 -->

### Zweispaltig

Schluss.
"""
QUESTIONS = """
title: Fragen zur Fahrt
entries:
  - questions: ["Wer zahlt?", "Was kostet es?"]
    answer: "Der Verein zahlt."
    url: https://example.org/geld?a=1&b=2
  - questions: ["Wer fährt mit?"]
    answer: "Alle, die wollen."
    url: https://example.org/leute
"""
LARGEST = 125_000  # bytes; binaries in a repository stay small, though nothing in ours is compressed
SLIDE_CHARACTERS = 1_100  # that can be read on a slide


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
        Numbered(("zuerst", "danach")),
        Quote("Ein Muster zum Abschreiben."),
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
    assert styles.count("List Bullet") == styles.count("List Number") == 2
    assert document.tables[0].cell(1, 1).text == "Haftpflicht"


def test_every_numbered_list_of_a_docx_counts_from_one(tmp_path: Path) -> None:
    write_docx("# Listen\n\n1. eins\n2. zwei\n\nDazwischen.\n\n1. eins\n", tmp_path / "x.docx")
    document = Document(str(tmp_path / "x.docx"))
    counters = [list(paragraph._p.iter(qn("w:numId"))) for paragraph in document.paragraphs]
    first, second, other = (found[0].get(qn("w:val")) for found in counters if found)
    assert first == second != other


def test_pptx_has_a_slide_for_each_heading_and_real_tables(tmp_path: Path) -> None:
    write_pptx(MANUSCRIPT, tmp_path / "x.pptx")
    slides = [*pptx.Presentation(str(tmp_path / "x.pptx")).slides]
    titles = [slide.shapes.title.text for slide in slides if slide.shapes.title]
    assert titles == [
        "Über Fahrten",
        "Was „Haftung“ heißt (1/2)",
        "Was „Haftung“ heißt (2/2)",
        "Zweispaltig",
    ]
    tables = [shape.table for shape in slides[1].shapes if isinstance(shape, GraphicFrame)]
    assert [table.cell(1, 1).text for table in tables] == ["Haftpflicht"]
    assert "zum Abschreiben" in slides[2].placeholders[1].text_frame.text


def test_a_long_section_goes_over_several_slides(tmp_path: Path) -> None:
    prose = "\n\n".join(["Ein Satz von einiger Länge, der gesagt werden muss. " * 6] * 9)
    write_pptx(f"# Titel\n\n## Viel Text\n\n{prose}\n", tmp_path / "x.pptx")
    slides = [*pptx.Presentation(str(tmp_path / "x.pptx")).slides][1:]
    lengths = [len(slide.placeholders[1].text_frame.text) for slide in slides]
    assert len(lengths) > 2
    assert max(lengths) < SLIDE_CHARACTERS


def test_a_presentation_without_title_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="title"):
        write_pptx("Nur ein Satz.", tmp_path / "x.pptx")


def test_xlsx_says_what_its_source_says(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(QUESTIONS, encoding="utf-8")
    write_xlsx(QUESTIONS, tmp_path / "x.xlsx")
    workbook = faq_xlsx.read(tmp_path / "x.xlsx")
    assert workbook.sections == faq_yaml.read(tmp_path / "x.yaml").sections
    assert workbook.extracted == {"title": "Fragen zur Fahrt"}
    assert not workbook.unread
