"""A corpus that really got worse is stopped, with words that say where; one that did not is let through."""

from __future__ import annotations

import shutil
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest

from index.embedded.collection import EmbeddedCollection
from index.trial import MissingSpan, Outcome, Trial
from ingest.publishing.gate import GateResult, compare
from tests.search_api.house import House
from tests.search_api.trials import BUS, BUS_SPAN, GOLD, GUESTS_SPAN, examiner, furnish, judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    furnish(house)
    yield house
    shutil.rmtree(house.index, ignore_errors=True)


def published(house: House) -> str:
    house.publish()
    name = EmbeddedCollection(house.index).published()
    assert name is not None
    return name


def gate(house: House, former: str | None) -> GateResult:
    """Publish the corpus as it is now and return what the gate would have said."""
    trials = examiner(house).examine(published(house), former)
    assert trials[0] is not None
    return compare(trials[1] if former else None, trials[0])


def test_a_corpus_that_only_grew_passes(house: House) -> None:
    former = published(house)
    house.write("handbuch/satzung.md", "# Satzung\n\nDie Satzung beschließt die Versammlung.\n")
    result = gate(house, former)
    assert (result.worse, result.remarks) == ((), ())
    assert result.figures["ndcg@10"] == {"before": 1.0, "after": 1.0}


def test_a_removed_source_is_missed(house: House) -> None:
    former = published(house)
    (house.corpus / "handbuch" / "bus.md").unlink()
    result = gate(house, former)
    assert result.worse == (
        "nDCG@10 fiel von 1,000 auf 0,500; erlaubt sind 0,02",
        "recall@5 fiel von 1,000 auf 0,500; erlaubt sind 0,03",
        "Der Anteil richtiger Urteile fiel von 1,000 auf 0,667; erlaubt sind 0,03",
        f"»{BUS}«: die richtige Stelle stand auf Platz 1 und ist nicht mehr unter den ersten zehn; "
        "die Suche sagt jetzt, dass es dazu nichts gibt",
        f"handbuch/bus.md: »{BUS_SPAN}« steht dort nicht mehr (beantwortet »{BUS}«); "
        "bitte berichtigen Sie die Quelle oder fragen.yaml",
    )
    assert asdict(result)["figures"]["recall@5"] == {"before": 1.0, "after": 0.5}


def test_a_reworded_span_stops_even_if_no_figure_fell(house: House) -> None:
    judge(house, (BUS, [("handbuch/bus.md", BUS_SPAN), ("handbuch/bus.md", "erstattet die Stadt")]))
    former = published(house)
    house.write("handbuch/bus.md", f"# Reisen\n\n{BUS_SPAN} Nach der Reise zahlt die Stadt die Hälfte.\n")
    (line,) = gate(house, former).worse
    assert line.startswith("handbuch/bus.md: »erstattet die Stadt« steht dort nicht mehr")


def test_neighbours_that_push_the_right_passage_down_are_seen(house: House) -> None:
    former = published(house)
    for number in range(3):
        text = f"{BUS} Blatt {'ABC'[number]}: {BUS} Der Bus, den Bus bezahlt wer?"
        house.write(f"handbuch/neu-{number}.md", f"# {BUS}\n\n{text}\n")
    worse = gate(house, former).worse
    assert worse[0].startswith("nDCG@10 fiel von 1,000 auf")
    assert any(
        line.startswith(f"»{BUS}«: die richtige Stelle stand auf Platz 1 und steht jetzt auf Platz ")
        for line in worse
    )


def test_a_question_that_nothing_answers_must_not_seem_answered(house: House) -> None:
    former = published(house)
    house.write("handbuch/gold.md", f"# {GOLD}\n\n{GOLD}\n")
    assert (
        f"»{GOLD}«: dazu gibt es nichts, aber die Suche hält sie jetzt für beantwortet"
        in gate(house, former).worse
    )


def test_the_first_generation_passes_and_lacking_spans_are_remarks(house: House) -> None:
    (house.corpus / "handbuch" / "betten.md").unlink()
    result = gate(house, None)
    assert result.worse == ()
    (remark,) = result.remarks
    assert remark.startswith(f"handbuch/betten.md: »{GUESTS_SPAN}« steht dort nicht (")
    assert result.figures["ndcg@10"] == {"before": None, "after": 0.5}


def test_a_span_that_was_never_there_is_a_remark_again(house: House) -> None:
    judge(house, (BUS, [("handbuch/bus.md", BUS_SPAN), ("handbuch/bus.md", "Das stand nie da.")]))
    former = published(house)
    house.write("handbuch/neu.md", "Noch ein Blatt.")
    result = gate(house, former)
    assert result.worse == ()
    assert len(result.remarks) == 1


def test_without_judged_questions_everything_passes() -> None:
    assert compare(Trial("k", ()), Trial("k", ())).worse == ()
    assert compare(None, Trial("", ())).worse == ()


def test_trials_of_different_questions_are_not_compared() -> None:
    with pytest.raises(ValueError, match="different keys"):
        compare(Trial("a", ()), Trial("b", ()))


def outcome(number: int, ndcg: float, first_right: int | None = 1) -> Outcome:
    return Outcome(f"Frage {number}?", True, ndcg, float(bool(ndcg)), first_right, "answered")


def test_a_fall_within_the_tolerance_passes() -> None:
    many = Trial("k", tuple(outcome(n, 1.0) for n in range(100)))
    one_less, three_less = (
        replace(many, outcomes=(*many.outcomes[lost:], *(outcome(n, 0.0, None) for n in range(lost))))
        for lost in (1, 3)
    )
    assert compare(many, one_less).worse == ()
    assert len(compare(many, three_less).worse) == 1 + 3  # recall may fall by just as much


def test_the_worst_questions_come_first_and_the_list_ends() -> None:
    before = Trial("k", tuple(outcome(n, 1.0) for n in range(14)))
    after = Trial("k", tuple(outcome(n, 0.9 - n / 20, 1) for n in range(12)) + before.outcomes[12:])
    questions = [line for line in compare(before, after).worse if "Frage" in line]
    assert questions[0] == (
        "»Frage 11?«: die richtige Stelle steht auf Platz 1, aber weitere richtige sind zurückgefallen"
    )
    assert questions[-1] == "und 2 weitere Fragen"
    assert len(questions) == 11


def test_a_span_of_several_questions_is_named_once_and_long_ones_are_cut() -> None:
    gone = MissingSpan("a.md", "Wort " * 50)
    before = Trial("k", tuple(outcome(n, 1.0) for n in range(3)))
    after = replace(before, outcomes=tuple(replace(each, missing_spans=(gone,)) for each in before.outcomes))
    (line,) = compare(before, after).worse
    assert line.startswith("a.md: »Wort Wort")
    assert "Wort …«" in line
    assert "(beantwortet »Frage 0?« und 2 weitere)" in line
