"""FAQ files in JSON: a list of entries, an object with metadata and a list, or schema.org's FAQPage.

FAQPage (https://schema.org/FAQPage) is what web pages carry for search engines; its answers hold HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.passage import Document
from ingest.readers import json3
from ingest.readers.cells import cell_words
from ingest.readers.extracted import language_code
from ingest.readers.faq import FIELD_NAMES, FaqEntry, collect, entry_of
from ingest.readers.json_text import JsonList, JsonObject, JsonText, JsonValue, parse_json, plain
from ingest.readers.running_text import clean
from ingest.readers.text_encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

LIST_KEYS = frozenset(
    {"entries", "fragen", "questions", "einträge", "eintraege", "faq", "faqs", "mainentity"}
)
_PAGE_KEYS = {"name": "title", "headline": "title", "inlanguage": "language", "url": "url"}
_WRAPPER = "@graph"  # in which JSON-LD lists the things of a page


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The entries of a file and the object that they stand in, if they stand in one."""

    entries: Sequence[JsonObject]
    around: JsonObject | None
    list_key: str = ""


def read(path: Path) -> Document:
    """Return the pairs of an FAQ file; other keys beside the list are what it declares.

    YouTube's captions, which are JSON as well, are handed to their own reader. Entries that lack question
    or answer, and keys that no one knows, are named in `unread`.

    Raises:
        UnreadableSourceError: for broken JSON, a key given twice, JSON that is no FAQ, or when no
            entry is complete.
    """
    root = parse_json(read_text(path))
    if isinstance(root, JsonObject) and json3.is_json3(plain(root)):
        return json3.read(path)
    return _document(_sheet(root))


def _document(sheet: _Sheet) -> Document:
    faq = collect(_entry(number, each) for number, each in enumerate(sheet.entries, start=1))
    unknown = [
        words for number, each in enumerate(sheet.entries, start=1) for words in _unknown(number, each)
    ]
    beside = _beside(sheet)
    if sheet.around and _is_page(sheet.around):
        return Document(
            faq.sections,
            extracted=_page_metadata(beside),
            unread=(*faq.unread, *unknown, *_unread_of_page(beside)),
            doubts=faq.doubts,
        )
    return Document(
        faq.sections,
        declared={name: plain(value) for name, value in beside.items()},
        declared_lines={name: value.line for name, value in beside.items()},
        unread=(*faq.unread, *unknown),
        doubts=faq.doubts,
    )


def _sheet(root: JsonValue) -> _Sheet:
    if isinstance(root, JsonList):
        pages = [each for each in root.values if isinstance(each, JsonObject) and _is_page(each)]
        return _sheet(pages[0]) if pages else _Sheet(_objects(root), None)
    if isinstance(root, JsonObject):
        if isinstance(graph := root.members.get(_WRAPPER), JsonList):
            return _sheet(graph)
        keys = [name for name in root.members if name.casefold() in LIST_KEYS]
        if len(keys) == 1:
            entries = root.members[keys[0]]
            listed = JsonList(entries.line, [entries]) if isinstance(entries, JsonObject) else entries
            if isinstance(listed, JsonList):
                return _Sheet(_objects(listed), root, keys[0])
    raise UnreadableSourceError(
        "Die Datei ist keine Sammlung von Fragen und Antworten. "
        "Bitte schreiben Sie eine Liste „fragen“ mit Einträgen aus „frage“ und „antwort“."
    )


def _objects(entries: JsonList) -> Sequence[JsonObject]:
    found = []
    for number, each in enumerate(entries.values, start=1):
        if not isinstance(each, JsonObject):
            raise UnreadableSourceError(
                f"Eintrag {number} (Zeile {each.line}) hat keine Felder. "
                "Bitte schreiben Sie dort „frage“ und „antwort“."
            )
        found.append(each)
    return found


def _is_page(value: JsonObject) -> bool:
    return "FAQPage" in _types(value)


def _types(value: JsonObject) -> Sequence[object]:
    types = plain(value.members["@type"]) if "@type" in value.members else []
    return types if isinstance(types, list) else [types]


def _beside(sheet: _Sheet) -> Mapping[str, JsonValue]:
    members = sheet.around.members if sheet.around else {}
    return {name: value for name, value in members.items() if name != sheet.list_key and name[:1] != "@"}


def _page_metadata(beside: Mapping[str, JsonValue]) -> Mapping[str, object]:
    """Return what a web page says about itself in the words of our metadata."""
    told = {key: plain(beside[name]) for name in beside if (key := _PAGE_KEYS.get(name.casefold()))}
    if "language" in told:
        told["language"] = language_code(told["language"])
    return {key: value for key, value in told.items() if isinstance(value, str)}


def _unread_of_page(beside: Mapping[str, JsonValue]) -> Iterator[str]:
    for name, value in beside.items():
        if name.casefold() not in _PAGE_KEYS:
            yield f"Die Angabe „{name}“ (Zeile {value.line}) wurde nicht gelesen."


def _entry(number: int, entry: JsonObject) -> FaqEntry:
    place = f"Eintrag {number}"
    found: dict[str, list[str]] = {}
    for name, value in entry.members.items():
        if field := _field(name, entry):
            found.setdefault(field, []).extend(_texts(value, f"{place}, Feld „{name}“"))
    return entry_of(number, entry.line, found)


def _field(name: str, entry: JsonObject) -> str | None:
    if "Question" in _types(entry):
        return {"name": "question", "acceptedAnswer": "answer", "url": "source"}.get(name)
    return FIELD_NAMES.get(name.casefold())


def _texts(value: JsonValue, place: str) -> Iterator[str]:
    """Yield the texts of a value, a list or an Answer of schema.org."""
    if isinstance(value, JsonText):
        if words := _words(value):
            yield words
    elif isinstance(value, JsonList):
        for each in value.values:
            yield from _texts(each, place)
    elif "Answer" in _types(value) and "text" in value.members:
        yield from _texts(value.members["text"], place)
    else:
        raise UnreadableSourceError(
            f"{place} (Zeile {value.line}) enthält statt eines Textes weitere Felder. "
            "Bitte schreiben Sie dort einen Text oder eine Liste von Texten."
        )


def _words(text: JsonText) -> str:
    return clean(text.value).strip() if isinstance(text.value, str) else cell_words(text.value)


def _unknown(number: int, entry: JsonObject) -> Iterator[str]:
    for name, value in entry.members.items():
        if _field(name, entry) is None and name[:1] != "@":
            yield f"Eintrag {number} (Zeile {value.line}): Das Feld „{name}“ wurde nicht gelesen."
