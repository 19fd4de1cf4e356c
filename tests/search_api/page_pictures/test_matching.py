"""A passage is found on its page however a reader has cleaned it."""

from __future__ import annotations

import pytest

from search_api.page_pictures import matching
from search_api.page_pictures.matching import letters_of, stretches

PAGE = "Der Verein braucht für Städte-\npartnerschaften eine Haft\ufb02icht. Sie kostet 120 Euro im Jahr."


def marked(passage: str, page: str) -> str:
    """Return the page with everything that is not marked as a dot."""
    there = letters_of(page)
    found = {
        there[each.page + step].origin
        for each in stretches(letters_of(passage), there)
        for step in range(each.length)
    }
    return "".join(sign if number in found else "." for number, sign in enumerate(page))


@pytest.mark.parametrize(
    ("passage", "page", "expected"),
    [
        ("für Städtepartnerschaften", "für Städte-\npartnerschaften", "für.Städte..partnerschaften"),
        ("eine Haftflicht hat", "eine Haft\ufb02icht hat", "eine.Haft\ufb02icht.hat"),
        (
            "Zweite Spalte zuerst. Dann die erste.",
            "Dann die erste. Zweite Spalte zuerst.",
            "Dann.die.erste..Zweite.Spalte.zuerst.",
        ),
        ("Das Wort steht hier [1] und dort", "Das Wort steht hier und dort", "Das.Wort.steht.hier.und.dort"),
        ("Zum Bus", "Dort zum Bus hin", ".....zum.Bus...."),
        ("Ein ganz anderer Text.", "Der Rat tagt im Mai.", "." * 20),
        ("", "Der Rat", "......."),
        ("Der Rat", "", ""),
    ],
)
def test_what_is_marked(passage: str, page: str, expected: str) -> None:
    assert marked(passage, page) == expected


def test_a_short_word_alone_is_not_marked_wherever_it_stands() -> None:
    page = "Im Bus der Stadt sitzt der Rat."
    assert marked("Der Bus fährt, und der Rat bezahlt ihn.", page) == "." * len(page)


def test_of_two_places_the_one_that_goes_on_is_marked() -> None:
    page = "Der Antrag endet im Herbst. Anderes. Der Antrag endet im Herbst und wird geprüft."
    shown = marked("Der Antrag endet im Herbst und wird geprüft.", page)
    assert shown.startswith("." * 37)
    assert shown.endswith("und.wird.geprüft.")


@pytest.mark.parametrize("period", ["a", "abcdefg", "abcdefg" * 300 + "z"], ids=["one", "word", "block"])
def test_a_page_that_repeats_itself_takes_few_comparisons(
    period: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = 0
    grown = matching._grown

    def counted(wanted: str, there: str, at: int, start: int) -> matching.Stretch:
        nonlocal compared
        found = grown(wanted, there, at, start)
        compared += found.length + 1
        assert compared < 1_500_000
        return found

    monkeypatch.setattr(matching, "_grown", counted)
    page = letters_of((period * 100_000)[:100_000])
    stretches(page, page)


def test_a_passage_is_found_between_things_that_repeat_themselves() -> None:
    page = "Betrag " * 80 + "Die Fähre kostet im Sommer mehr. " + "Betrag " * 80
    shown = marked("Die Fähre kostet im Sommer mehr.", page)
    assert shown.strip(".") == "Die.Fähre.kostet.im.Sommer.mehr"
