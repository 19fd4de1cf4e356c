"""FAQ files in YAML: a list of entries, or a mapping of metadata and `fragen:` (or `entries:`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from index.errors import UnreadableSourceError
from index.passage import Document
from index.yaml_text import compose, construct, key_lines, line_of
from ingest.readers.faq import FIELD_NAMES, FaqEntry, collect, entry_of
from ingest.readers.running_text import clean
from ingest.readers.text_encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LIST_KEYS = frozenset({"entries", "fragen", "einträge", "eintraege", "faq"})


def read(path: Path) -> Document:
    """Return the pairs of an FAQ file; other keys beside the list are what it declares.

    Entries that lack question or answer, and keys that no one knows, are named in `unread`.

    Raises:
        UnreadableSourceError: for broken YAML, aliases, a key given twice, YAML that is no FAQ, or
            when no entry is complete.
    """
    root = compose(read_text(path))
    nodes, metadata = _parts(root)
    faq = collect(_entry(number, node) for number, node in enumerate(nodes, start=1))
    unknown = [name for number, node in enumerate(nodes, start=1) for name in _unknown(number, node)]
    declared = construct(metadata) if metadata else {}
    named = {str(key): value for key, value in declared.items()} if isinstance(declared, dict) else {}
    return Document(
        faq.sections,
        declared=named,
        declared_lines=key_lines(metadata),
        unread=(*faq.unread, *unknown),
        doubts=faq.doubts,
    )


def _parts(root: yaml.Node | None) -> tuple[Sequence[yaml.MappingNode], yaml.MappingNode | None]:
    """Split the tree into the entries and the mapping of what stands beside them."""
    if isinstance(root, yaml.SequenceNode):
        return _entry_nodes(root), None
    if isinstance(root, yaml.MappingNode):
        lists = [value for key, value in root.value if _is_list_key(key)]
        if len(lists) == 1 and isinstance(lists[0], yaml.SequenceNode):
            beside = [pair for pair in root.value if pair[1] is not lists[0]]
            return _entry_nodes(lists[0]), yaml.MappingNode(root.tag, beside, root.start_mark, root.end_mark)
    raise UnreadableSourceError(
        "Die Datei ist keine Sammlung von Fragen und Antworten. "
        "Bitte schreiben Sie eine Liste „fragen:“ mit Einträgen aus „frage:“ und „antwort:“."
    )


def _is_list_key(key: yaml.Node) -> bool:
    return isinstance(key, yaml.ScalarNode) and key.value.casefold() in _LIST_KEYS


def _entry_nodes(entries: yaml.SequenceNode) -> Sequence[yaml.MappingNode]:
    nodes: list[yaml.MappingNode] = entries.value
    for node in nodes:
        if not isinstance(node, yaml.MappingNode):
            raise UnreadableSourceError(
                f"In Zeile {line_of(node)} steht kein Eintrag mit Frage und Antwort. "
                "Bitte schreiben Sie dort „frage:“ und „antwort:“."
            )
        # Constructing an entry checks its keys; its texts are taken as written, see `_texts`.
        construct(node)
    return nodes


def _entry(number: int, node: yaml.MappingNode) -> FaqEntry:
    found: dict[str, list[str]] = {"question": [], "answer": [], "category": [], "source": []}
    for key, value in node.value:
        if field := _field(key):
            found[field] += _texts(value)
    return entry_of(number, line_of(node), found)


def _field(key: yaml.Node) -> str | None:
    return FIELD_NAMES.get(str(key.value).casefold())


def _texts(node: yaml.Node) -> Iterator[str]:
    """Yield the texts of a value or list as written: an answer "no" is a word and not a truth value."""
    if isinstance(node, yaml.ScalarNode):
        is_null = node.tag.endswith(":null")
        if not is_null and (words := clean(node.value).strip()):
            yield words
    elif isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _texts(part)
    else:
        raise UnreadableSourceError(
            f"In Zeile {line_of(node)} steht statt eines Textes eine Verschachtelung. "
            "Bitte setzen Sie Texte mit Doppelpunkt in Anführungszeichen."
        )


def _unknown(number: int, node: yaml.MappingNode) -> Iterator[str]:
    for key, _ in node.value:
        if _field(key) is None:
            yield f"Eintrag {number} (Zeile {line_of(key)}): Das Feld „{key.value}“ wurde nicht gelesen."
