"""A released case as a source of the corpus: Markdown with front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from index.passage import Kind
from search_api.folder.markdown_text import inert
from search_api.folder.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from search_api.folder.model import Folder
    from search_api.schemas import Case

_LANGUAGE = "de"
_FURTHER = "Dazu wurde auch gefragt:"
_SOURCES = "Die Antwort stützt sich auf:"


def source_text(title: str, case: Case, folder: Folder, today: date) -> str:
    """Return the text of the source, which counts as checked `today`.

    The pinned passages are cited, not copied: the corpus has them.
    """
    documents = [pin.document for pin in case.pins]
    declared = {
        "title": line(title),
        "kind": Kind.BERATUNG.value,
        "language": _LANGUAGE,
        "last_checked": today,
        "topics": _each_once(topic for document in documents for topic in document.topics),
        "countries": _each_once(country for document in documents for country in document.countries),
    }
    said = {key: value for key, value in declared.items() if value}
    front = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1_000)
    return f"---\n{front}---\n\n" + "\n\n".join(_blocks(title, folder)) + "\n"


def _blocks(title: str, folder: Folder) -> Iterator[str]:
    yield f"# {inert(line(title))}"
    first, *further = folder.questions or (line(title),)
    yield f"## {inert(first)}"
    if further:
        yield "\n".join((_FURTHER, *(f"- {inert(question)}" for question in further)))
    yield from map(inert, folder.answer)
    cited = _each_once(entry.source for entry in folder.entries)
    yield "\n".join((_SOURCES, *(f"- {inert(source)}" for source in cited)))


def _each_once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, (line(word) for word in words))))


def said_in(title: str, case: Case, folder: Folder) -> dict[str, str]:
    """Return all that the source will say, as it will say it, named by where it stands.

    What a pin says of its document comes from whoever pinned it, and is looked at like the rest.
    """
    questions = {f"Frage {number}": text for number, text in enumerate(folder.questions, start=1)}
    cited = {f"Fundstelle {number}": entry.source for number, entry in enumerate(folder.entries, start=1)}
    marks = (word for pin in case.pins for word in (*pin.document.topics, *pin.document.countries))
    return {
        "Titel": line(title),
        **questions,
        "Antwort": "\n".join(folder.answer),
        **cited,
        "Themen und Länder": "\n".join(_each_once(marks)),
    }
