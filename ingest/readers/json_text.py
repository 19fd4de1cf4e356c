"""JSON read with care (RFC 8259): values know their lines, no key stands twice, nothing is nested absurdly.

Python's own reader gives no lines, keeps the last of two equal keys and accepts NaN; it still reads the
texts and numbers here.
"""

from __future__ import annotations

import json
import re
from bisect import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MAX_CHARACTERS = 20_000_000  # an FAQ of twenty thousand entries has ten million
_MAX_DEPTH = 50  # levels; what people and web pages write has five
_BLANK = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r'["\-0-9]|true\b|false\b|null\b')  # NaN and Infinity are Python's own
_NOT_A_NUMBER = re.compile(r"-?(NaN|Infinity)\b")


@dataclass(frozen=True, slots=True)
class JsonText:
    """A text, number, truth value or null, and the line at which it begins, from 1."""

    line: int
    value: str | float | bool | None


@dataclass(frozen=True, slots=True)
class JsonList:
    """A list of values."""

    line: int
    values: Sequence[JsonValue]


@dataclass(frozen=True, slots=True)
class JsonObject:
    """Named values, in their order."""

    line: int
    members: Mapping[str, JsonValue]


JsonValue = JsonText | JsonList | JsonObject


def parse_json(text: str) -> JsonValue:
    """Return the value that `text` holds.

    Raises:
        UnreadableSourceError: naming the line at which it is no JSON, or a key that stands twice.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSourceError(
            f"Die JSON-Datei ist zu lang (höchstens {MAX_CHARACTERS / 1e6:.0f} Millionen Zeichen). "
            "Bitte teilen Sie sie."
        )
    parser = _Parser(text)
    value = parser.value(depth=0)
    if parser.at < len(text):
        raise parser.error("nach dem Ende folgt weiterer Text")
    return value


def plain(value: JsonValue) -> object:
    """Return the value as Python's own reader would: text, number, list or dictionary."""
    match value:
        case JsonObject():
            return {name: plain(member) for name, member in value.members.items()}
        case JsonList():
            return [plain(each) for each in value.values]
        case JsonText():
            return value.value


@dataclass(slots=True)
class _Parser:
    text: str
    at: int = 0  # the next character to be read
    decoder: json.JSONDecoder = field(default_factory=json.JSONDecoder)
    line_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        self.skip_blank()

    def value(self, depth: int) -> JsonValue:
        """Return the value that begins here and go behind it."""
        if depth > _MAX_DEPTH:
            raise self.error("die Verschachtelung ist zu tief")
        if self.takes("{"):
            return self.read_object(depth)
        if self.takes("["):
            return self.read_list(depth)
        return JsonText(self.line, self.scalar())

    def read_object(self, depth: int) -> JsonObject:
        line, members = self.line, {}

        def member() -> None:
            name_line, name = self.line, self.name()
            if name in members:
                raise self.error(f"der Schlüssel „{name}“ steht zweimal da", name_line)
            self.expect(":")
            members[name] = self.value(depth + 1)

        self.sequence("}", member)
        return JsonObject(line, members)

    def read_list(self, depth: int) -> JsonList:
        line, values = self.line, []
        self.sequence("]", lambda: values.append(self.value(depth + 1)))
        return JsonList(line, values)

    def sequence(self, end: str, read_one: Callable[[], None]) -> None:
        """Read what stands between here and `end`, separated by commas."""
        if self.takes(end):
            return
        while True:
            read_one()
            if self.takes(end):
                return
            self.expect(",")

    def name(self) -> str:
        if not self.text.startswith('"', self.at):
            raise self.error('hier fehlt ein Schlüssel in Anführungszeichen (")')
        return str(self.scalar())

    def scalar(self) -> str | float | bool | None:
        if _NOT_A_NUMBER.match(self.text, self.at):
            raise self.error("NaN und Infinity sind keine Zahlen")
        if not _SCALAR.match(self.text, self.at):
            raise self.error("hier fehlt ein Wert")
        try:
            value, self.at = self.decoder.raw_decode(self.text, self.at)
        except ValueError as error:
            self.at = getattr(error, "pos", self.at)
            raise self.error("ein Text endet nicht oder eine Zahl ist keine") from error
        self.skip_blank()
        found: str | float | bool | None = value
        return found

    def takes(self, mark: str) -> bool:
        """Go behind `mark` and the blanks that follow it, if it stands here."""
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        self.skip_blank()
        return True

    def expect(self, mark: str) -> None:
        if not self.takes(mark):
            raise self.error(f"hier fehlt ein „{mark}“")

    def skip_blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    @property
    def line(self) -> int:
        return bisect(self.line_starts, self.at)

    def error(self, problem: str, line: int | None = None) -> UnreadableSourceError:
        """Return the error for what stands here, or for what began at `line`."""
        return UnreadableSourceError(
            f"Die JSON-Datei ist in {self._place(line)} fehlerhaft ({problem}). "
            "Bitte prüfen Sie dort Kommas, Klammern und Anführungszeichen."
        )

    def _place(self, line: int | None) -> str:
        if len(self.line_starts) == 1:  # a program wrote all of it into one line
            return f"Zeile 1, Zeichen {self.at + 1}"
        return f"Zeile {line or self.line}"
