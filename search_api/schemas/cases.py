"""Cases of an office hour: what a consultant collects for one request, without a word on who asked."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, LiteralString, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from search_api.schemas.answers import Highlight
from search_api.schemas.base import Model
from search_api.schemas.documents import Document, Passage
from search_api.schemas.service import Problem

MAX_PINS = 50  # passages; an answer with more is read by nobody
MAX_QUESTIONS = 100  # a long talk
MAX_QUESTION = 1_000  # characters, as in the search
MAX_NOTE = 2_000  # characters: half a page for one passage
MAX_ANSWER = 20_000  # characters: about ten pages
MAX_PASSAGE = 20_000  # characters; passages of the index have a tenth of it
MAX_HEADINGS = 20  # one below the other
MAX_WORDS = 50  # topics, countries and the like of a document
MAX_OTHER = 2_000  # characters of what has no limit of its own: paths, addresses
MAX_NUMBER = 1e12  # seconds, pages, euros
MAX_REVISION = 2**31  # SQLite holds more, but nobody changes a case that often
MAX_TITLE = 200  # characters of a released source's title

FormatName = Literal["docx", "pdf", "md", "txt"]
FindingKind = Literal[
    "email", "telephone", "iban", "birth_date", "street", "postal_code", "salutation", "signature"
]

_LONGEST = {"title": 500, "heading": 300, "topics": 200, "countries": 200, "audiences": 200, "label": 100}
_MOST_OF_A_LIST = {"heading": MAX_HEADINGS}
_Question = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]
_Note = Annotated[str, Field(max_length=MAX_NOTE)]


class Pin(Passage):
    """A hit as it was when it was pinned, with the consultant's note on it.

    A `Hit` of an answer has all fields but the note; what else it has is left out.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    text: str = Field(max_length=MAX_PASSAGE)
    highlight: Highlight
    document: Document
    note: _Note = ""

    @model_validator(mode="after")
    def _within_bounds(self) -> Self:
        """Refuse what no source has: parts without end, halves of letters, numbers that are none."""
        for name, value in self.model_dump(exclude={"text", "note"}).items():
            _require_bounded(name, value)
        _require_whole(self.text)
        _require_whole(self.note)
        return self


def _require_bounded(name: str, value: object) -> None:
    if isinstance(value, dict):
        for key, each in value.items():
            _require_bounded(key, each)
    elif isinstance(value, list):
        if len(value) > _MOST_OF_A_LIST.get(name, MAX_WORDS):
            raise _too_long("too_long", _MOST_OF_A_LIST.get(name, MAX_WORDS))
        for each in value:
            _require_bounded(name, each)
    else:
        _require_possible(name, value)


def _require_possible(name: str, value: object) -> None:
    if isinstance(value, str):
        if len(value) > _LONGEST.get(name, MAX_OTHER):
            raise _too_long("string_too_long", _LONGEST.get(name, MAX_OTHER))
        _require_whole(value)
    elif isinstance(value, int | float) and not abs(value) <= MAX_NUMBER:  # true of no-number (NaN) too
        raise PydanticCustomError("finite_number", "not a possible number")


def _require_whole(text: str) -> None:
    """JSON may name half a letter (a lone surrogate), which no file can hold."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise PydanticCustomError("string_unicode", "not a text")


def _too_long(kind: LiteralString, most: int) -> PydanticCustomError:
    return PydanticCustomError(kind, "at most {max_length}", {"max_length": most})


class CaseContent(BaseModel):
    """All that a consultant writes and collects; it asks for no name, and none belongs into it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    questions: list[_Question] = Field(default=[], max_length=MAX_QUESTIONS, description="in der Reihenfolge")
    answer: str = Field(default="", max_length=MAX_ANSWER, description="der freie Antworttext")
    pins: list[Pin] = Field(default=[], max_length=MAX_PINS, description="die Fundstellen in der Reihenfolge")


class CaseChange(CaseContent):
    """A case's new content. `revision` is that of the case it was made from."""

    revision: int = Field(ge=1, le=MAX_REVISION)


class Case(Model):
    """A case as it is kept. `title` is its first question, shortened; `revision` grows with each change.

    `released` is the source that was made from it, null if there is none.
    """

    id: str
    title: str
    created: datetime
    changed: datetime
    revision: int
    questions: list[str]
    answer: str
    pins: list[Pin]
    released: str | None


class CaseSummary(Model):
    """A case in the list of a desk's cases."""

    id: str
    title: str
    created: datetime
    changed: datetime
    revision: int
    questions: int
    pins: int
    released: str | None


class CaseList(Model):
    """The cases of a desk, the one that was changed last first."""

    cases: list[CaseSummary]


class Release(BaseModel):
    """What `POST /cases/{case_id}/release` takes.

    `confirmed`: a person has looked at what resembles a name or a place, and it is none of a private person.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, max_length=MAX_TITLE, description="Titel der neuen Quelle")
    confirmed: bool = Field(False, description="was wie ein Name oder Ort aussieht, ist kein privater")


class Released(Model):
    """The new source's path in the corpus; `detail` says in German when it will be found."""

    source: str
    detail: str


class Finding(Model):
    """Something that looks like personal data. `place` says in German where; `excerpt` is what was found.

    `confirmable`: it may be something else, and `confirmed` lets it pass.
    """

    kind: FindingKind
    name: str
    place: str
    excerpt: str
    confirmable: bool


class PersonalDataProblem(Problem):
    """A problem document that lists what looks like personal data; empty where something else is wrong."""

    findings: list[Finding] = Field(default=[])
