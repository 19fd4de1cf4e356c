"""The search stays as good as it was on the judged questions of the corpus."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

import pytest

from benchmarks.evaluation import judged_set
from benchmarks.gate import FEWEST_QUESTIONS, LEAST
from benchmarks.opened import open_tools, take_in
from benchmarks.quality import measure_set
from index.embedded.collection import EmbeddedCollection
from index.judgements import read_judgements
from index.settings import read_settings
from search_api.served import serve
from tests.conftest import MODELS, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from index.encoder import SentenceEncoder

CORPUS = ROOT / "corpus"


@pytest.mark.model
def test_the_judged_questions_are_answered_as_well_as_before(
    real_encoder: SentenceEncoder, tmp_path: Path
) -> None:
    collection = EmbeddedCollection(tmp_path)
    assert not take_in(CORPUS, collection, real_encoder, tmp_path / "vectors.sqlite").failed
    tools = open_tools(read_settings({"KB_CORPUS": str(CORPUS), "KB_DATA": str(MODELS.parent)}))
    measured = measure_set(judged_set("lotse", CORPUS, serve(collection.open())), tools)
    assert measured["vanished_spans"] == []
    overall, verdict = (
        cast("dict[str, float]", measured["overall"]),
        cast("dict[str, float]", measured["verdict"]),
    )
    reached = {**overall, **verdict}
    assert {name: reached[name] for name, least in LEAST.items() if reached[name] < least} == {}


def test_there_are_enough_judged_questions_of_every_sort() -> None:
    judgements = read_judgements(CORPUS)
    counts = Counter(each.question_class for each in judgements)
    assert len(judgements) >= FEWEST_QUESTIONS["all"]
    assert all(counts[name] >= least for name, least in FEWEST_QUESTIONS.items() if name != "all")
