"""YAML read with care: plain values only, no aliases, no key twice, errors that name the line."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import yaml

from index.errors import UnreadableSourceError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

# What PyYAML says of the mistakes that people make most; the rest stays in its English.
_GERMAN = {
    "mapping values are not allowed": "ein Doppelpunkt mitten im Text, der Text braucht Anführungszeichen",
    "character '\\t'": "ein Tabulator, wo Leerzeichen stehen müssen",
    "expected <block end>": "die Zeile ist anders eingerückt als die davor",
    "expected ',' or": "eine Klammer wird nicht geschlossen",
    "unexpected end of stream": "ein Anführungszeichen wird nicht geschlossen",
    "could not find expected ':'": "nach dem Schlüssel fehlt der Doppelpunkt",
    "could not determine a constructor": "ein Ausrufezeichen am Anfang, der Text braucht Anführungszeichen",
    "found another document": "eine Zeile »---« in der Mitte",
}
MAX_CHARACTERS = 5_000_000  # PyYAML reads about a million characters in three seconds


class _CarefulLoader(yaml.SafeLoader):
    """Refuses aliases, with which few lines unfold to gigabytes, and keys given twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.current_event.start_mark
            raise yaml.composer.ComposerError(None, None, "Verweise (*name) sind nicht erlaubt", mark)
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        try:
            constructed: object = super().construct_object(node, deep)
        except ValueError as error:  # the 31st of February
            message = f"„{node.value}“ gibt es nicht"
            raise yaml.constructor.ConstructorError(None, None, message, node.start_mark) from error
        return constructed

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                message = f"„{key.value}“ steht zweimal da"
                raise yaml.constructor.ConstructorError(None, None, message, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def compose(text: str, first_line: int = 1) -> yaml.Node | None:
    """Return the tree of `text` with its line marks, None when it is empty.

    Raises:
        UnreadableSourceError: naming the line, counted from `first_line`.
    """
    _check_length(text)
    with _german_errors(text, first_line):
        loader = _CarefulLoader(text)
        try:
            return loader.get_single_node()
        finally:
            loader.dispose()


def construct(node: yaml.Node, first_line: int = 1) -> object:
    """Return the plain value that `node` stands for: text, number, date, list or mapping.

    Raises:
        UnreadableSourceError: naming the line, for values that are no such thing.
    """
    loader = _CarefulLoader("")
    try:
        with _german_errors("", first_line):
            constructed: object = loader.construct_document(node)
    finally:
        loader.dispose()
    return constructed


def load(text: str, first_line: int = 1) -> object:
    """Return the plain value of a YAML text, None when it is empty.

    Raises:
        UnreadableSourceError: naming the line, counted from `first_line`.
    """
    node = compose(text, first_line)
    return None if node is None else construct(node, first_line)


def line_of(node: yaml.Node, first_line: int = 1) -> int:
    """Return the line, counted from `first_line`, at which `node` begins."""
    return node.start_mark.line + first_line


def key_lines(node: yaml.Node | None, first_line: int = 1) -> dict[str, int]:
    """Return the line of each key of a mapping, for messages about its value; nothing for other nodes."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return {str(key.value): line_of(key, first_line) for key, _ in pairs}


def _check_length(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSourceError(
            f"Die YAML-Angaben sind zu lang (höchstens {MAX_CHARACTERS / 1e6:.0f} Millionen Zeichen). "
            "Bitte teilen Sie die Datei."
        )


@contextmanager
def _german_errors(text: str, first_line: int) -> Iterator[None]:
    """Turn what PyYAML raises into our error, which names the line and says what to do."""
    try:
        yield
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        raise UnreadableSourceError(
            f"Die YAML-Angaben enthalten in Zeile {line} ein unsichtbares Zeichen, das nicht erlaubt ist. "
            "Bitte schreiben Sie die Zeile neu."
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _unreadable(error, first_line) from error


def _unreadable(error: Exception, first_line: int) -> UnreadableSourceError:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return UnreadableSourceError(
            "Die YAML-Angaben sind nicht lesbar. Bitte prüfen Sie Werte, Einrückung und Verschachtelung."
        )
    problem = getattr(error, "problem", None) or ""
    told = next((german for english, german in _GERMAN.items() if english in problem), problem)
    return UnreadableSourceError(
        f"Die YAML-Angaben sind in Zeile {mark.line + first_line} fehlerhaft ({told}). "
        "Bitte prüfen Sie dort Einrückung, Doppelpunkte und Anführungszeichen."
    )
