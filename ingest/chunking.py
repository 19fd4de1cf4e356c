"""From sections to passages: sizes in model tokens, sections never mixed, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from langchain_text_splitters import RecursiveCharacterTextSplitter

from index.passage import Passage, Span, TimeLocation
from ingest.sentences import SENTENCE_BREAK, sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from index.passage import Cue, Document, Location, Metadata, Section

MAX_TOKENS = 300  # on corpus/fragen.yaml as good as 380 and a point better than 200 (nDCG@10)
_SEPARATORS = ["\n\n", "\n", SENTENCE_BREAK, r"\s+", ""]  # tried in this order
_ENDS = (".", "!", "?", "…", "“", "”", '"')


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a passage to be, with its place."""

    text: str
    location: Location
    sentences: tuple[Span, ...]


def passages_of(
    document: Document, source: str, metadata: Metadata, count_tokens: Callable[[str], int]
) -> list[Passage]:
    """Return the passages of a document in reading order, positions counted from 0."""
    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=MAX_TOKENS,
        chunk_overlap=0,
        length_function=count_tokens,
    )
    found = [
        (section.heading, text)
        for section in document.sections
        for text in _texts(section, splitter, count_tokens, metadata)
    ]
    return [
        Passage(source, position, text.text, heading, text.location, text.sentences, metadata)
        for position, (heading, text) in enumerate(found)
    ]


def _texts(
    section: Section,
    splitter: RecursiveCharacterTextSplitter,
    count_tokens: Callable[[str], int],
    metadata: Metadata,
) -> Iterator[_Text]:
    if section.cues:
        for cues in _packed(section.cues, count_tokens):
            yield _spoken(cues, metadata.video_url)
        return
    texts = [section.text.strip()] if section.whole else splitter.split_text(section.text)
    for text in texts:
        if text.strip():
            yield _Text(text, section.location, sentence_spans(text))


def _packed(cues: Iterable[Cue], count_tokens: Callable[[str], int]) -> Iterator[list[Cue]]:
    """Group whole cues up to the size limit; a group ends with a sentence where it can."""
    group: list[Cue] = []
    for cue in cues:
        group.append(cue)
        while sum(count_tokens(each.text) for each in group) > MAX_TOKENS and len(group) > 1:
            cut = _sentence_end(group)
            yield group[:cut]
            group = group[cut:]
    if group:
        yield group


def _sentence_end(group: list[Cue]) -> int:
    """Return how many cues to take: up to the last finished sentence in the second half."""
    for count in range(len(group) - 1, len(group) // 2, -1):
        if group[count - 1].text.rstrip().endswith(_ENDS):
            return count
    return len(group) - 1


def _spoken(cues: list[Cue], video_url: str | None) -> _Text:
    """Return the cues as text, one line a turn, "Name: words"; the name belongs to no sentence."""
    text, sentences = "", []
    for speaker, turn in groupby(cues, key=lambda cue: cue.speaker):
        words = " ".join(cue.text for cue in turn)
        text += ("\n" if text else "") + (f"{speaker}: " if speaker else "")
        offset = len(text)
        text += words
        sentences += [Span(span.start + offset, span.end + offset) for span in sentence_spans(words)]
    location = TimeLocation(cues[0].start, cues[-1].end)
    return _Text(text, replace(location, url=deep_link(video_url, location.start)), tuple(sentences))


def deep_link(video_url: str | None, start_s: float) -> str | None:
    """Return the address that opens a recording at a second; none without a recording.

    YouTube reads the query `t` (https://support.google.com/youtube/answer/57741), Vimeo and media
    files the fragment `t` (https://www.w3.org/TR/media-frags/).
    """
    if video_url is None:
        return None
    address = urlsplit(video_url)
    if not address.hostname or not address.hostname.endswith(("youtube.com", "youtu.be")):
        return urlunsplit(address._replace(fragment=f"t={int(start_s)}"))
    query = [pair for pair in parse_qsl(address.query) if pair[0] != "t"]
    return urlunsplit(address._replace(query=urlencode([*query, ("t", int(start_s))]), fragment=""))
