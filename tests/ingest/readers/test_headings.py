from __future__ import annotations

import pytest

from index.passage import HeadingLocation, PageLocation
from ingest.readers.headings import Anchors, Block, Heading, Text, Turn, outline, sections, slug

_HERE = HeadingLocation()


@pytest.mark.parametrize(
    ("words", "anchor"),
    [("Häufige Fragen", "häufige-fragen"), ("Was tun? (§ 5)", "was-tun--5"), ("E-Mail_neu", "e-mail_neu")],
)
def test_slugs_are_those_of_github(words: str, anchor: str) -> None:
    assert slug(words) == anchor


def test_a_counted_anchor_never_takes_one_that_is_given() -> None:
    anchors = Anchors()
    given = [anchors.location(words).anchor for words in ("a", "a-1", "a", "a", "!")]
    assert given == ["a", "a-1", "a-2", "a-3", None]


def test_a_deeper_level_may_be_skipped() -> None:
    blocks: list[Block] = [
        Heading(2, "Geld", _HERE),
        Heading(4, "Frist", _HERE),
        Text("x"),
        Heading(3, "Ort", _HERE),
        Text("y"),
    ]
    assert [section.heading for section in sections(blocks, _HERE)] == [("Geld", "Frist"), ("Geld", "Ort")]


def test_a_turned_page_keeps_the_headings() -> None:
    blocks: list[Block] = [Heading(1, "Geld", PageLocation(1)), Text("x"), Turn(PageLocation(2)), Text("y")]
    assert [(s.heading, s.location) for s in sections(blocks, PageLocation(1))] == [
        (("Geld",), PageLocation(1)),
        (("Geld",), PageLocation(2)),
    ]


def test_a_document_that_is_only_its_title_keeps_the_words() -> None:
    title, parts = outline([Heading(1, "Geld", _HERE)], None, _HERE)
    assert title == "Geld"
    assert [section.text for section in parts] == ["Geld"]
