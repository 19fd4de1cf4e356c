"""A halved training file answers the questions of what it kept, and of nothing else."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.halves import halves
from benchmarks.training_pairs import read_pairs
from index.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.halves import Half
    from index.passage import Passage
    from tests.fake_encoder import WordEncoder


def test_every_second_passage_is_kept_whole_and_its_questions_count_as_answered(
    encoder: WordEncoder, tmp_path: Path
) -> None:
    pairs = read_pairs()
    answers = {question.text: question.answer for question in pairs.questions}
    for half in islice(halves(read_settings({"KB_DATA": str(tmp_path)}), encoder), 2):
        held = texts(half)
        assert len(half.answered) > 100
        assert all(joined(pairs.passages[answers[question]]) in held for question in half.answered)
        left_out = [question for question in half.unanswered if question in answers]
        assert len(left_out) > 100
        assert not any(joined(pairs.passages[answers[question]]) in held for question in left_out)
        assert len(half.unanswered) - len(left_out) == 90  # what no passage of the file answers


def texts(half: Half) -> str:
    """Return all that the collection says."""
    generation = half.served.generation
    return " ".join(joined(each) for source in half.served.sources for each in generation.passages(source))


def joined(passage: Passage) -> str:
    """Return the text of a passage in one line, without the question of an FAQ entry before it."""
    return " ".join(passage.text.removeprefix(getattr(passage.location, "question", "")).split())
