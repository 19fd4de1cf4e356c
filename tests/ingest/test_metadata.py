from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableSourceError
from index.passage import Funding, Kind, Metadata
from ingest.discover import discover
from ingest.metadata import metadata_of
from ingest.readers import read
from tests.ingest.corpora import write

if TYPE_CHECKING:
    from pathlib import Path


def metadata(corpus: Path, files: dict[str, str | bytes], source: str) -> Metadata:
    write(corpus, files)
    (found,) = [each for each in discover(corpus) if each.source == source]
    return metadata_of(found, read(found.path))


def test_later_layers_win(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "_defaults.yaml": "licence: außen\nyear: 2020\ntitle: außen",
        "faq/_defaults.yaml": "licence: innen\nyear: 2021\naudiences: [verein]",
        "faq/a.md": "---\nyear: 2022\ntopics: geld\n---\n# Aus dem Text\n\nWorte.",
        "faq/a.md.meta.yaml": "year: 2023",
    }
    found = metadata(tmp_path, files, "faq/a.md")
    assert (found.licence, found.year, found.title) == ("innen", 2023, "außen")
    assert (found.audiences, found.topics) == (("verein",), ("geld",))


def test_a_dropped_in_file_gets_title_kind_and_language(tmp_path: Path) -> None:
    found = metadata(
        tmp_path,
        {"2026-03_merkblatt-reise.txt": "die Fahrt nach Frankreich " * 20},
        "2026-03_merkblatt-reise.txt",
    )
    assert (found.title, found.kind, found.language) == ("2026 03 merkblatt reise", Kind.HANDBUCH, "de")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("studien/a.md", Kind.STUDIEN),
        ("foerderung/unter/ordner/a.md", Kind.FOERDERUNG),
        ("a.vtt", Kind.TRANSKRIPTE),
        ("sonst/a.csv", Kind.FAQ),
        ("sonst/a.md", Kind.HANDBUCH),
    ],
)
def test_the_kind_follows_from_folder_or_format(tmp_path: Path, source: str, kind: Kind) -> None:
    content = {
        ".vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nWorte\n",
        ".csv": "frage;antwort\nWas?;Das.\n",
        ".md": "Worte",
    }
    assert metadata(tmp_path, {source: content[source[source.rindex(".") :]]}, source).kind is kind


def test_the_language_is_detected_where_nobody_says_it(tmp_path: Path) -> None:
    text = "Le jumelage permet aux citoyens de deux villes de se rencontrer et d'échanger. " * 3
    assert metadata(tmp_path, {"a.md": text}, "a.md").language == "fr"


def test_dates_and_funding_come_in_their_types(tmp_path: Path) -> None:
    sidecar = "valid_until: 2026-12-31\nfunder: EU\nfunding_rate: 0.8\nprefinancing: false\namount_max: 5000"
    found = metadata(
        tmp_path, {"foerderung/a.md": "Text", "foerderung/a.md.meta.yaml": sidecar}, "foerderung/a.md"
    )
    assert found.valid_until == date(2026, 12, 31)
    assert found.funding == Funding(funder="EU", funding_rate=0.8, prefinancing=False, amount_max=5000)
    assert (found.expired(date(2026, 12, 31)), found.expired(date(2027, 1, 1))) == (False, True)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("titel: X", "»titel« ist unbekannt"),
        ("kind: buch", "»kind« muss eines sein von handbuch"),
        ("valid_until: 2026-02-30", "„2026-02-30“ gibt es nicht"),
        ("last_checked: gestern", "»last_checked« ist kein Datum"),
        ("year: 20266", "»year«"),
        ("funding_rate: 80", "»funding_rate«"),
        ("url: javascript:alert(1)", "»url«"),
        ("- nur eine Liste", "a.md.meta.yaml"),
    ],
)
def test_wrong_metadata_are_named_with_file_and_key(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        metadata(tmp_path, {"a.md": "Text", "a.md.meta.yaml": line}, "a.md")
    message = str(caught.value)
    assert named in message
    assert "\n" not in message
