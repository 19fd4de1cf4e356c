"""How the starter library is written: in our own plain words, with nobody's private data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import textstat

from tests.starter.foreign import IN_A_ROW, NOTED, note, runs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.starter.conftest import Library

EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\.\w{2,}")
TELEPHONE = re.compile(
    r"(?:\+|\b00)[1-9]\d[\d ()/.-]{6,}\d"  # with the country's prefix
    r"|\b0[1-9]\d{1,4}(?:[ /-]{1,3}\d{2,}){1,4}\b"  # area code and number
    r"|\b0[1-9]\d{7,}\b"  # in one piece
)
STREET = re.compile(r"\b[A-ZÄÖÜ]\w+(?:str\.|straße|platz|weg|allee) \d+[a-z]?\b")
PLAIN = {"faq": 50.0, "handbuch": 40.0}  # least reading ease; 40 is a quality newspaper, 60 a tabloid


@pytest.mark.parametrize(
    "text",
    [
        "Schreiben Sie an info@verein-musterstadt.de oder",
        "an info (at) verein.de",
        "Telefon 0211 8371234",
        "unter 0211/837-12 34",
        "unter +49 211 837 12 34",
        "unter 02118371234",
        "in der Rathausstraße 12",
    ],
)
def test_private_data_is_seen(text: str) -> None:
    assert any(pattern.search(text) for pattern in (EMAIL, TELEPHONE, STREET))


def test_no_source_names_an_address_or_a_number_of_anybody(library: Library) -> None:
    found = {
        (source, match.group())
        for source, text in library.texts.items()
        for pattern in (EMAIL, TELEPHONE, STREET)
        for match in pattern.finditer(text)
    }
    assert found == set()


def test_a_run_of_foreign_words_is_seen(tmp_path: Path) -> None:
    foreign = "Wer eine Reise plant, der soll sich früh um Geld und um Betten kümmern."
    assert note([foreign], tmp_path / "noted.txt") == len(foreign.split()) - IN_A_ROW + 1
    noted = (tmp_path / "noted.txt").read_text(encoding="utf-8").split()
    quoted = "Merke: wer eine Reise plant der soll sich früh um Geld UND um Betten kümmern!"
    assert set(noted) <= {each for each, _ in runs(quoted)}


def test_no_source_copies_from_the_documents_that_were_read_for_it(library: Library) -> None:
    noted = set(NOTED.read_text(encoding="utf-8").split())
    assert noted
    copied = {run for text in library.texts.values() for each, run in runs(text) if each in noted}
    assert copied == set()


def test_everything_is_in_plain_german(library: Library) -> None:
    """Amstad's form of Flesch's reading ease (T. Amstad, Wie verständlich sind unsere Zeitungen?, 1978)."""
    textstat.set_lang("de")
    ease = {
        entry.source: textstat.flesch_reading_ease(library.prose(entry.source))
        for entry in library.entries
        if entry.metadata.kind in PLAIN and entry.metadata.language == "de"
    }
    assert len(ease) > len(PLAIN)
    hard = {source: figure for source, figure in ease.items() if figure < PLAIN[source.split("/")[0]]}
    assert hard == {}
