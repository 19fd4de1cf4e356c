"""Hits as a person can use them: nothing twice, the newer version first, several documents."""

from __future__ import annotations

from dataclasses import replace

from index.passage import Hit, QuestionLocation
from search_api.arrangement import arrange
from tests.index.passages import passage

LONG = (
    "Der Verein braucht für jede Fahrt eine Haftpflichtversicherung, "
    "die auch im Ausland gilt und Gäste einschließt."
)


def hit(source: str, text: str, score: float, position: int = 0) -> Hit:
    return Hit(passage(text, source, position), score, score, score, 0.0)


def sources(hits: list[Hit], limit: int = 10, per_document: int = 3, **newer: str) -> list[str]:
    arranged = arrange(hits, limit, per_document, {f"{old}.md": f"{new}.md" for old, new in newer.items()})
    return [each.hit.passage.source for each in arranged]


def test_near_duplicates_fall_together_and_name_each_other() -> None:
    hits = [
        hit("a.md", LONG, 0.9),
        hit("b.md", LONG.replace("braucht", "benötigt"), 0.895),
        hit("c.md", "Der Rat beschließt den Haushalt im Dezember.", 0.8),
    ]
    first, second = arrange(hits, 10, 3, {})
    assert [each.source for each in first.also_in] == ["b.md"]
    assert (second.hit.passage.source, second.also_in) == ("c.md", ())


def test_passages_that_say_different_things_stay_apart() -> None:
    hits = [hit("a.md", LONG, 0.9), hit("b.md", "Der Verein braucht für die Fahrt einen Bus.", 0.899)]
    assert sources(hits) == ["a.md", "b.md"]


def test_of_two_versions_the_newer_comes_first_and_the_older_says_so() -> None:
    hits = [
        hit("old.md", "Es gibt höchstens 30.000 Euro je Begegnung.", 0.9),
        hit("other.md", "Der Rat beschließt.", 0.85),
        hit("new.md", "Es gibt höchstens 50.745 Euro je Begegnung.", 0.89),
    ]
    arranged = arrange(hits, 10, 3, {"old.md": "new.md"})
    assert [each.hit.passage.source for each in arranged] == ["new.md", "old.md", "other.md"]
    assert [each.newer for each in arranged] == [None, "new.md", None]
    assert all(each.also_in == () for each in arranged)  # a changed amount is not the same


def test_an_older_version_that_alone_answers_stays_and_says_so() -> None:
    (only,) = arrange([hit("old.md", "Nur hier.", 0.9)], 10, 3, {"old.md": "new.md"})
    assert only.newer == "new.md"


def test_one_document_has_at_most_three_of_the_first_ten() -> None:
    hits = [hit("a.md", f"Absatz Nummer {n} über anderes {n * 7}.", 0.9 - n / 100, n) for n in range(9)]
    hits += [hit(f"b{n}.md", f"Blatt {n} zu Thema {n * 13}.", 0.5 - n / 100) for n in range(9)]
    first_ten = sources(hits)
    assert first_ten.count("a.md") == 3
    assert first_ten[:3] == ["a.md"] * 3
    assert sources(hits, per_document=0).count("a.md") == 9
    assert sources(hits, per_document=1).count("a.md") == 1


def test_every_entry_of_an_faq_sheet_is_a_document_of_its_own() -> None:
    entries = [
        passage(
            f"Antwort {n} über anderes {n * 7}.", "faq/a.yaml", n, location=QuestionLocation(f"Frage {n}?")
        )
        for n in range(8)
    ]
    hits = [Hit(each, 0.9, 0.9, 0.9, 0.0) for each in entries]
    hits += [hit(f"b{n}.md", f"Blatt {n} zu Thema {n * 13}.", 0.5 - n / 100) for n in range(9)]
    assert sources(hits).count("faq/a.yaml") == 8


def test_behind_the_first_ten_the_rest_follows_in_its_order() -> None:
    hits = [hit("a.md", f"Absatz Nummer {n} über anderes {n * 7}.", 0.9 - n / 100, n) for n in range(6)]
    hits += [hit(f"b{n}.md", f"Blatt {n} zu Thema {n * 13}.", 0.5 - n / 100) for n in range(9)]
    arranged = arrange(hits, 15, 3, {})
    assert [each.hit.passage.source for each in arranged][10:13] == ["a.md"] * 3
    assert len({each.hit.passage.id for each in arranged}) == 15


def test_where_there_is_only_one_document_nothing_is_held_back() -> None:
    hits = [hit("a.md", f"Absatz Nummer {n} über anderes {n * 7}.", 0.9 - n / 100, n) for n in range(8)]
    assert sources(hits, limit=5) == ["a.md"] * 5


def test_a_twin_of_the_same_document_is_no_second_hit() -> None:
    twin = replace(hit("a.md", LONG, 0.9, 1), score=0.9)
    assert len(arrange([hit("a.md", LONG, 0.9), twin], 10, 3, {})) == 1
