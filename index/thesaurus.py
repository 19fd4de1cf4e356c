"""Words that mean the same in this field, kept by staff in `corpus/thesaurus.yaml`.

It acts on questions only: what a question also asks for. Texts and index stay as they are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import KnowledgeBaseError, UnreadableSourceError
from index.german import written_terms
from index.yaml_text import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FILE_NAME = "thesaurus.yaml"
_MOST_TERMS = 6  # of a phrase of three words; one with a hyphen gives three
_MOST_BYTES = 1_000_000  # some 20 000 entries; staff write a few hundred

_Phrase = Annotated[str, Field(min_length=1, max_length=80)]


class _OneWay(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    word: _Phrase
    means: list[_Phrase] = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    equivalents: list[Annotated[list[_Phrase], Field(min_length=2)]] = []
    abbreviations: dict[_Phrase, _Phrase] = {}
    one_way: list[_OneWay] = []


@dataclass(frozen=True, slots=True)
class Expansion:
    """`word` stands in the question (as the thesaurus writes it), `means` is searched for as well."""

    word: str
    means: tuple[str, ...]


class Thesaurus:
    """What each word or phrase also means."""

    def __init__(self, pairs: Iterable[tuple[str, Sequence[str]]] = ()) -> None:
        self._meanings: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for word, means in pairs:
            key = tuple(written_terms(word))
            if key:
                self._meanings[key] += [(word, meaning) for meaning in means]

    def expansions(self, question: str) -> tuple[Expansion, ...]:
        """Return what a question also asks for, in the order of its words; the longest phrases win."""
        asked = written_terms(question)
        found: dict[str, list[str]] = {}
        at = 0
        while at < len(asked):
            length = self._longest_phrase(asked[at:])
            for word, meaning in self._meanings.get(tuple(asked[at : at + length]), ()):
                if not set(written_terms(meaning)) <= set(asked):
                    found.setdefault(word, []).append(meaning)
            at += max(1, length)
        return tuple(Expansion(word, tuple(dict.fromkeys(means))) for word, means in found.items())

    def _longest_phrase(self, asked: Sequence[str]) -> int:
        lengths = range(min(_MOST_TERMS, len(asked)), 0, -1)
        return next((length for length in lengths if tuple(asked[:length]) in self._meanings), 0)


def read_thesaurus(corpus: Path) -> Thesaurus:
    """Return the thesaurus of a corpus; an empty one if it has none.

    Raises:
        KnowledgeBaseError: the file is not as described in its head; says where.
    """
    return Thesaurus(_pairs(_read(corpus)))


def check_thesaurus(corpus: Path) -> None:
    """Read the file without using it.

    Raises:
        KnowledgeBaseError: as `read_thesaurus`.
    """
    _read(corpus)


def _read(corpus: Path) -> _File:
    path = corpus / FILE_NAME
    if not path.exists():
        return _File()
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _wrong("sie ist größer als 1 MB")
        return _File.model_validate(load(path.read_text(encoding="utf-8")) or {})
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(f"»{' '.join(map(str, first['loc']))}« ({first['msg']})") from error
    except UnreadableSourceError as error:
        raise KnowledgeBaseError(f"{FILE_NAME}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong("sie ist nicht lesbar oder nicht in UTF-8 gespeichert") from error


def _pairs(content: _File) -> Iterator[tuple[str, Sequence[str]]]:
    for group in content.equivalents:
        for word in group:
            yield word, [other for other in group if other != word]
    for short, long in content.abbreviations.items():
        yield short, [long]
        yield long, [short]
    for each in content.one_way:
        yield each.word, each.means


def _wrong(what: str) -> KnowledgeBaseError:
    return KnowledgeBaseError(f"{FILE_NAME}: {what}. Bitte berichtigen Sie die Datei; ihr Kopf erklärt sie.")
