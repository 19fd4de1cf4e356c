"""The metadata of a source: four layers merged, validated, named where they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import UnreadableSourceError
from index.language import HOME_LANGUAGE, detect_language
from index.passage import Funding, Kind, Metadata, QuestionLocation, TimeLocation
from index.yaml_text import compose, construct, key_lines
from ingest.discover import DEFAULTS_NAME
from ingest.file_titles import title_of_file
from ingest.metadata_keys import Layer, validated
from ingest.readers.text_encoding import read_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from index.passage import Document
    from ingest.discover import FoundSource

_MOST_BYTES = 1_000_000  # of a file with metadata: more is none, and it is read in our own process
_SMALL_EURO = 100  # YAML reads "5.000" as five; no programme gives so little
_SAMPLE = 2_000  # characters are plenty to tell a language
_MIN_LETTERS = 40  # fewer are names and prices, which look like any language
_KINDS = {QuestionLocation: Kind.FAQ, TimeLocation: Kind.TRANSKRIPTE}  # of what a document consists of
_FUNDING_KEYS = frozenset(Funding.__dataclass_fields__)
_ASCENDING = (("valid_from", "valid_until"), ("amount_min", "amount_max"))
_YEARS_APART = 1  # a talk of December is often dated to the year of its publication


def metadata_of(found: FoundSource, document: Document) -> Metadata:
    """Return the merged metadata of a source; later layers win.

    Extracted by the reader < defaults of its folders < declared in the file < sidecar. What no
    layer says follows from the path (kind, title) and the text (language).

    Raises:
        UnreadableSourceError: a layer has an unknown key or an impossible value, or two values do not
            go together.
    """
    merged: dict[str, object] = {}
    places: dict[str, str] = {}
    for layer in _layers(found, document):
        values = validated(layer)
        merged |= values
        places |= {key: layer.place(key) for key in values}
    for low, high in _ASCENDING:
        _check_order(low, high, merged, places)
    return _metadata(found, document, merged)


def metadata_doubts(metadata: Metadata) -> tuple[str, ...]:
    """Return a sentence about each statement for which a person should look into the source."""
    doubts = ["Automatisches Transkript: Namen und Zahlen bitte prüfen."] if metadata.automatic else []
    funding = metadata.funding
    amounts = (funding.amount_min, funding.amount_max) if funding else ()
    doubts += [
        f"Ein Förderbetrag ist mit {amount:g} Euro angegeben. Sind Tausend gemeint, schreiben Sie die Zahl "
        "ohne Punkt: 5000 statt 5.000."
        for amount in amounts
        if amount and amount < _SMALL_EURO
    ]
    recorded, year = metadata.recorded_on, metadata.year
    if recorded and year and abs(recorded.year - year) > _YEARS_APART:
        doubts.append(
            f"Das Jahr {year} passt nicht zur Aufnahme vom {recorded:%d.%m.%Y}. Bitte prüfen Sie beides."
        )
    return tuple(doubts)


def _layers(found: FoundSource, document: Document) -> list[Layer]:
    files = [_layer(path) for path in found.metadata_files]
    return [
        Layer(found.source, document.extracted),
        *(layer for layer in files if layer.name == DEFAULTS_NAME),
        Layer(found.source, document.declared, document.declared_lines),
        *(layer for layer in files if layer.name != DEFAULTS_NAME),
    ]


def _layer(path: Path) -> Layer:
    try:
        node = compose(_text(path))
        values = construct(node) if node else {}
    except UnreadableSourceError as error:
        message = f"{path.name}: {error}"
        raise UnreadableSourceError(message) from error
    if not isinstance(values, dict):
        message = f"{path.name}: Erwartet werden Zeilen der Form »Schlüssel: Wert«."
        raise UnreadableSourceError(message)
    return Layer(path.name, {str(key): value for key, value in values.items()}, key_lines(node))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            message = "Die Angaben sind länger als 1 MB. Bitte kürzen Sie die Datei."
            raise UnreadableSourceError(message)
        return read_text(path)
    except OSError as error:
        message = f"Die Angaben lassen sich nicht lesen ({error.strerror})."
        raise UnreadableSourceError(message) from error


def _check_order(low: str, high: str, merged: Mapping[str, object], places: Mapping[str, str]) -> None:
    first, last = merged.get(low), merged.get(high)
    if first is not None and last is not None and first > last:  # type: ignore[operator] # validated
        message = (
            f"Die Angaben passen nicht zusammen: »{low}« ({places[low]}) ist {first}, "
            f"»{high}« ({places[high]}) aber {last}. Bitte berichtigen Sie eine davon."
        )
        raise UnreadableSourceError(message)


def _metadata(found: FoundSource, document: Document, merged: dict[str, object]) -> Metadata:
    funding = {key: merged.pop(key) for key in _FUNDING_KEYS & merged.keys()}
    merged.setdefault("kind", _kind(found.source, document))
    merged.setdefault("title", title_of_file(found.source))
    merged.setdefault("language", _language(document))
    return Metadata(**merged, funding=Funding(**funding) if funding else None)  # type: ignore[arg-type] # validated


def _kind(source: str, document: Document) -> Kind:
    """Return the kind that the folder says, else the one whose places the document's sections have."""
    if kind := Kind.of_folder(source):
        return kind
    kinds = (_KINDS.get(type(section.location)) for section in document.sections)
    return next(filter(None, kinds), Kind.HANDBUCH)


def _language(document: Document) -> str:
    sample = " ".join(section.text for section in document.sections[:20])[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    return detect_language(sample) if letters >= _MIN_LETTERS else HOME_LANGUAGE
