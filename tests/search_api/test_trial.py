"""Generations are asked the judged questions, once, and not by way of anything that can change by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from index.embedded.collection import EmbeddedCollection
from index.errors import StampMismatchError, UnknownGenerationError
from index.trial import MissingSpan, Trial
from search_api.trial import FOLDER
from tests.conftest import ROOT
from tests.fake_encoder import WordEncoder
from tests.search_api.trials import BUS, BUS_SPAN, GOLD, GUESTS, examiner, furnish, judge

if TYPE_CHECKING:
    from pathlib import Path

    from index.embedded.collection import EmbeddedGeneration
    from tests.search_api.house import House


class CountingCollection(EmbeddedCollection):
    """Counts how often a generation is opened."""

    opened = 0

    def open(self, generation: str | None = None) -> EmbeddedGeneration:
        self.opened += 1
        return super().open(generation)


@pytest.fixture
def furnished(house: House) -> House:
    furnish(house)
    house.publish()
    return house


def published(house: House) -> str:
    name = EmbeddedCollection(house.index).published()
    assert name is not None
    return name


def asked(house: House, encoder: WordEncoder | None = None) -> Trial:
    (trial,) = examiner(house, encoder).examine(published(house))
    assert trial is not None
    return trial


def test_every_question_has_its_outcome(furnished: House) -> None:
    bus, guests, gold = asked(furnished).outcomes
    assert [bus.question, guests.question, gold.question] == [BUS, GUESTS, GOLD]
    for answerable in (bus, guests):
        assert (answerable.answerable, answerable.first_right) == (True, 1)
        assert (answerable.ndcg, answerable.recall, answerable.missing_spans) == (1.0, 1.0, ())
        assert answerable.verdict != "none"
    assert (gold.answerable, gold.ndcg, gold.first_right, gold.verdict) == (False, 0.0, None, "none")


def test_a_question_whose_passage_is_gone_still_counts(furnished: House) -> None:
    (furnished.corpus / "handbuch" / "bus.md").unlink()
    furnished.publish()
    trial = asked(furnished)
    assert trial.outcomes[0].answerable
    assert (trial.outcomes[0].ndcg, trial.outcomes[0].first_right) == (0.0, None)
    assert trial.outcomes[0].missing_spans == (MissingSpan("handbuch/bus.md", BUS_SPAN),)
    assert trial.ndcg == 0.5


def test_a_span_counts_only_in_its_own_source(furnished: House) -> None:
    judge(furnished, (BUS, [("handbuch/betten.md", BUS_SPAN)]))
    assert asked(furnished).outcomes[0].missing_spans == (MissingSpan("handbuch/betten.md", BUS_SPAN),)


def test_the_calendar_changes_nothing(furnished: House) -> None:
    before = asked(furnished)
    furnished.write("handbuch/bus.md.meta.yaml", "valid_until: 2001-01-01\n")
    furnished.publish()
    assert asked(furnished).outcomes == before.outcomes


def test_without_judged_questions_the_trial_is_empty(house: House) -> None:
    house.write("handbuch/bus.md", BUS_SPAN)
    house.publish()
    assert asked(house).outcomes == ()


def test_a_generation_is_asked_once(furnished: House) -> None:
    collection = CountingCollection(furnished.index)
    first, second = (examiner(furnished, collection=collection).examine(published(furnished)) for _ in "ab")
    assert first == second
    assert collection.opened == 1


@pytest.mark.parametrize("changed", ["fragen.yaml", "thesaurus.yaml"])
def test_it_is_asked_again_when_what_is_asked_changes(furnished: House, changed: str) -> None:
    before = asked(furnished)
    judge(furnished, (BUS, [("handbuch/bus.md", BUS_SPAN)]))
    if changed == "thesaurus.yaml":
        furnish(furnished)
        furnished.write(changed, "equivalents:\n- [Bus, Omnibus]\n")
    assert asked(furnished).key != before.key


def test_another_calibration_or_encoder_is_another_key(furnished: House) -> None:
    ready = examiner(furnished)
    other = WordEncoder()
    other.questions_revision = "learned"
    keys = {examiner(furnished).key, ready.key, examiner(furnished, other).key}
    assert len(keys) == 2


def test_a_new_generation_of_the_same_name_is_asked_anew(furnished: House) -> None:
    before, name = asked(furnished), published(furnished)
    for path in sorted(furnished.index.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (furnished.corpus / "handbuch" / "bus.md").unlink()
    furnished.publish()
    assert published(furnished) == name
    assert asked(furnished).outcomes != before.outcomes


def test_a_damaged_account_is_passed_over(furnished: House) -> None:
    before = asked(furnished)
    (kept,) = (furnished.data / FOLDER).glob("g*.json")
    kept.write_text(kept.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    assert asked(furnished) == before


def test_both_generations_are_asked_and_trials_of_deleted_ones_go(furnished: House) -> None:
    former = published(furnished)
    asked(furnished)
    (furnished.corpus / "handbuch" / "bus.md").unlink()
    furnished.publish()
    candidate, before = examiner(furnished).examine(published(furnished), former)
    assert candidate is not None
    assert before is not None
    assert before.ndcg == 1.0
    assert candidate.ndcg == 0.5
    EmbeddedCollection(furnished.index).delete(former)
    asked(furnished)
    assert [path.stem for path in (furnished.data / FOLDER).glob("g*.json")] == [published(furnished)]


def test_a_former_generation_of_another_model_cannot_be_asked(furnished: House) -> None:
    former, other = published(furnished), WordEncoder("andere")
    furnished.write("handbuch/neu.md", "Noch ein Blatt.")
    furnished.publish(other)
    candidate, before = examiner(furnished, other).examine(published(furnished), former)
    assert candidate is not None
    assert before is None
    with pytest.raises(StampMismatchError):
        examiner(furnished).examine(published(furnished))


def test_a_generation_that_is_not_there_is_named(furnished: House) -> None:
    for names in (("g000099",), (published(furnished), "g000099")):
        with pytest.raises(UnknownGenerationError, match="g000099"):
            examiner(furnished).examine(*names)


def test_getting_ready_changes_no_outcome(furnished: House) -> None:
    ready = examiner(furnished)
    ready.get_ready()
    assert ready.examine(published(furnished)) == [asked(furnished)]


def run(tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "KB_DATA": str(tmp_path / "var"), "KB_CORPUS": str(tmp_path / "corpus")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_broken_questions_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "fragen.yaml").write_text("- question: Wer?\n", encoding="utf-8")
    ended = run(tmp_path, "-m", "search_api.trial", "g000001")
    assert (ended.returncode, ended.stdout) == (1, "")
    (line,) = ended.stderr.splitlines()
    assert line.startswith("fragen.yaml ist keine Liste beurteilter Fragen: Eintrag 1")


def test_neither_the_server_nor_torch_is_loaded(tmp_path: Path) -> None:
    heavy = "{'fastapi', 'uvicorn', 'torch', 'sentence_transformers', 'qdrant_client'}"
    ended = run(tmp_path, "-c", f"import sys, search_api.trial; print({heavy} & sys.modules.keys())")
    assert ended.stdout.strip() == "set()", ended.stderr
