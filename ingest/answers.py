"""What the reading child says to its parent: one JSON line each, never anything that could run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from index.passage import Document  # noqa: TC001 - pydantic resolves the annotations at run time


@dataclass(frozen=True, slots=True)
class Tick:
    """The child is ready (0) or gets on with a file."""

    tick: int


@dataclass(frozen=True, slots=True)
class Read:
    """The file's document."""

    document: Document


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read; a German sentence for the report."""

    refused: str


@dataclass(frozen=True, slots=True)
class Defect:
    """A reader failed as it never should; the error's name. Its traceback went to stderr."""

    defect: str


@dataclass(frozen=True, slots=True)
class Exhausted:
    """The memory that the child may take is full; it ends after saying so."""

    exhausted: Literal[True]


Answer = Tick | Read | Refused | Defect | Exhausted


@dataclass(frozen=True, slots=True)
class Line:
    """An answer with the number of the question, counted from 1, so that a late one misleads nobody."""

    question: int
    answer: Answer


LINES: TypeAdapter[Line] = TypeAdapter(Line)
