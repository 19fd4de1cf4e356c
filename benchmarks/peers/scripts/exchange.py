"""What a peer gets and what it gives back: the contract between the benchmark and the scripts.

Runs on both sides, so it needs nothing but numpy and the standard library.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Ranking = Sequence[int]  # rows of passages, best first

DEPTH = 100  # passages in a ranking at most; what a fusion of two rankings needs, far more than is scored


@dataclass(frozen=True, slots=True)
class ExportedPassage:
    """A passage as our encoder sees it: `text` is headline and text in one string."""

    id: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class ExportedQuestion:
    """A question and its language as judged, an ISO 639-1 code."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Export:
    """Passages and questions with their vectors of length 1: row i belongs to the i-th of them."""

    passages: tuple[ExportedPassage, ...]
    passage_vectors: Vectors
    questions: tuple[ExportedQuestion, ...]
    question_vectors: Vectors


def write_export(export: Export, folder: Path) -> None:
    """Write an export into a folder, as `read_export` expects it."""
    _write_lines(folder / "passages.jsonl", map(asdict, export.passages))
    _write_lines(folder / "questions.jsonl", map(asdict, export.questions))
    np.save(folder / "passages.npy", export.passage_vectors)
    np.save(folder / "questions.npy", export.question_vectors)


def read_export(folder: Path) -> Export:
    """Return what `write_export` wrote into a folder."""
    return Export(
        passages=tuple(ExportedPassage(**line) for line in _read_lines(folder / "passages.jsonl")),
        passage_vectors=np.load(folder / "passages.npy"),
        questions=tuple(ExportedQuestion(**line) for line in _read_lines(folder / "questions.jsonl")),
        question_vectors=np.load(folder / "questions.npy"),
    )


def installed(*libraries: str) -> dict[str, str]:
    """Return the versions of libraries as this environment has them."""
    return {library: version(library) for library in libraries}


def answer(rank: Callable[[Export], Iterable[Ranking]], versions: Mapping[str, str]) -> None:
    """Rank all questions of the export `argv[1]` and write versions and rankings to the file `argv[2]`.

    `rank` returns a ranking for each question, in the order of the questions.
    """
    folder, target = (Path(argument) for argument in sys.argv[1:3])
    export = read_export(folder)
    rankings = {
        number: [export.passages[int(row)].id for row in ranking[:DEPTH]]
        for number, ranking in enumerate(rank(export))
    }
    python = ".".join(str(part) for part in sys.version_info[:3])
    answered = {"versions": {**versions, "Python": python}, "rankings": rankings}
    target.write_text(json.dumps(answered), encoding="utf-8")


def _write_lines(path: Path, entries: Iterable[Mapping[str, str]]) -> None:
    lines = (json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
    path.write_text("".join(lines), encoding="utf-8")


def _read_lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:  # not splitlines: a text may hold U+2028
        return [json.loads(line) for line in file]
