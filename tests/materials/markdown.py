"""The small part of Markdown that the sources of the binaries are written in.

Read: front matter, `#` to `###` headings, paragraphs, `- ` and `1. ` lists, `> ` quotations, `| tables |`,
`**bold**`; two directives.
`<!-- spalten: 2 -->` sets what follows on new pages with that many columns, `<!-- seite -->` ends the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import yaml

_FRONT_MATTER = re.compile(r"\A---\n(?P<yaml>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_HEADING = re.compile(r"(?P<marks>#{1,3}) (?P<text>.+)")
_COLUMNS = re.compile(r"<!-- spalten: (?P<count>[12]) -->")
_RULE = re.compile(r"\|[\s|:-]+\|")  # the line between a table's head and body
_POINT = re.compile(r"\d{1,2}\. ")  # of a numbered list; its numbers are counted anew
_PAGE_END = "<!-- seite -->"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without numbers."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A list that counts its lines from 1."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A paragraph in other words than the text's own, such as a template to copy."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first row is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """From here on, on a new page, this many columns."""

    count: int


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The next block starts a new page."""


Block = Heading | Prose | Bullets | Numbered | Quote | Table | Columns | PageEnd


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a source says about itself, and its blocks in order."""

    front_matter: dict[str, str]
    blocks: tuple[Block, ...]


def read_manuscript(markdown: str) -> Manuscript:
    """Read a source; a text without front matter is all body."""
    match = _FRONT_MATTER.match(markdown)
    loaded = yaml.safe_load(match["yaml"]) if match else {}
    body = match["body"] if match else markdown
    return Manuscript({key: str(value) for key, value in loaded.items()}, tuple(_blocks(body)))


def bold_runs(text: str) -> Iterator[tuple[str, bool]]:
    """Split a line at `**`: pairs of text and whether it is bold."""
    for position, run in enumerate(text.split("**")):
        if run:
            yield run, position % 2 == 1


def _blocks(body: str) -> Iterator[Block]:
    for chunk in re.split(r"\n\s*\n", body.strip()):
        for kind, group in groupby(chunk.splitlines(), key=_kind):
            yield from _read_group(kind, list(group))


def _kind(line: str) -> str:
    if _POINT.match(line):
        return "1"
    return line[0] if line.startswith(("#", "|", "<!--", "- ", "> ", "  ")) else "prose"


def _read_group(kind: str, lines: list[str]) -> Iterator[Block]:
    if kind == "#":
        yield from (_heading(line) for line in lines)
    elif kind == "|":
        yield Table(tuple(_cells(line) for line in lines if not _RULE.fullmatch(line)))
    elif kind == "-":
        yield Bullets(tuple(line.removeprefix("- ") for line in lines))
    elif kind == "1":
        yield Numbered(tuple(_POINT.sub("", line, count=1) for line in lines))
    elif kind == ">":
        yield Quote(" ".join(line.removeprefix("> ").strip() for line in lines))
    elif kind == "<":
        yield from (_directive(line) for line in lines)
    elif kind == "prose":
        yield Prose(" ".join(line.strip() for line in lines))
    else:
        raise ValueError(f"an indented line is none of the forms read here: {lines[0]!r}")


def _heading(line: str) -> Heading:
    match = _HEADING.fullmatch(line)
    if match is None:
        raise ValueError(f"not a heading of level 1 to 3: {line!r}")
    return Heading(len(match["marks"]), match["text"])


def _directive(line: str) -> Columns | PageEnd:
    if line == _PAGE_END:
        return PageEnd()
    match = _COLUMNS.fullmatch(line)
    if match is None:
        raise ValueError(f"unknown directive: {line!r}")
    return Columns(int(match["count"]))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))
