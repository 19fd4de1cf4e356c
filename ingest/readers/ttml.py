"""TTML and DFXP subtitles: paragraphs with times, in divisions that may have times of their own.

The format: https://www.w3.org/TR/ttml1/ and https://www.w3.org/TR/ttml2/
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from ingest.readers.cues import Caption
from ingest.readers.extracted import language_code, sensible_title
from ingest.readers.running_text import collapse, collapse_lines
from ingest.readers.transcript import Transcript, document_from
from ingest.readers.ttml_times import Rates, Span, rates_from, span_of
from ingest.readers.xml_safely import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lxml.etree import _Element

    from index.passage import Document

_SILENT = frozenset({"metadata", "title", "desc", "copyright", "agent", "set", "animate", "head", "layout"})
_BLANKS = re.compile(r"\s+")
_TOUCHING_S = 0.1  # seconds between spans that are one subtitle
_ALWAYS = Span(0.0, math.inf)


@dataclass(frozen=True, slots=True)
class _Run:
    """Text of one paragraph that is shown at the same time and said by the same person."""

    text: str
    span: Span
    speaker: str | None


@dataclass(slots=True)
class _File:
    """What holds for the whole file while its elements are walked."""

    rates: Rates
    agents: Mapping[str, str]
    transcript: Transcript = field(default_factory=Transcript)


def read(path: Path) -> Document:
    """Return the words of a TTML file with the times that its elements have within their parents.

    Raises:
        UnreadableSourceError: for a file that is no TTML, or defines entities.
    """
    root, damage = parse_xml(path.read_bytes())
    if _name(root) != "tt":
        raise UnreadableSourceError(
            f"Die Datei ist XML, aber keine TTML-Untertitel (sie beginnt mit „{_name(root)}“). "
            "Bitte prüfen Sie, ob es die richtige ist."
        )
    file = _File(rates_from(_attributes(root)), _agents(root))
    head = next((child for child in root if _name(child) == "head"), None)
    titles = () if head is None else (_text(each) for each in head.iter() if _name(each) == "title")
    file.transcript.title = sensible_title(next(iter(titles), None))
    file.transcript.language = language_code(_attributes(root).get("lang"))
    file.transcript.unread += damage
    for body in (child for child in root if _name(child) == "body"):
        _walk(body, 0.0, _ALWAYS, None, file)
    return document_from(path, file.transcript)


def _walk(element: _Element, origin: float, parent: Span, speaker: str | None, file: _File) -> float:
    """Take what an element says; return when it is over, which is where its next in a sequence begins."""
    span, speaker = _place(element, origin, parent, speaker, file)
    if _name(element) == "p":
        captions = list(_captions(list(_runs(element, span, speaker, file))))
        for caption in captions:
            file.transcript.add(caption)
        inner = [caption.end for caption in captions if caption.end < parent.end]
        return span.end if span.own_end else max([span.begin, *inner])
    follows = _attributes(element).get("timeContainer") == "seq"
    over = span.begin
    for child in element:
        if _name(child) not in _SILENT:
            ended = _walk(child, over if follows else span.begin, span, speaker, file)
            over = ended if follows else max(over, ended)
    return span.end if span.own_end else over


def _place(
    element: _Element, origin: float, parent: Span, speaker: str | None, file: _File
) -> tuple[Span, str | None]:
    attributes = _attributes(element)
    line = f"Zeile {element.sourceline}"
    span = span_of(
        attributes,
        origin,
        parent,
        file.rates,
        lambda words: file.transcript.doubts.append(f"{line}: {words}"),
    )
    agent = attributes.get("agent", "").split()
    return span, " und ".join(file.agents.get(each, each) for each in agent) or speaker


def _runs(element: _Element, span: Span, speaker: str | None, file: _File) -> Iterator[_Run]:
    """Yield the texts of a paragraph or span in order, each with the times that hold for it."""
    yield _Run(_unbroken(element.text), span, speaker)
    follows, over = _attributes(element).get("timeContainer") == "seq", span.begin
    for child in element:
        if _name(child) == "br":
            yield _Run("\n", span, speaker)
        elif _name(child) not in _SILENT:
            inner, who = _place(child, over if follows else span.begin, span, speaker, file)
            yield from _runs(child, inner, who, file)
            over = inner.end if inner.own_end else over
        yield _Run(_unbroken(child.tail), span, speaker)


def _captions(runs: Sequence[_Run]) -> Iterator[Caption]:
    """Yield the captions of a paragraph: a new one where the speaker changes or the times leave a gap."""
    groups: list[list[_Run]] = []
    for run in runs:
        if not run.text.strip():
            if groups:
                groups[-1].append(replace(run, span=groups[-1][-1].span))  # keeps the blank between words
        elif groups and run.speaker == groups[-1][-1].speaker and _goes_on(groups[-1], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    for group in groups:
        yield _caption(group)


def _goes_on(group: Sequence[_Run], run: _Run) -> bool:
    former = group[-1].span
    return former == run.span or former.begin <= run.span.begin <= former.end + _TOUCHING_S


def _caption(group: Sequence[_Run]) -> Caption:
    text = collapse_lines("".join(run.text for run in group))
    starts: tuple[float, ...] = ()
    if len({run.span.begin for run in group}) > 1:
        starts = tuple(_word_starts(group))
    start = min(run.span.begin for run in group)
    is_known = len(starts) == len(text.split()) and list(starts) == sorted(starts)
    end = max(run.span.end for run in group)
    return Caption(start, end, text, group[0].speaker, starts if is_known else ())


def _unbroken(text: str | None) -> str:
    """Return text with blanks for the line ends of the file; only `br` ends a line."""
    return _BLANKS.sub(" ", text or "")


def _word_starts(group: Sequence[_Run]) -> Iterator[float]:
    """Yield for each word the time of the run that it begins in; it may go on into the next run."""
    goes_on = False
    for run in group:
        words = len(run.text.split())
        is_continued = goes_on and not run.text[:1].isspace()
        yield from [run.span.begin] * (words - is_continued if words else 0)
        goes_on = not run.text[-1:].isspace() if run.text else goes_on


def _agents(root: _Element) -> Mapping[str, str]:
    named = {}
    for agent in root.iter():
        if _name(agent) == "agent":
            names = (_text(each) for each in agent.iter() if _name(each) == "name")
            named[_attributes(agent).get("id", "")] = next((name for name in names if name), "")
    return {identifier: name for identifier, name in named.items() if identifier and name}


def _attributes(element: _Element) -> dict[str, str]:
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "metadata"


def _text(element: _Element) -> str:
    return collapse("".join(str(part) for part in element.itertext()))
