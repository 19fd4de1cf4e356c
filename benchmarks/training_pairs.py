"""Questions with the passage that answers each, made for training: `benchmarks/sets/training/*.jsonl`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from index.lexical import passage_length, passage_terms, question_terms
from index.passage import HeadingLocation, Kind, Metadata, Passage, QuestionLocation
from ingest.sentences import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from index.lexical import TermVector

PAIRS = Path(__file__).parent / "sets" / "training"
_FAQ_TITLE = "Häufige Fragen"


class _Question(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field(min_length=1)
    lang: str = Field(pattern="^[a-z]{2}$")
    style: str


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    heading: str
    text: str = Field(min_length=1)
    questions: tuple[_Question, ...]


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question, its language and style, and the number of the passage that answers it."""

    text: str
    language: str
    style: str
    answer: int


@dataclass(frozen=True, slots=True)
class TrainingPairs:
    """All passages of all files, and their questions."""

    passages: tuple[Passage, ...]
    questions: tuple[TrainingQuestion, ...]


def read_pairs(folder: Path = PAIRS) -> TrainingPairs:
    """Return the pairs of all files of a folder, in the order of their names."""
    passages: list[Passage] = []
    questions: list[TrainingQuestion] = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            line = _Line.model_validate_json(row)
            questions += [
                TrainingQuestion(asked.q, asked.lang, asked.style, len(passages)) for asked in line.questions
            ]
            passages.append(_passage(line, path.stem, len(passages)))
    return TrainingPairs(tuple(passages), tuple(questions))


def _passage(line: _Line, source: str, position: int) -> Passage:
    """Return the passage as the ingestion would make it of an FAQ entry or a section."""
    first, *rest = line.text.split("\n")
    if line.title.startswith(_FAQ_TITLE) and rest:
        metadata = Metadata(line.title, Kind.FAQ)
        heading: tuple[str, ...] = ()
        place: QuestionLocation | HeadingLocation = QuestionLocation(first)
    else:
        metadata = Metadata(line.title, Kind.HANDBUCH)
        heading, place = ((line.heading,) if line.heading else ()), HeadingLocation()
    return Passage(source, position, line.text, heading, place, sentence_spans(line.text), metadata)


def lexical_scores(questions: Sequence[str], passages: Sequence[Passage]) -> NDArray[np.float32]:
    """Return the BM25 score of each question for each passage, shape (questions, passages)."""
    lengths = [passage_length(each.headline, each.text) for each in passages]
    mean = float(np.mean(lengths))
    vectors = [passage_terms(each.headline, each.text, mean) for each in passages]
    postings = _postings(vectors)
    scores = np.zeros((len(questions), len(passages)), dtype=np.float32)
    for row, question in zip(scores, questions, strict=True):
        asked = question_terms(question)
        for term, weight in zip(asked.indices, asked.values, strict=True):
            found = postings.get(term, [])
            rarity = np.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
            for number, value in found:
                row[number] += weight * value * rarity
    return scores


def _postings(vectors: Iterable[TermVector]) -> dict[int, list[tuple[int, float]]]:
    postings: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for term, value in zip(vector.indices, vector.values, strict=True):
            postings[term].append((number, value))
    return postings
