from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableSourceError
from index.passage import HeadingLocation
from tests.ingest.readers.written import LINES, PARAGRAPHS, ROUND_TRIP, read_written, told_words


def test_front_matter_is_declared_and_never_text() -> None:
    document = read_written(
        "a.md", "---\ntitle: Reisen\nyear: 2026\ntopics: [Jugend]\n---\n# Fahrten\n\nText.\n"
    )
    assert document.declared == {"title": "Reisen", "year": 2026, "topics": ["Jugend"]}
    assert document.extracted == {"title": "Fahrten"}
    assert [section.text for section in document.sections] == ["Text."]


def test_main_heading_stays_in_the_path_when_the_declared_title_says_something_else() -> None:
    document = read_written("a.md", "---\ntitle: Reisen\n---\n# Fahrten\n\nText.\n")
    assert document.sections[0].heading == ("Fahrten",)


def test_broken_front_matter_names_the_line_of_the_file() -> None:
    with pytest.raises(UnreadableSourceError, match="Zeile 3"):
        read_written("a.md", "---\ntitle: Reisen\nyear: [2026\n---\nText\n")


def test_front_matter_that_never_ends_is_an_error() -> None:
    with pytest.raises(UnreadableSourceError, match="nicht abgeschlossen"):
        read_written("a.md", "---\ntitle: Reisen\n\n# Fahrten\n")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read_written("a.md", "---\nEin Text.\n\n---\n").sections[0].text.startswith("Ein Text.")


def test_the_only_main_heading_is_the_title_and_paths_start_below_it() -> None:
    document = read_written(
        "a.md", "# Handbuch\n\nVorab.\n\n## Reisen\n\n### Bus\n\nFahren.\n\n## Geld\n\nZahlen.\n"
    )
    assert document.extracted == {"title": "Handbuch"}
    assert [(section.heading, section.text) for section in document.sections] == [
        ((), "Vorab."),
        (("Reisen", "Bus"), "Fahren."),
        (("Geld",), "Zahlen."),
    ]
    assert document.sections[0].location == HeadingLocation("handbuch")


def test_several_main_headings_stay_in_the_path() -> None:
    document = read_written("a.md", "# Eins\n\na\n\n# Zwei\n\nb\n")
    assert [section.heading for section in document.sections] == [("Eins",), ("Zwei",)]
    assert document.extracted == {"title": "Eins"}


def test_setext_headings_count_and_fenced_code_does_not() -> None:
    document = read_written("a.md", "Titel\n=====\n\nUnter\n-----\n\n```\n# kein Titel\n```\n")
    assert [(section.heading, section.text) for section in document.sections] == [
        (("Unter",), "# kein Titel")
    ]


def test_anchors_keep_umlauts_and_count_duplicates() -> None:
    document = read_written("a.md", "## Förderung & Geld!\n\na\n\n## Förderung & Geld!\n\nb\n")
    assert [section.location for section in document.sections] == [
        HeadingLocation("förderung--geld"),
        HeadingLocation("förderung--geld-1"),
    ]


def test_a_heading_with_nothing_under_it_is_not_lost() -> None:
    assert (
        read_written("a.md", "# T\n\nText\n\n## Ansprechpersonen\n").sections[-1].text == "Ansprechpersonen"
    )


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("Ein **fetter** und *schräger* `Text`.", "Ein fetter und schräger Text."),
        ("Das [Formular](https://example.org) hilft.", "Das Formular hilft."),
        ("![Ein Bus](bus.png) fährt", "Ein Bus fährt"),
        ("Eins<br>zwei <b>drei</b> &amp; vier", "Eins\nzwei drei & vier"),
        ("Eine\nZeile", "Eine Zeile"),
        ("- eins\n- zwei\n  - drei", "– eins\n– zwei\n– drei"),
        ("3. eins\n4. zwei", "3. eins\n4. zwei"),
        ("> Ein Zitat", "Ein Zitat"),
        ("<div><p>Ein Kasten</p></div>", "Ein Kasten"),
        ("<!-- ein Vermerk -->\n\nText", "Text"),
        ("snake_case_wort und 2 * 3 * 4", "snake_case_wort und 2 * 3 * 4"),
        ("Ein Satz[^1].\n\n[^1]: https://example.org", "Ein Satz [1].\n\n[1]: https://example.org"),
        ("Partner\u00adschaft", "Partnerschaft"),
    ],
)
def test_light_marks_leave_their_words(markup: str, words: str) -> None:
    assert read_written("a.md", markup).sections[0].text == words


def test_table_rows_keep_the_words_of_their_header() -> None:
    table = "| Programm | Frist |\n|---|---|\n| Reisen | 1. März |\n| Feste | |\n"
    assert read_written("a.md", table).sections[0].text == "Programm: Reisen; Frist: 1. März\nProgramm: Feste"


def test_absurd_nesting_is_an_error_and_not_silence() -> None:
    with pytest.raises(UnreadableSourceError, match="verschachtelt"):
        read_written("a.md", "> " * 150 + "tief")


@ROUND_TRIP
@given(st.none() | LINES, st.lists(st.tuples(st.integers(2, 6), LINES, PARAGRAPHS), min_size=1, max_size=6))
def test_every_word_comes_out_once_and_in_order(
    title: str | None, parts: list[tuple[int, str, list[str]]]
) -> None:
    blocks = [f"# {title}"] if title else []
    expected = title.split() if title else []
    for number, (level, heading, paragraphs) in enumerate(parts):
        blocks += [f"{'#' * level} {number} {heading}", *paragraphs]
        expected += [str(number), *" ".join([heading, *paragraphs]).split()]
    assert told_words(read_written("a.md", "\n\n".join(blocks))) == expected
