"""What reading found in a source that a person should look at; each remark says what to do."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.language import LANGUAGES, detect_language
from index.passage import Kind, TimeLocation
from ingest.discover import SIDECAR_SUFFIX
from ingest.metadata import metadata_doubts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.passage import Document, Metadata, Passage

_MOST_PLACES = 20  # unread or doubtful places that are named; nobody reads 300 scanned pages one by one
_GARBLED_SHARE = 0.02  # of the words; none at all in the 122 sources of corpus/ and benchmarks/sets/
_FEWEST_GARBLED = 3  # words; one is a product's name
_LONG_TEXT = 7_500  # characters, about three printed pages
_TORN_SHARE = 0.5  # of the lines have one word; none in those sources that have enough lines to tell
_FEWEST_LINES = 30  # fewer tell nothing
_TELLING = 300  # characters from which the language of a text is beyond doubt
_SAMPLE = 3_000  # characters, taken from all parts of the text

_NO_LETTERS = re.compile("[\ufffd\ue000-\uf8ff]")  # "could not be decoded", and glyphs of one font alone
_DIGIT_INSIDE = re.compile(r"[a-zäöüß]\d+[a-zäöüß]")
_ADDRESS = re.compile(r"[/@:_]|\.\w")
_FUNDING_FACTS = {"funder": "Fördergeber (»funder«)", "deadline": "Frist (»deadline«)"}


def remarks_of(document: Document, metadata: Metadata, passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return what is to be said about a source that could be read, in German; nothing if all is well.

    What depends on the day or on other sources is not among it, see `index/health.py`.
    """
    sidecar = PurePosixPath(passages[0].source).name + SIDECAR_SUFFIX
    return (
        *_places("Nicht gelesen, bitte ergänzen", document.unread),
        *_places("Bitte nachsehen", (*metadata_doubts(metadata), *document.doubts)),
        *_about_text(document, metadata),
        *_about_metadata(metadata, sidecar),
        *_about_language(metadata, passages, sidecar),
    )


def _places(what: str, sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences[:_MOST_PLACES]:
        yield f"{what}: {sentence}"
    if (more := len(sentences) - _MOST_PLACES) > 0:
        yield f"{what}: Das gilt noch für {more} weitere Stellen der Datei."


def _about_text(document: Document, metadata: Metadata) -> Iterator[str]:
    text = "\n".join(section.text for section in document.sections)
    share = garbled_share(text)
    if share >= _GARBLED_SHARE:
        yield (
            f"{share:.0%} der Wörter sind entstellt (fremde Zeichen, Ziffern mitten im Wort). Bitte "
            "speichern Sie die Datei aus dem ursprünglichen Programm neu oder lassen Sie sie neu einlesen."
        )
    if torn_share(text) >= _TORN_SHARE:
        yield (
            "Auffallend viele Zeilen bestehen aus einem einzigen Wort, vermutlich sind Spalten zerrissen. "
            "Bitte vergleichen Sie den Text mit der Datei und legen Sie sie sonst einspaltig ab."
        )
    if (
        metadata.kind in {Kind.HANDBUCH, Kind.STUDIEN}
        and len(text) > _LONG_TEXT
        and not _has_headings(document)
    ):
        yield (
            "Der lange Text hat keine Überschriften, Fundstellen sind darin schwer einzuordnen. Bitte geben "
            "Sie den Überschriften die Formatvorlage »Überschrift« (in Markdown: #)."
        )
    if metadata.kind is Kind.TRANSKRIPTE and not _has_times(document):
        yield (
            "Dem Transkript fehlen die Zeiten, Treffer öffnen die Aufnahme nicht an ihrer Stelle. Bitte "
            "legen Sie die Untertitel als .vtt oder .srt ab."
        )


def garbled_share(text: str) -> float:
    """Return the share of words with characters that belong into none, 0 where these are very few."""
    words = text.split()
    garbled = sum(map(_is_garbled, words))
    return garbled / len(words) if garbled >= _FEWEST_GARBLED else 0.0


def torn_share(text: str) -> float:
    """Return the share of lines with a single word, 0 in a text of few lines."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    alone = sum(len(words) == 1 for words in lines)
    return alone / len(lines) if len(lines) >= _FEWEST_LINES else 0.0


def _is_garbled(word: str) -> bool:
    if _NO_LETTERS.search(word):
        return True
    return bool(_DIGIT_INSIDE.search(word)) and not _ADDRESS.search(word)


def _has_headings(document: Document) -> bool:
    return any(section.heading for section in document.sections)


def _has_times(document: Document) -> bool:
    return any(isinstance(section.location, TimeLocation) for section in document.sections)


def _about_metadata(metadata: Metadata, sidecar: str) -> Iterator[str]:
    if metadata.kind is Kind.FOERDERUNG:
        funding = metadata.funding
        missing = [name for key, name in _FUNDING_FACTS.items() if not getattr(funding, key, None)]
        if missing:
            yield f"Es fehlt: {', '.join(missing)}. Bitte tragen Sie das in »{sidecar}« ein."


def _about_language(metadata: Metadata, passages: Sequence[Passage], sidecar: str) -> Iterator[str]:
    step = max(1, len(passages) // 10)
    sample = " ".join(passage.text for passage in passages[::step])[:_SAMPLE]
    if len(sample) < _TELLING or metadata.language not in LANGUAGES:
        return
    detected = detect_language(sample)
    if detected != metadata.language:
        yield (
            f"Angegeben ist die Sprache »{metadata.language}«, der Text ist aber vermutlich »{detected}«. "
            f"Bitte berichtigen Sie »language« in »{sidecar}«."
        )
