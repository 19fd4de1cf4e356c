"""Ingestion has the judged questions asked in a child; whatever becomes of it is one clear sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.opened import take_in
from index.embedded.collection import EmbeddedCollection
from index.errors import KnowledgeBaseError
from index.trial import Trial
from ingest.publishing.trial import TrialError, TrialInChild
from tests.conftest import MODELS
from tests.search_api.house import House
from tests.search_api.trials import furnish

if TYPE_CHECKING:
    from pathlib import Path

    from index.encoder import SentenceEncoder

TRIAL = '{"key": "k", "outcomes": []}'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    house = House(tmp_path)
    furnish(house)
    return house.corpus


def child(corpus: Path, program: str, whole_s: float = 60.0) -> TrialInChild:
    """Return a trial whose child runs this program instead."""
    command = (sys.executable, "-c", program)
    return TrialInChild(corpus, corpus.parent / "data", command=command, whole_s=whole_s)


def failure(corpus: Path, program: str, whole_s: float = 60.0) -> str:
    with child(corpus, program, whole_s) as examine, pytest.raises(TrialError) as raised:
        examine("g000002", "g000001")
    return str(raised.value)


def test_the_child_is_told_the_names_and_answers_for_both(corpus: Path) -> None:
    answer = f"assert input() == 'g000002 g000001'; print('{TRIAL}'); print('null')"
    with child(corpus, answer) as examine:
        examine.start()
        assert examine("g000002", "g000001") == (None, Trial("k", ()))


def test_without_a_former_generation_only_the_candidate_is_asked(corpus: Path) -> None:
    with child(corpus, f"assert input() == 'g000001'; print('{TRIAL}')") as examine:
        assert examine("g000001", None) == (None, Trial("k", ()))
        assert examine("g000001", None) == (None, Trial("k", ())), "another child, the first one has ended"


def test_the_child_gets_corpus_and_data(corpus: Path) -> None:
    program = (
        "import os, json; print(json.dumps({'key': os.environ['KB_CORPUS'] + os.environ['KB_DATA'], "
        "'outcomes': []}))"
    )
    _, trial = child(corpus, program)("g000001", None)
    assert trial.key == f"{corpus}{corpus.parent / 'data'}"


def test_its_sentence_is_passed_on(corpus: Path) -> None:
    program = "import sys; print('eine Warnung', file=sys.stderr); sys.exit('Das Modell fehlt. Bitte holen.')"
    assert failure(corpus, program) == "Das Modell fehlt. Bitte holen."


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "Signal 9"),
        ("import sys; sys.exit(4)", "Exitcode 4"),
        ("print('Hallo')", "unverständlich"),
        (f"print('{TRIAL}')", "unvollständig"),
        ("print('null'); print('null')", "unvollständig"),
    ],
)
def test_a_child_that_fails_is_one_sentence(corpus: Path, program: str, why: str) -> None:
    said = failure(corpus, program)
    assert said.startswith("Der Probelauf mit den Fragen aus fragen.yaml ist abgebrochen: ")
    assert why in said
    assert "Traceback" not in said


def test_a_child_that_never_ends_is_ended(corpus: Path) -> None:
    assert "nicht fertig" in failure(corpus, "import threading; threading.Event().wait()", whole_s=0.2)


def test_a_child_that_is_never_told_anything_is_ended(corpus: Path) -> None:
    with child(corpus, "import threading; threading.Event().wait()") as examine:
        examine.start()


def test_without_judged_questions_nobody_is_asked(corpus: Path) -> None:
    (corpus / "fragen.yaml").unlink()
    assert child(corpus, "1 / 0")("g000001", None) == (None, Trial("", ()))


def test_wrong_questions_are_named(corpus: Path) -> None:
    (corpus / "fragen.yaml").write_text("- question: Wer?\n", encoding="utf-8")
    with pytest.raises(KnowledgeBaseError, match=r"fragen\.yaml ist keine Liste beurteilter Fragen"):
        child(corpus, "1 / 0")("g000001", None)


@pytest.mark.model
def test_the_search_answers_for_real_generations(
    tmp_path: Path, corpus: Path, real_encoder: SentenceEncoder
) -> None:
    collection = EmbeddedCollection(tmp_path / "index")
    (tmp_path / "models").symlink_to(MODELS)
    former = take_in(corpus, collection, real_encoder, tmp_path / "vectors.sqlite").published
    (corpus / "handbuch" / "bus.md").unlink()
    candidate = take_in(corpus, collection, real_encoder, tmp_path / "vectors.sqlite").published
    assert candidate is not None
    with TrialInChild(corpus, tmp_path) as examine:
        examine.start()
        before, after = examine(candidate, former)
    assert before is not None
    assert (before.key, before.ndcg, after.ndcg) == (after.key, 1.0, 0.5)
    kept = {path.name for path in (tmp_path / "trials").glob("g*.json")}
    assert kept == {f"{former}.json", f"{candidate}.json"}
    with TrialInChild(corpus, tmp_path) as examine, pytest.raises(KnowledgeBaseError, match="g000099"):
        examine("g000099", None)
