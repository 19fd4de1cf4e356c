"""Grades and reasons that follow from the catalogue, the day and the last run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from index.health import Grade, Health, counts, health_of_all
from index.passage import Kind, Metadata, SourceEntry
from index.sketch import sketch_of

TODAY = date(2026, 11, 22)
ENTRY = SourceEntry("a.md", "c", "r", Metadata("Titel", Kind.HANDBUCH), 1, 10, 10.0)
TEXT = [f"Das ist der Satz mit der Nummer {number}." for number in range(30)]


def said_of(entry: SourceEntry, *others: SourceEntry) -> str:
    return " ".join(health_of_all([entry, *others], {}, TODAY)[entry.source].reasons)


def dated(**dates: date) -> SourceEntry:
    return replace(ENTRY, metadata=replace(ENTRY.metadata, **dates))  # type: ignore[arg-type] # dates only


def test_green_has_no_reasons_and_remarks_make_yellow() -> None:
    well, doubtful = ENTRY, replace(ENTRY, source="b.md", content="d", remarks=("Bitte nachsehen.",))
    assert health_of_all([well, doubtful], {}, TODAY) == {
        "b.md": Health(Grade.YELLOW, ("Bitte nachsehen.",)),
        "a.md": Health(Grade.GREEN),
    }


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (date(2026, 11, 21), "ist am 21.11.2026 abgelaufen"),
        (date(2026, 11, 22), "endet am 22.11.2026"),
        (date(2027, 1, 21), "endet am 21.1.2027"),
        (date(2027, 1, 22), ""),
    ],
)
def test_validity_that_is_over_or_ends_within_sixty_days_is_told(until: date, said: str) -> None:
    found = said_of(dated(valid_until=until))
    assert said in found
    assert bool(said) == bool(found)


@pytest.mark.parametrize(("checked", "told"), [(date(2024, 11, 21), True), (date(2024, 11, 22), False)])
def test_what_was_not_checked_for_two_years_is_told(checked: date, told: bool) -> None:
    assert ("mehr als zwei Jahren" in said_of(dated(last_checked=checked))) == told


def test_the_same_file_twice_is_told_of_both_and_only_once() -> None:
    one = replace(ENTRY, sketch=sketch_of(TEXT))
    other = replace(one, source="kopie/a.md")
    assert said_of(one, other).startswith("Dieselbe Datei liegt auch unter »kopie/a.md«.")
    assert "»a.md«" in said_of(other, one)
    assert "fast gleich" not in said_of(one, other)


def test_nearly_the_same_text_is_told_and_half_of_it_is_not() -> None:
    one = replace(ENTRY, sketch=sketch_of(TEXT))
    near = replace(
        ENTRY, source="b.md", content="d", sketch=sketch_of([*TEXT[2:], "Ein ganz neuer Satz steht hier."])
    )
    half = replace(ENTRY, source="c.md", content="e", sketch=sketch_of(TEXT[:15]))
    assert said_of(one, near, half).startswith("Der Text ist fast gleich wie »b.md«.")
    assert said_of(half, one, near) == ""


def test_of_many_copies_three_are_named() -> None:
    copies = [replace(ENTRY, source=f"{n}.md") for n in range(6)]
    assert "»1.md«, »2.md«, »3.md« und 2 weiteren Stellen" in said_of(copies[0], *copies[1:])


def test_a_failed_source_is_red_whether_or_not_a_former_version_serves() -> None:
    found = health_of_all([ENTRY], {"a.md": "Leer.", "z.md": "Kaputt."}, TODAY)
    assert [(name, each.grade) for name, each in found.items()] == [("a.md", Grade.RED), ("z.md", Grade.RED)]
    assert len(found["a.md"].reasons) == 2
    assert found["z.md"].reasons == ("Kaputt.",)


def test_every_grade_is_counted_even_if_there_is_none() -> None:
    assert counts([Health(Grade.RED), Health(Grade.RED)]) == {"green": 0, "yellow": 0, "red": 2}
