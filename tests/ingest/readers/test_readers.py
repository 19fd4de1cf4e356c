"""What holds for every format: sizes, wrong names, and errors that a person understands."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableSourceError
from ingest import readers
from ingest.readers import READERS, read
from tests.ingest.readers.written import read_written

if TYPE_CHECKING:
    from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_an_empty_file_is_an_error(suffix: str) -> None:
    with pytest.raises(UnreadableSourceError, match="leer"):
        read_written(f"a{suffix}", b"")


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_a_file_of_blank_lines_is_an_error(suffix: str) -> None:
    with pytest.raises(UnreadableSourceError):
        read_written(f"a{suffix}", b" \n\n")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", b"%PDF-1.7\n", "ein PDF-Dokument"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\x00", "ein Bild"),
        ("a.pdf", b"<!DOCTYPE html><html></html>", "eine Internetseite"),
        ("a.pdf", b"nur Text", "eine Textdatei"),
        ("a.pdf", _archive("word/document.xml"), "ein Word-Dokument"),
        ("a.docx", _archive("xl/workbook.xml"), "eine Excel-Tabelle"),
        ("a.docx", _archive("mimetype"), "ein OpenDocument"),
        ("a.docx", _OLE + b"\x00" * 100, "alten Office-Programm"),
        ("a.txt", _archive("bild.png"), "ein ZIP-Archiv"),
        ("a.txt", b"Text mit\x00Nullen\x00", "eine Binärdatei"),
        ("a.md", b"{\\rtf1 Text}", "ein RTF-Dokument"),
        ("a.vtt", b"\x00\x00\x00\x18ftypmp42", "eine Ton- oder Filmaufnahme"),
        ("a.csv", _archive("xl/workbook.xml"), "eine Excel-Tabelle"),
        ("a.html", b"\x1f\x8b\x08", "ein gepacktes Archiv"),
    ],
)
def test_a_wrong_name_is_an_error_that_says_what_the_file_is(name: str, content: bytes, kind: str) -> None:
    with pytest.raises(UnreadableSourceError, match=kind):
        read_written(name, content)


def test_a_word_file_with_a_password_is_named_as_such() -> None:
    content = _OLE + b"\x00" * 1000 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableSourceError, match="Kennwort"):
        read_written("a.docx", content)


def test_capital_suffixes_are_known() -> None:
    assert read_written("A.TXT", "Text").sections


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(UnreadableSourceError, match=r"„\.pages“.*\.docx"):
        read_written("a.pages", b"x")


@pytest.mark.parametrize(
    ("suffix", "wanted"),
    [(".msg", ".eml oder PDF"), (".doc", ".docx oder PDF"), (".ppt", ".pptx oder PDF")],
)
def test_an_unknown_format_that_is_common_says_what_to_save_it_as(suffix: str, wanted: str) -> None:
    with pytest.raises(UnreadableSourceError, match=f"Bitte speichern Sie die Datei als {wanted}"):
        read_written(f"a{suffix}", b"x")


def test_too_large_a_file_is_refused_with_both_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 1_000_000)
    with pytest.raises(UnreadableSourceError, match=r"3 MB zu groß \(höchstens 1 MB\)"):
        read_written("a.txt", b"x" * 3_000_000)


def test_a_missing_file_and_a_folder_are_our_errors(tmp_path: Path) -> None:
    (tmp_path / "ordner.txt").mkdir()
    for name in ("fehlt.txt", "ordner.txt"):
        with pytest.raises(UnreadableSourceError, match="nicht öffnen"):
            read(tmp_path / name)
