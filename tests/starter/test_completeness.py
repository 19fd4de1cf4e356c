"""The starter library holds what an office needs on its first day, and says where it comes from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import yaml

from index.judgements import read_judgements
from index.passage import Funding, QuestionLocation
from tests.starter.conftest import CORPUS

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.starter.conftest import Library

CURRENT_LEAST = {"handbuch": 14, "foerderung": 18, "faq": 8, "studien": 8, "transkripte": 8}  # sources
QUESTIONS_LEAST = 120  # pairs of the FAQ
GROUPS_LEAST = 80  # of the thesaurus
JUDGEMENTS_LEAST = 200
PARTNERS = {"fr", "pl", "en", "uk"}
CHAPTER_WORDS = range(800, 2_501)
PROVED = (CORPUS / "README.md").read_text(encoding="utf-8")
ALWAYS = ("topics", "audiences", "last_checked", "licence", "year", "url")
EXPERIENCE = "handbuch/checkliste-begegnung.txt"  # rests on no page, as the table says
HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)


def test_every_kind_has_its_sources(library: Library) -> None:
    here = Counter(
        entry.source.split("/")[0]
        for entry in library.entries
        if entry.metadata.language == "de" and entry.metadata.valid_until is None
    )
    assert {kind: here[kind] for kind, least in CURRENT_LEAST.items() if here[kind] < least} == {}
    assert {entry.metadata.language for entry in library.entries} >= PARTNERS


def test_the_chapters_of_the_handbook_are_of_a_length_that_is_read(library: Library) -> None:
    words = {
        entry.source: sum(len(each.text.split()) for each in library.passages[entry.source])
        for entry in library.entries
        if re.fullmatch(r"handbuch/(?!checkliste)[^/]+", entry.source)
    }
    assert {source: count for source, count in words.items() if count not in CHAPTER_WORDS} == {}


def test_there_are_three_sheets_in_an_old_and_a_new_version(library: Library) -> None:
    expired = [entry.source for entry in library.entries if entry.metadata.valid_until]
    newer = {re.sub(r"-20\d\d\.\w+$", "", source) for source in expired}
    current = {
        re.sub(r"\.\w+$", "", entry.source) for entry in library.entries if entry.source not in expired
    }
    assert len(newer) == len(expired) == len(newer & current) == 3


def test_metadata_is_complete(library: Library) -> None:
    lacking = {
        (entry.source, name)
        for entry in library.entries
        for name in ALWAYS
        if not getattr(entry.metadata, name)
    }
    assert lacking == {(EXPERIENCE, "url")}


def test_a_funding_field_is_known_or_the_table_of_proofs_says_that_it_is_not(library: Library) -> None:
    rows = {match[1]: match[0] for match in re.finditer(r"^\| `?([\w/.-]+)`?.*$", PROVED, flags=re.MULTILINE)}
    silent = {
        (entry.source, field.name)
        for entry in library.entries
        if entry.metadata.kind == "foerderung"
        for field in fields(Funding)
        if getattr(entry.metadata.funding, field.name) in (None, ())
        and f"`{field.name}`" not in rows[entry.source]
    }
    assert silent == set()


def test_every_source_stands_in_the_table_of_proofs(library: Library) -> None:
    assert {entry.source for entry in library.entries if entry.source not in PROVED} == set()


def test_every_address_is_well_formed(library: Library) -> None:
    named = {
        address
        for passages in library.passages.values()
        for passage in passages
        for address in (passage.metadata.url, passage.metadata.video_url)
        if address
    }
    assert named
    assert {address for address in named if not well_formed(address)} == set()


@pytest.mark.parametrize(
    "address", ["www.land.de", "ftp://land.de/", "https://land", "https://land.de/a b", "https:///a"]
)
def test_a_broken_address_is_seen(address: str) -> None:
    assert not well_formed(address)


def well_formed(address: str) -> bool:
    parts = urlsplit(address)
    return (
        parts.scheme in {"http", "https"}
        and bool(HOST.fullmatch(parts.netloc))
        and not re.search(r"[\s<>\"]", address)
    )


def test_every_answer_of_the_faq_names_what_it_rests_on(library: Library) -> None:
    answers = [
        passage
        for passages in library.passages.values()
        for passage in passages
        if isinstance(passage.location, QuestionLocation)
    ]
    assert len(answers) >= QUESTIONS_LEAST
    titles = {entry.metadata.title for entry in library.entries}
    assert {passage.location for passage in answers if not rests(passage.text, titles)} == set()


@pytest.mark.parametrize(
    "text", ["Ja.", "Ja.\nQuelle: »Das fehlt«", "Ja.\nQuelle: dem Gesetz", "Ja.\nQuelle: »Da«, www.land.de"]
)
def test_an_answer_that_rests_on_nothing_is_seen(text: str) -> None:
    assert not rests(text, {"Da"})
    assert rests("Ja.\nQuelle: »Da«, https://land.de/a", {"Da"})


def rests(answer: str, titles: Collection[str]) -> bool:
    """Whether an answer names sources, each of ours by its title, each other one by its address."""
    named = re.search(r"^Quelle: (\S.*)$", answer, flags=re.MULTILINE)
    if named is None:
        return False
    cited = re.findall("»([^«]+)«", named[1])
    addresses = [each for each in re.sub("»[^«]+«", "", named[1]).split(", ") if each.strip()]
    return all(each in titles for each in cited) and all(well_formed(each) for each in addresses)


def test_talks_are_told_to_be_made_up(library: Library) -> None:
    talks = [entry for entry in library.entries if entry.metadata.kind == "transkripte"]
    assert {entry.source for entry in talks if "Mustervortrag" not in entry.metadata.title} == set()


def test_the_thesaurus_and_the_judged_questions_cover_the_field() -> None:
    thesaurus = yaml.safe_load((CORPUS / "thesaurus.yaml").read_text(encoding="utf-8"))
    assert sum(len(group) for group in thesaurus.values()) >= GROUPS_LEAST
    judgements = read_judgements(CORPUS)
    assert len(judgements) >= JUDGEMENTS_LEAST
    assert len({each.question.casefold() for each in judgements}) == len(judgements)


def test_every_judged_stretch_stands_in_its_source(library: Library) -> None:
    held = {
        source: " ".join(" ".join(p.text for p in all_).split()) for source, all_ in library.passages.items()
    }
    lost = {
        (span.source, span.span)
        for judgement in read_judgements(CORPUS)
        for span in judgement.relevant
        if " ".join(span.span.split()) not in held.get(span.source, "")
    }
    assert lost == set()
