"""Each format is opened again by another program's eyes and says what the folder says; nothing in it acts."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import docx as python_docx
import pypdfium2
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree
from markdown_it import MarkdownIt
from pypdf import PdfReader

from search_api.folder.docx import docx
from search_api.folder.formats import FORMATS
from search_api.folder.mail import mail
from search_api.folder.markdown import markdown
from search_api.folder.markdown_text import inert
from search_api.folder.pdf import pdf
from tests.search_api.folder.samples import PAGE, PINS, TITLE, WORSE, folder, hostile

if TYPE_CHECKING:
    from search_api.folder.model import Folder

FOLDER = folder(*PINS, page=PAGE)
LINKS = [way.href for entry in FOLDER.entries for way in entry.ways]
_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\u202e]")


def said(made: Folder) -> list[str]:
    """Everything that a reader must find, in order."""
    words = [made.title, *made.questions, *made.answer]
    for entry in made.entries:
        words += [entry.heading, entry.sentence, *entry.whole, entry.facts]
        words += [*(way.words for way in entry.ways), *entry.note]
    return words


def in_order(words: list[str], text: str) -> None:
    """Check that all words stand in `text` one after the other; blanks and line ends do not matter."""
    whole, at = "".join(text.split()), 0
    for each in words:
        bare = "".join(each.split())
        assert bare in whole[at:], each
        at = whole.index(bare, at) + len(bare)


def word_text(content: bytes) -> str:
    paragraphs = python_docx.Document(io.BytesIO(content)).paragraphs
    return "\n".join(paragraph.text for paragraph in paragraphs)


def pdf_text(content: bytes) -> str:
    """Without the page numbers, which stand between the paragraphs."""
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
    return re.sub(r"Seite \d+\s", "", text)


def pdf_links(content: bytes) -> list[str]:
    """Each once: one that is broken over two lines has two areas."""
    pages = PdfReader(io.BytesIO(content)).pages
    actions = [note.get_object()["/A"] for page in pages for note in page.annotations or []]
    return list(dict.fromkeys(str(action["/URI"]) for action in actions))


def rendered(content: bytes) -> str:
    """As a page shows it that allows no HTML; all of GFM's own marks are on."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return str(parser.render(content.decode()))


def html_text(html: str) -> str:
    root = etree.fromstring(f"<div>{html}</div>")  # our own rendering is well-formed
    return "".join(map(str, root.itertext()))


@pytest.mark.parametrize("made", [FOLDER, hostile()], ids=["usual", "hostile"])
def test_every_format_says_everything_in_order(made: Folder) -> None:
    in_order(said(made), word_text(docx(made)))
    in_order(said(made), pdf_text(pdf(made)))
    in_order(said(made), html_text(rendered(markdown(made))))
    in_order(said(made), re.sub(r"^\| ", "", mail(made).decode(), flags=re.MULTILINE))


def test_the_letters_of_the_partner_countries_survive() -> None:
    for text in (
        word_text(docx(FOLDER)),
        pdf_text(pdf(FOLDER)),
        markdown(FOLDER).decode(),
        mail(FOLDER).decode(),
    ):
        in_order([TITLE], text)


def test_word_has_headings_a_title_no_author_german_and_a4() -> None:
    word = python_docx.Document(io.BytesIO(docx(FOLDER)))
    names = [each.style.name for each in word.paragraphs if each.style and each.style.name]
    assert [names.count(name) for name in ("Title", "Heading 1", "Heading 2")] == [1, 3, len(PINS)]
    about = word.core_properties
    assert (about.title, about.author, about.last_modified_by) == (FOLDER.title, "", "")
    assert about.language == "de-DE"
    assert {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))} == {"de-DE"}
    (section,) = word.sections
    assert (round(section.page_width or 0, -4), round(section.page_height or 0, -4)) == (
        7_560_000,
        10_690_000,
    )
    assert "PAGE" in etree.tostring(section.footer._element).decode()


def test_word_links_are_real() -> None:
    word = python_docx.Document(io.BytesIO(docx(FOLDER)))
    links = [
        link.address + (f"#{link.fragment}" if link.fragment else "")
        for each in word.paragraphs
        for link in each.hyperlinks
    ]
    assert links == LINKS


def test_pdf_has_a_title_a_language_bookmarks_and_page_numbers() -> None:
    read = PdfReader(io.BytesIO(pdf(FOLDER)))
    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.author or "") == (FOLDER.title, "")
    assert str(read.root_object["/Lang"]) == "de-DE"
    titles = str(read.outline)
    assert all(heading in titles for heading in ("Ihre Fragen", "Unsere Antwort", FOLDER.entries[3].heading))
    assert len(read.pages) > 1
    assert all(f"Seite {number}" in page.extract_text() for number, page in enumerate(read.pages, start=1))
    assert [round(float(each)) for each in read.pages[0].mediabox[2:]] == [595, 842]


def test_pdf_links_are_real_and_all_letters_are_in_the_file() -> None:
    content = pdf(FOLDER)
    assert pdf_links(content) == list(dict.fromkeys(LINKS))
    assert content.count(b"/FontFile2") >= 2  # the regular letters and the bold ones


def test_a_passage_longer_than_a_page_and_words_without_an_end_are_written() -> None:
    pinned = PINS[0].model_copy(update={"text": "Satz für Satz. " * 1_000 + "\n" + "ß" * 3_000})
    made = folder(*[pinned] * 3)
    assert len(pypdfium2.PdfDocument(pdf(made))) > 6
    in_order(said(made), pdf_text(pdf(made)))


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_case_gives_a_folder_too(name: str) -> None:
    assert len(FORMATS[name].write(folder())) > 100  # type: ignore[index] # its own keys


def test_markdown_links_are_ours_alone() -> None:
    for made in (FOLDER, hostile()):
        tree = etree.fromstring(f"<div>{rendered(markdown(made))}</div>")
        assert tree.xpath("//a/@href") == [way.href for entry in made.entries for way in entry.ways]
        assert tree.xpath("//img | //script | //code | //hr | //table | //h4 | //b") == []
        assert tree.xpath("count(//h1)") == 1
        assert tree.xpath("count(//h3)") == len(made.entries)


@pytest.mark.parametrize(
    "line",
    [
        *WORSE.split("\n"),
        "* x",
        "+ x",
        "10) x",
        "===",
        "~~x~~",
        "a | b",
        "[^1]: x",
        "$x$",
        "\\",
        "![x](y)",
        "__x__",
        "&#60;",
    ],
)
def test_a_line_in_markdown_is_one_paragraph_with_those_words(line: str) -> None:
    shown = "".join(sign for sign in line.strip() if sign.isprintable())
    html = rendered(f"Davor.\n\n{inert(shown)}\n\nDanach.".encode())
    tree = etree.fromstring(f"<div>{html}</div>")
    assert [element.tag for element in tree] == ["p", "p", "p"]
    assert [len(element) for element in tree] == [0, 0, 0]
    assert tree[1].text == shown


@pytest.mark.parametrize("address", ["https://example.org", "www.example.org", "HTTP://x.org", "ftp://x"])
def test_addresses_in_markdown_make_no_links_by_themselves(address: str) -> None:
    assert address not in inert(f"siehe {address} dort")
    assert html_text(rendered(inert(address).encode())).strip() == address


def test_mail_lines_are_short_and_links_stand_by_themselves() -> None:
    lines = mail(FOLDER).decode().splitlines()
    assert [each for each in lines if len(each) > 76 and each not in LINKS] == []
    assert [each for each in lines if each.startswith("https://")] == LINKS
    assert max(map(len, mail(hostile()).decode().splitlines())) <= 76


def test_nothing_hostile_is_left_in_any_format() -> None:
    made = hostile()
    assert not _XML_ILLEGAL.search("".join(said(made)))
    with zipfile.ZipFile(io.BytesIO(docx(made))) as package:
        parts = {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}
    assert not any(
        _XML_ILLEGAL.search(text) for name, text in parts.items() if name.endswith((".xml", ".rels"))
    )
    assert "<script" not in parts["word/document.xml"]
    document = python_docx.Document(io.BytesIO(docx(made))).part
    targets = [
        each.target_ref for each in document.rels.values() if each.reltype == RELATIONSHIP_TYPE.HYPERLINK
    ]
    assert targets == [way.href for entry in made.entries for way in entry.ways]
    content = pdf(made)
    assert pdf_links(content) == targets
    assert not re.search(rb"/JavaScript|/JS\b|/Launch|/OpenAction", content)
    assert not _XML_ILLEGAL.search(mail(made).decode() + markdown(made).decode())


def test_a_word_without_end_is_written_in_a_moment() -> None:
    began = time.process_time()
    made = pdf(replace(FOLDER, answer=("x" * 60_000,)))
    assert time.process_time() - began < 3  # seconds; broken by the library it takes longer
    assert "x" * 60_000 in "".join(pdf_text(made).split())
