"""Texts that are nearly the same are found by a few numbers, however they were cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sketch import near_twins, resemblance, sketch_of


def sentences(count: int, first: int = 0) -> list[str]:
    return [
        f"Der Satz mit der Nummer {number} steht in diesem Text." for number in range(first, first + count)
    ]


def test_the_order_of_sentences_capitals_and_line_breaks_make_no_difference() -> None:
    text = sentences(40)
    changed = [sentence.upper().replace(" ", "\n") for sentence in reversed(text)]
    assert resemblance(sketch_of(text), sketch_of(changed)) == 1


@pytest.mark.parametrize("size", [20, 200, 2_000])
def test_the_share_of_common_sentences_is_estimated(size: int) -> None:
    for share in (0.5, 0.8, 0.95):
        other = [*sentences(round(size * share)), *sentences(size - round(size * share), first=size)]
        true = share / (2 - share)
        assert resemblance(sketch_of(sentences(size)), sketch_of(other)) == pytest.approx(true, abs=0.13)


def test_a_sketch_stays_small() -> None:
    assert len(sketch_of(sentences(5_000))) == 128


def test_short_sentences_and_empty_texts_are_like_nothing() -> None:
    assert sketch_of(["Siehe oben.", ""]) == ()
    assert resemblance((), ()) == 0
    assert list(near_twins({"a": (), "b": ()})) == []


def test_pairs_are_found_among_many_and_a_common_footer_makes_none() -> None:
    footer = ["Dieses Merkblatt wird jedes Jahr im Herbst erneuert."]
    texts = {f"{n}.md": sketch_of([*sentences(9, first=n * 100), *footer]) for n in range(80)}
    texts["kopie.md"] = sketch_of([*sentences(9, first=700), *footer, "Ein neuer Satz am Ende des Textes."])
    assert [set(pair) for pair in near_twins(texts)] == [{"7.md", "kopie.md"}]


@given(st.dictionaries(st.text(max_size=2), st.frozensets(st.integers(0, 9)), max_size=6))
def test_every_pair_that_is_alike_is_found_and_no_other(texts: dict[str, frozenset[int]]) -> None:
    sketches = {name: tuple(sorted(numbers)) for name, numbers in texts.items()}
    names = sorted(sketches)
    alike = {
        frozenset((one, other))
        for one in names
        for other in names
        if one < other and resemblance(sketches[one], sketches[other]) >= 0.8
    }
    assert {frozenset(pair) for pair in near_twins(sketches)} == alike
