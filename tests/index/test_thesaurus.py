"""What staff write into `thesaurus.yaml` is what questions also ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.errors import KnowledgeBaseError
from index.thesaurus import Expansion, Thesaurus, read_thesaurus
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
equivalents:
  - [Vorfinanzierung, Abschlagszahlung, Mittelabruf]
  - [eigenes Auto, Privatwagen]
abbreviations:
  DFJW: Deutsch-Französisches Jugendwerk
one_way:
  - {word: Knete, means: [Geld]}
"""


@pytest.fixture
def thesaurus(tmp_path: Path) -> Thesaurus:
    (tmp_path / "thesaurus.yaml").write_text(TEXT, encoding="utf-8")
    return read_thesaurus(tmp_path)


@pytest.mark.parametrize(
    ("question", "expansions"),
    [
        ("Gibt es einen Mittelabruf?", [("Mittelabruf", ("Vorfinanzierung", "Abschlagszahlung"))]),
        ("Gibt es Mittelabrufe?", [("Mittelabruf", ("Vorfinanzierung", "Abschlagszahlung"))]),
        ("Mit dem eigenen Auto fahren", [("eigenes Auto", ("Privatwagen",))]),
        ("Wer zahlt das Auto?", []),
        ("Was macht das DFJW?", [("DFJW", ("Deutsch-Französisches Jugendwerk",))]),
        ("das deutsch-französische Jugendwerk", [("Deutsch-Französisches Jugendwerk", ("DFJW",))]),
        ("Woher kommt die Knete?", [("Knete", ("Geld",))]),
        ("Woher kommt das Geld?", []),
        (
            "Mittelabruf oder Abschlagszahlung?",
            [("Mittelabruf", ("Vorfinanzierung",)), ("Abschlagszahlung", ("Vorfinanzierung",))],
        ),
        ("", []),
    ],
)
def test_a_question_also_asks_for(
    thesaurus: Thesaurus, question: str, expansions: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert thesaurus.expansions(question) == tuple(Expansion(word, means) for word, means in expansions)


def test_a_corpus_without_the_file_expands_nothing(tmp_path: Path) -> None:
    assert read_thesaurus(tmp_path).expansions("Knete") == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("equivalents: [[allein]]", "equivalents 0"),
        ("gleich: []", "gleich"),
        ("one_way: [{word: a}]", "one_way 0 means"),
        ("equivalents:\n  - [a, b", "Zeile"),
        ("equivalents:\n  - &g [a, b]\n  - *g\n", "Zeile 3 .*Verweise"),
        ("abbreviations:\n  DFJW: a\n  DFJW: b\n", "Zeile 3 .*zweimal"),
        ("- a", "thesaurus.yaml"),
        ("abbreviations: {DFJW: [a]}", "abbreviations DFJW"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "thesaurus.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeBaseError, match=named):
        read_thesaurus(tmp_path)


def test_our_own_thesaurus_is_valid_and_large_enough() -> None:
    thesaurus = read_thesaurus(ROOT / "corpus")
    assert "Abschlagszahlung" in thesaurus.expansions("Wann kommt der Vorschuss?")[0].means
