"""What reading finds that a person should look at; good sources give nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.passage import (
    Document,
    Funding,
    HeadingLocation,
    Kind,
    Metadata,
    Section,
    TimeLocation,
)
from ingest.chunking import passages_of
from ingest.health import garbled_share, remarks_of, torn_share
from tests.conftest import ROOT
from tests.fake_encoder import WordEncoder
from tests.ingest.corpora import embedded, ingest

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = "Die Partnerschaft lebt von Menschen, die sich besuchen und einander zuhören. "
FRENCH = "Le comité de jumelage prépare le voyage avec la mairie et les familles d'accueil. "
PAGE = GERMAN * 33  # about 2 500 characters


def remarks(
    text: str = GERMAN,
    kind: Kind = Kind.HANDBUCH,
    heading: tuple[str, ...] = (),
    *,
    language: str = "de",
    funding: Funding | None = None,
    times: bool = False,
    unread: tuple[str, ...] = (),
    doubts: tuple[str, ...] = (),
    automatic: bool = False,
) -> str:
    location = TimeLocation(0, 1) if times else HeadingLocation()
    document = Document((Section(heading, location, text),), unread=unread, doubts=doubts)
    metadata = Metadata("Titel", kind, language, funding=funding, automatic=automatic)
    passages = passages_of(document, "ordner/a.pdf", metadata, WordEncoder().count_tokens)
    return "\n".join(remarks_of(document, metadata, passages))


def test_a_plain_text_gives_nothing_to_say() -> None:
    assert remarks() == ""


def test_the_materials_are_well_but_for_their_dates(tmp_path: Path, encoder: WordEncoder) -> None:
    """None of the thresholds strikes on good sources; only what a machine wrote down is to be read again."""
    collection = embedded(tmp_path)
    ingest(ROOT / "corpus", collection, encoder)
    remarked = {entry.source: entry.remarks for entry in collection.open().catalogue() if entry.remarks}
    automatic = {entry.source for entry in collection.open().catalogue() if entry.metadata.automatic}
    assert remarked.keys() == automatic
    assert set(remarked.values()) == {
        ("Bitte nachsehen: Automatisches Transkript: Namen und Zahlen bitte prüfen.",)
    }


def test_unread_and_doubtful_places_are_told_and_many_are_summed_up() -> None:
    found = remarks(unread=tuple(f"Seite {n} ist leer." for n in range(1, 301)), doubts=("Frage doppelt.",))
    assert "Nicht gelesen, bitte ergänzen: Seite 1 ist leer." in found
    assert "noch für 280 weitere Stellen" in found
    assert "Bitte nachsehen: Frage doppelt." in found
    assert found.count("\n") == 21


@pytest.mark.parametrize(
    "broken",
    [
        "Part\ufffdnerschaft Stä\ufffddte F\ufffdrderung ",
        "\ue001\ue002\ue003 \ue004\ue005 \uf8ff ",
        "Part3nerschaft Stä5dte För7derung ",
    ],
)
def test_garbled_words_are_told_with_their_share(broken: str) -> None:
    assert "entstellt" in remarks(GERMAN * 5 + broken)
    assert "entstellt" not in remarks(GERMAN * 50 + broken)


def test_addresses_paragraphs_and_amounts_are_no_garbled_words() -> None:
    text = "§ 651h BGB, 5.000 €, 2x, A4, Web2.0, a1b@verein.de, https://x.de/a1b2c, 3a, EU27, MP3s, H2O "
    assert garbled_share(text * 5) == 0


def test_torn_columns_are_told_and_a_list_of_a_few_names_is_not() -> None:
    torn = "\n".join(GERMAN.split() * 3)
    assert torn_share(torn) == 1
    assert "Spalten zerrissen" in remarks(torn)
    assert "Spalten" not in remarks("Anna\nBernd\nClaire\nDariusz\n" + GERMAN)


@pytest.mark.parametrize("kind", [Kind.HANDBUCH, Kind.STUDIEN])
def test_a_long_text_without_headings_is_told(kind: Kind) -> None:
    assert "keine Überschriften" in remarks(PAGE * 4, kind)
    assert remarks(PAGE * 4, kind, ("Kapitel",)) == ""
    assert remarks(PAGE, kind) == ""


def test_an_faq_needs_no_headings() -> None:
    assert remarks(PAGE * 4, Kind.FAQ) == ""


def test_a_transcript_without_times_is_told() -> None:
    assert "fehlen die Zeiten" in remarks(kind=Kind.TRANSKRIPTE)
    assert remarks(kind=Kind.TRANSKRIPTE, times=True) == ""


@pytest.mark.parametrize(
    ("funding", "missing"),
    [
        (None, ["funder", "deadline"]),
        (Funding(funder="Land"), ["deadline"]),
        (Funding(deadline="31. Mai"), ["funder"]),
        (Funding(funder="Land", deadline="31. Mai"), []),
    ],
)
def test_a_sheet_without_funder_or_deadline_is_told_where_to_write_it(
    funding: Funding | None, missing: list[str]
) -> None:
    found = remarks(kind=Kind.FOERDERUNG, funding=funding)
    assert [key for key in ("funder", "deadline") if f"»{key}«" in found] == missing
    assert ("»a.pdf.meta.yaml«" in found) == bool(missing)


def test_a_text_in_another_language_than_declared_is_told() -> None:
    assert "»fr«, der Text ist aber vermutlich »de«" in remarks(GERMAN * 9, language="fr")
    assert "»de«, der Text ist aber vermutlich »fr«" in remarks(FRENCH * 9)
    assert remarks(FRENCH * 9, language="fr") == ""


def test_of_short_texts_and_languages_that_cannot_be_told_nothing_is_said() -> None:
    assert remarks(FRENCH) == ""
    assert remarks(GERMAN * 9, language="hu") == ""


def test_what_a_machine_has_heard_is_to_be_looked_at() -> None:
    assert remarks(kind=Kind.TRANSKRIPTE, times=True) == ""
    assert "Automatisches Transkript" in remarks(kind=Kind.TRANSKRIPTE, times=True, automatic=True)
