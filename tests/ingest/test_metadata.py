from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableSourceError
from index.passage import Funding, Kind, Metadata
from ingest.discover import discover
from ingest.metadata import metadata_doubts, metadata_of
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
    assert (found.title, found.kind, found.language) == ("Merkblatt reise, März 2026", Kind.HANDBUCH, "de")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("studien/a.md", Kind.STUDIEN),
        ("foerderung/unter/ordner/a.md", Kind.FOERDERUNG),
        ("a.vtt", Kind.TRANSKRIPTE),
        ("sonst/a.csv", Kind.FAQ),
        ("sonst/a.json", Kind.FAQ),
        ("handbuch/a.csv", Kind.HANDBUCH),
        ("sonst/a.md", Kind.HANDBUCH),
    ],
)
def test_the_kind_follows_from_folder_or_format(tmp_path: Path, source: str, kind: Kind) -> None:
    content = {
        ".vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nWorte\n",
        ".csv": "frage;antwort\nWas?;Das.\n",
        ".json": '[{"frage": "Was?", "antwort": "Das."}]',
        ".md": "Worte",
    }
    assert metadata(tmp_path, {source: content[source[source.rindex(".") :]]}, source).kind is kind


def test_a_transcript_is_a_machines_if_the_file_or_its_sidecar_says_so(tmp_path: Path) -> None:
    plain = "WEBVTT\n\n00:01.000 --> 00:02.000\nWorte\n"
    heard = plain.replace("Worte", "Ein<00:00:01.500><c> Wort</c>")
    files: dict[str, str | bytes] = {
        "plain.vtt": plain,
        "heard.vtt": heard,
        "told.vtt": plain,
        "told.vtt.meta.yaml": "automatic: true",
        "checked.vtt": heard,
        "checked.vtt.meta.yaml": "automatic: false",
    }
    marked = [
        name
        for name in ("plain", "heard", "told", "checked")
        if metadata(tmp_path, files, f"{name}.vtt").automatic
    ]
    assert marked == ["heard", "told"]


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
        ("titel: X", "»titel« ist unbekannt, meinen Sie »title«?"),
        ("valid_untill: 2026-01-01", "»valid_untill« ist unbekannt, meinen Sie »valid_until«?"),
        ("gueltig bis: 2026-01-01", "»gueltig bis« ist unbekannt, meinen Sie »valid_until«?"),
        ("vorschuss: ja", "meinen Sie »prefinancing« (true: ein Teil des Geldes kommt vorher)?"),
        ("Vorfinanzierung: ja", "meinen Sie »prefinancing« (true: ein Teil des Geldes kommt vorher)?"),
        ("prefinancing: teils", "muss true (ein Teil des Geldes kommt vorher) oder false sein"),
        ("notiz: X", "»notiz« ist unbekannt (bekannt sind title, kind"),
        ("kind: buch", "»kind« muss eines sein von handbuch"),
        ("valid_until: 2026-02-30", "„2026-02-30“ gibt es nicht"),
        ("last_checked: gestern", "»last_checked« ist kein Datum"),
        ("year: 20266", "»year«"),
        ("funding_rate: 80", "»funding_rate«"),
        ("url: javascript:alert(1)", "»url«"),
        ("automatic: vielleicht", "»automatic« muss true oder false sein"),
        ("amount_max: .inf", "»amount_max« muss ein Betrag"),
        ("licence: CC0", "„licence“ steht zweimal"),
    ],
)
@pytest.mark.parametrize(
    "layer",
    [
        ("a.md.meta.yaml", "# Angaben\nlicence: MIT\n{}\n", 3),
        ("_defaults.yaml", "licence: MIT\n\n\n{}\n", 4),
        ("a.md", "---\nlicence: MIT\n{}\n---\nText", 3),
    ],
)
def test_wrong_metadata_are_named_with_file_line_and_key(
    tmp_path: Path, layer: tuple[str, str, int], line: str, named: str
) -> None:
    name, text, number = layer
    with pytest.raises(UnreadableSourceError) as caught:
        metadata(tmp_path, {"a.md": "Text", name: text.format(line)}, "a.md")
    message = str(caught.value)
    assert f"Zeile {number}" in message
    assert named in message
    assert "\n" not in message


def test_every_mistake_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        metadata(tmp_path, {"a.md": "Text", "a.md.meta.yaml": "titel: X\nyear: x\n"}, "a.md")
    assert str(caught.value) == (
        "Die Angaben in a.md.meta.yaml stimmen nicht. Zeile 2: »year« muss eine Jahreszahl wie 2026 sein. "
        "Zeile 1: »titel« ist unbekannt, meinen Sie »title«?"
    )


def test_a_sidecar_that_is_no_mapping_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match=r"a\.md\.meta\.yaml: Erwartet werden Zeilen"):
        metadata(tmp_path, {"a.md": "Text", "a.md.meta.yaml": "- nur eine Liste"}, "a.md")


def test_a_sidecar_of_absurd_size_is_named_and_not_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match=r"a\.md\.meta\.yaml: .* 1 MB"):
        metadata(tmp_path, {"a.md": "Text", "a.md.meta.yaml": "# x\n" * 300_000}, "a.md")


@pytest.mark.parametrize(
    ("low", "high"),
    [("valid_from: 2026-05-01", "valid_until: 2026-04-30"), ("amount_min: 500", "amount_max: 100")],
)
def test_what_does_not_go_together_is_named_with_both_places(tmp_path: Path, low: str, high: str) -> None:
    files: dict[str, str | bytes] = {
        "a.md": f"---\n{low}\n---\nText",
        "a.md.meta.yaml": f"year: 2026\n{high}",
    }
    with pytest.raises(UnreadableSourceError) as caught:
        metadata(tmp_path, files, "a.md")
    assert f"»{low.partition(':')[0]}« (a.md, Zeile 2)" in str(caught.value)
    assert f"»{high.partition(':')[0]}« (a.md.meta.yaml, Zeile 2)" in str(caught.value)


def test_a_year_far_from_the_recording_is_a_doubt_and_no_error(tmp_path: Path) -> None:
    def doubts(year: int) -> tuple[str, ...]:
        sidecar = f"recorded_on: 2025-12-30\nyear: {year}"
        return metadata_doubts(metadata(tmp_path, {"a.md": "Text", "a.md.meta.yaml": sidecar}, "a.md"))

    assert doubts(2026) == doubts(2025) == ()
    assert doubts(2021) == (
        "Das Jahr 2021 passt nicht zur Aufnahme vom 30.12.2025. Bitte prüfen Sie beides.",
    )


def test_five_thousand_with_a_point_is_a_doubt_since_it_is_read_as_five(tmp_path: Path) -> None:
    def doubts(amount: str) -> tuple[str, ...]:
        sidecar = f"amount_max: {amount}"
        return metadata_doubts(metadata(tmp_path, {"a.md": "Text", "a.md.meta.yaml": sidecar}, "a.md"))

    assert doubts("5000") == ()
    assert "5000 statt 5.000" in doubts("5.000")[0]


@pytest.mark.parametrize("text", ["Bus 5 €", "Tel. 0123 Smith", "Open house"])
def test_a_few_words_count_as_german(tmp_path: Path, text: str) -> None:
    assert metadata(tmp_path, {"a.md": text}, "a.md").language == "de"
