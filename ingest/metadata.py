"""The metadata of a source: four layers merged, validated, named where they are wrong."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from index.errors import UnreadableSourceError
from index.language import detect_language
from index.passage import Funding, Kind, Metadata
from ingest.discover import DEFAULTS_NAME
from ingest.readers.text_encoding import read_text
from ingest.readers.yaml_text import load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from index.passage import Document
    from ingest.discover import FoundSource

_KIND_OF_SUFFIX = {
    ".yaml": Kind.FAQ,
    ".yml": Kind.FAQ,
    ".csv": Kind.FAQ,
    ".vtt": Kind.TRANSKRIPTE,
    ".srt": Kind.TRANSKRIPTE,
}
_SAMPLE = 2_000  # characters are plenty to tell a language
_HTTP = r"^https?://\S+$"


def _listed(value: object) -> object:
    """Return one word as a list of one; YAML reads Norway's "no" as false, which is mended here."""
    values = value if isinstance(value, list) else [value]
    return ["no" if each is False else each for each in values]


def _short(value: object) -> object:
    """Return "de" for "de-DE"."""
    return value.split("-")[0].lower() if isinstance(value, str) else value


def _written(value: object) -> object:
    """Return a date as text: YAML makes one of an unquoted deadline."""
    return value.isoformat() if isinstance(value, date) else value


_Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
_ALLOWED = {
    "language": "zwei Kleinbuchstaben wie de",
    "year": "eine Jahreszahl wie 2026",
    "funding_rate": "ein Anteil zwischen 0 und 1 wie 0.8",
    "amount_min": "ein Betrag in Euro ohne Punkt und Zeichen",
    "amount_max": "ein Betrag in Euro ohne Punkt und Zeichen",
    "prefinancing": "true oder false",
    "url": "eine Adresse mit https://",
    "video_url": "eine Adresse mit https://",
}


class _Declared(BaseModel):
    """The keys that metadata may have; contract in the README."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    title: str | None = Field(None, min_length=1)
    kind: Kind | None = None
    language: Annotated[str, BeforeValidator(_short)] | None = Field(None, pattern="^[a-z]{2}$")
    year: int | None = Field(None, ge=1900, le=2200)
    topics: _Words = ()
    countries: _Words = ()
    audiences: _Words = ()
    url: str | None = Field(None, pattern=_HTTP)
    video_url: str | None = Field(None, pattern=_HTTP)
    recorded_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    last_checked: date | None = None
    licence: str | None = None
    funder: str | None = None
    applicants: _Words = ()
    amount_min: float | None = Field(None, ge=0)
    amount_max: float | None = Field(None, ge=0)
    funding_rate: float | None = Field(None, ge=0, le=1)
    prefinancing: bool | None = None
    deadline: Annotated[str, BeforeValidator(_written)] | None = None


_FUNDING_KEYS = frozenset(Funding.__dataclass_fields__)


def metadata_of(found: FoundSource, document: Document) -> Metadata:
    """Return the merged metadata of a source; later layers win.

    Extracted by the reader < defaults of its folders < declared in the file < sidecar. What no
    layer says follows from the path (kind, title) and the text (language).

    Raises:
        UnreadableSourceError: a layer has an unknown key or an impossible value.
    """
    layers: list[tuple[str, Mapping[str, object]]] = [(found.source, document.extracted)]
    files = [(path.name, _mapping(path.name, _text(path))) for path in found.metadata_files]
    layers += [each for each in files if each[0] == DEFAULTS_NAME]
    layers.append((found.source, document.declared))
    layers += [each for each in files if each[0] != DEFAULTS_NAME]
    merged: dict[str, object] = {}
    for name, layer in layers:
        merged |= _validated(name, layer)
    return _metadata(found, document, merged)


def _metadata(found: FoundSource, document: Document, merged: dict[str, object]) -> Metadata:
    funding = {key: merged.pop(key) for key in _FUNDING_KEYS & merged.keys()}
    merged.setdefault("kind", _kind(found.source))
    merged.setdefault("title", _title(found.source))
    merged.setdefault("language", _language(document))
    return Metadata(**merged, funding=Funding(**funding) if funding else None)  # type: ignore[arg-type] # validated


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except OSError as error:
        message = f"Die Angaben in {path.name} lassen sich nicht lesen ({error.strerror})."
        raise UnreadableSourceError(message) from error


def _mapping(name: str, text: str) -> Mapping[str, object]:
    loaded = load(text)
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        message = f"{name}: Erwartet werden Zeilen der Form »Schlüssel: Wert«."
        raise UnreadableSourceError(message)
    return {str(key): value for key, value in loaded.items()}


def _validated(name: str, layer: Mapping[str, object]) -> dict[str, object]:
    """Return the given values of a layer in their types; a key without a value says nothing."""
    try:
        declared = _Declared.model_validate({key: value for key, value in layer.items() if value is not None})
    except ValidationError as error:
        problems = "; ".join(_problem(each["type"], str(each["loc"][0])) for each in error.errors())
        message = f"Die Angaben in {PurePosixPath(name).name} stimmen nicht: {problems}."
        raise UnreadableSourceError(message) from error
    return {key: getattr(declared, key) for key in declared.model_fields_set}


def _problem(error_type: str, key: str) -> str:
    if error_type == "extra_forbidden":
        return f"»{key}« ist unbekannt (bekannt sind {', '.join(_Declared.model_fields)})"
    if error_type == "enum":
        return f"»{key}« muss eines sein von {', '.join(Kind)}"
    if error_type.startswith("date"):
        return f"»{key}« ist kein Datum der Form 2026-11-22"
    return f"»{key}« muss {_ALLOWED.get(key, 'ein Text oder eine Liste von Texten')} sein"


def _kind(source: str) -> Kind:
    folder = source.split("/", maxsplit=1)[0]
    if folder in set(Kind):
        return Kind(folder)
    return _KIND_OF_SUFFIX.get(PurePosixPath(source).suffix.lower(), Kind.HANDBUCH)


def _title(source: str) -> str:
    """Return the file's name as a title: "2026-03_flyer-cerv.pdf" is "2026 03 flyer cerv"."""
    words = re.sub(r"[\s_\-]+", " ", PurePosixPath(source).stem).strip()
    return words[:1].upper() + words[1:] if words else source


def _language(document: Document) -> str:
    sample = " ".join(section.text for section in document.sections[:20])
    return detect_language(sample[:_SAMPLE])
