"""What a peer answered, checked before it counts: a ranking that names a passage twice would score twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from benchmarks.peers.failure import PeerFailedError
from benchmarks.peers.scripts.exchange import DEPTH

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


class Answers(BaseModel):
    """Versions of what answered, and for each question's number the ids of passages, best first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    versions: dict[str, str]
    rankings: dict[int, Annotated[tuple[str, ...], Field(max_length=DEPTH)]]


def read_answers(written: str, questions: int, passages: AbstractSet[str]) -> Answers:
    """Return the answers that a script wrote, for questions 0 … `questions` - 1 over these passage ids.

    Raises:
        PeerFailedError: they are not what was asked for.
    """
    try:
        answers = Answers.model_validate_json(written)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = f"unverständliche Antwort: {place} {first['msg']}"
        raise PeerFailedError(message) from error
    if answers.rankings.keys() != set(range(questions)):
        message = f"{len(answers.rankings)} Ranglisten statt je einer für {questions} Fragen"
        raise PeerFailedError(message)
    for number, ranking in answers.rankings.items():
        if len(set(ranking)) < len(ranking) or not passages >= set(ranking):
            message = f"Frage {number}: eine Textstelle ist doppelt oder unbekannt"
            raise PeerFailedError(message)
    return answers
