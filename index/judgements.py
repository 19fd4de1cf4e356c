"""The judged questions of `corpus/fragen.yaml`: what good search is measured by."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from index.errors import KnowledgeBaseError

if TYPE_CHECKING:
    from pathlib import Path

    from index.passage import Passage

FILE_NAME = "fragen.yaml"
UNANSWERABLE = "ohne-antwort"  # the class of questions that nothing in the corpus answers


class RelevantSpan(BaseModel):
    """A stretch of a source's text that answers the question; blanks count as equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    span: str = Field(min_length=1)

    def found_in(self, passage: Passage) -> bool:
        """Whether the passage holds this span."""
        return passage.source == self.source and even(self.span) in even(passage.text)


class Judgement(BaseModel):
    """A question with all passages that answer it; none for an unanswerable one."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    question: str = Field(min_length=1)
    language: str = "de"
    question_class: str = Field(alias="class")
    relevant: tuple[RelevantSpan, ...] = ()
    example: bool | Annotated[str, Field(min_length=2, max_length=60)] = False  # shown, under this topic

    def answered_by(self, passage: Passage) -> bool:
        """Whether the passage is one of the right ones."""
        return any(span.found_in(passage) for span in self.relevant)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same in C, where PyYAML was built with it
_JUDGEMENTS = TypeAdapter(tuple[Judgement, ...])


def read_judgements(corpus: Path) -> tuple[Judgement, ...]:
    """Return the judgements of a corpus; none if it has no such file.

    A file that has not changed since is not read again: some hundred questions take a tenth of a second.

    Raises:
        KnowledgeBaseError: the file is no list of judgements.
    """
    path = corpus / FILE_NAME
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=1)
def _read(path: Path, _changed_ns: int, _size: int) -> tuple[Judgement, ...]:
    try:
        listed = yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - both are safe loaders
        return _JUDGEMENTS.validate_python(listed or ())
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
        wrong = f"{FILE_NAME} ist keine Liste beurteilter Fragen: {_where(error)}"
        raise KnowledgeBaseError(f"{wrong}. Bitte berichtigen Sie die Datei.") from error


def _where(error: Exception) -> str:
    """Return which entry and key, or which line, is wrong."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        number, *keys = first["loc"] or ("",)
        entry = number + 1 if isinstance(number, int) else number
        return f"Eintrag {entry}, »{'.'.join(str(key) for key in keys)}« ({first['msg']})"
    mark = getattr(error, "problem_mark", None)
    return f"Zeile {mark.line + 1}" if mark else "sie ist nicht in UTF-8 gespeichert"


def even(text: str) -> str:
    """Return a text in which every stretch of blanks is one: that is how spans are compared."""
    return " ".join(text.split())
