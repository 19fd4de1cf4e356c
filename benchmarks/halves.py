"""Collections with every second passage of a training file: what they cannot answer is known.

The questions of the passages that were left out are near the topic of those that stay and have no
answer among them; `sets/unanswered/` adds questions that no passage of a file ever answered. Together
they show how an answer looks when there is none, on more subjects than one corpus has.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from benchmarks.opened import take_in
from benchmarks.training_pairs import read_pairs
from index.embedded.collection import EmbeddedCollection
from index.passage import Kind, QuestionLocation
from ingest.vector_cache import FILE_NAME as CACHE
from search_api.served import serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.training_pairs import TrainingPairs
    from index.encoder import PassageEncoder
    from index.passage import Passage
    from index.settings import Settings
    from search_api.served import Served

_UNANSWERED = Path(__file__).parent / "sets" / "unanswered"
_EVERY = 4  # of the questions that came with passages every fourth is asked: 110 of each sort a file


@dataclass(frozen=True, slots=True)
class Half:
    """A collection, and questions that it answers and does not answer."""

    name: str
    served: Served
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]


def halves(settings: Settings, encoder: PassageEncoder) -> Iterator[Half]:
    """Yield half a collection for each training file, taken in where that has not been done yet."""
    pairs = read_pairs()
    files: dict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(pairs.passages):
        files[passage.source].append(number)
    for name, numbers in files.items():
        kept, left_out = numbers[::2], numbers[1::2]
        corpus = settings.data / "sets" / f"halb-{name}-texte"
        _write([pairs.passages[number] for number in kept], corpus)
        collection = EmbeddedCollection(settings.data / "sets" / f"halb-{name}")
        take_in(corpus, collection, encoder, settings.data / "sets" / CACHE)
        unanswered = (*_questions(pairs, left_out), *_never_answered(name))
        yield Half(name, serve(collection.open()), tuple(_questions(pairs, kept)), unanswered)


def _questions(pairs: TrainingPairs, passages: Sequence[int]) -> list[str]:
    of = frozenset(passages)
    return [question.text for question in pairs.questions if question.answer in of][::_EVERY]


def _never_answered(name: str) -> list[str]:
    rows = (_UNANSWERED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row)["q"] for row in rows]


def _write(passages: Sequence[Passage], corpus: Path) -> None:
    """Write the passages as the documents they come from; unchanged ones are not encoded again."""
    shutil.rmtree(corpus, ignore_errors=True)
    documents: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        documents[passage.metadata.title].append(passage)
    for number, (title, parts) in enumerate(documents.items()):
        faq = parts[0].metadata.kind == Kind.FAQ
        path = corpus / parts[0].metadata.kind.value / f"{number}.{'yaml' if faq else 'md'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_sheet(title, parts) if faq else _text(title, parts), encoding="utf-8")


def _text(title: str, parts: Sequence[Passage]) -> str:
    return "\n\n".join([f"# {title}", *(f"## {' '.join(each.heading)}\n\n{each.text}" for each in parts)])


def _sheet(title: str, parts: Sequence[Passage]) -> str:
    entries: list[Mapping[str, str]] = []
    for each in parts:
        assert isinstance(each.location, QuestionLocation)
        answer = each.text.removeprefix(each.location.question).strip()
        entries.append({"question": each.location.question, "answer": answer})
    return yaml.safe_dump({"title": title, "entries": entries}, allow_unicode=True, width=1_000)
