"""The keys that metadata may have, and what is wrong with a layer that does not keep to them."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - dataclasses read best with all their types at hand
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from rapidfuzz import fuzz, process

from index.errors import UnreadableSourceError
from index.passage import Kind

_HTTP = r"^https?://\S+$"
_ALIKE = 70  # of 100: "valid_untill", but not "notiz"
# What people write whose language is not that of our keys.
_GERMAN_KEYS = {
    "titel": "title",
    "art": "kind",
    "sprache": "language",
    "jahr": "year",
    "thema": "topics",
    "themen": "topics",
    "land": "countries",
    "länder": "countries",
    "zielgruppe": "audiences",
    "zielgruppen": "audiences",
    "adresse": "url",
    "link": "url",
    "aufgenommen": "recorded_on",
    "gültig_ab": "valid_from",
    "gültig_bis": "valid_until",
    "stand": "last_checked",
    "geprüft": "last_checked",
    "lizenz": "licence",
    "förderer": "funder",
    "fördergeber": "funder",
    "antragsteller": "applicants",
    "förderquote": "funding_rate",
    "vorschuss": "prefinancing",
    "abschlag": "prefinancing",
    "vorfinanzierung": "prefinancing",  # by whom, it leaves open: _MEANT says it
    "frist": "deadline",
}


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
_ADVANCE = "ein Teil des Geldes kommt vorher"
_MEANT = {"prefinancing": f"true: {_ADVANCE}"}  # for keys whose name does not tell what true means
_ALLOWED = {
    "language": "zwei Kleinbuchstaben wie de",
    "year": "eine Jahreszahl wie 2026",
    "funding_rate": "ein Anteil zwischen 0 und 1 wie 0.8",
    "amount_min": "ein Betrag in Euro ohne Punkt und Zeichen",
    "amount_max": "ein Betrag in Euro ohne Punkt und Zeichen",
    "prefinancing": f"true ({_ADVANCE}) oder false",
    "automatic": "true oder false",
    "url": "eine Adresse mit https://",
    "video_url": "eine Adresse mit https://",
}


class Declared(BaseModel):
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
    automatic: bool = False
    funder: str | None = None
    applicants: _Words = ()
    amount_min: float | None = Field(None, ge=0, allow_inf_nan=False)
    amount_max: float | None = Field(None, ge=0, allow_inf_nan=False)
    funding_rate: float | None = Field(None, ge=0, le=1)
    prefinancing: bool | None = None
    deadline: Annotated[str, BeforeValidator(_written)] | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """Metadata as one file says them; `lines` tells for a key at which line of `name` it stands."""

    name: str
    values: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)

    def place(self, key: str) -> str:
        """Where a key stands: "a.md, Zeile 3"; what a reader found has no line."""
        name = PurePosixPath(self.name).name
        return f"{name}, Zeile {self.lines[key]}" if key in self.lines else name


def validated(layer: Layer) -> dict[str, object]:
    """Return the given values of a layer in their types; a key without a value says nothing.

    Raises:
        UnreadableSourceError: naming each unknown key and impossible value with its line.
    """
    given = {key: value for key, value in layer.values.items() if value is not None}
    try:
        declared = Declared.model_validate(given)
    except ValidationError as error:
        problems = (_problem(each["type"], str(each["loc"][0]), layer) for each in error.errors())
        name = PurePosixPath(layer.name).name
        message = f"Die Angaben in {name} stimmen nicht. {' '.join(dict.fromkeys(problems))}"
        raise UnreadableSourceError(message) from error
    return {key: getattr(declared, key) for key in declared.model_fields_set}


def _problem(error_type: str, key: str, layer: Layer) -> str:
    where = f"Zeile {layer.lines[key]}: " if key in layer.lines else ""
    return f"{where}{_unknown(key) if error_type == 'extra_forbidden' else _impossible(error_type, key)}"


def _unknown(key: str) -> str:
    known = list(Declared.model_fields)
    alike = process.extractOne(key.lower(), known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    meant = _GERMAN_KEYS.get(key.lower().replace(" ", "_").replace("ue", "ü")) or (
        alike[0] if alike else None
    )
    if meant:
        meaning = f" ({_MEANT[meant]})" if meant in _MEANT else ""
        return f"»{key}« ist unbekannt, meinen Sie »{meant}«{meaning}?"
    return f"»{key}« ist unbekannt (bekannt sind {', '.join(known)})."


def _impossible(error_type: str, key: str) -> str:
    if error_type == "enum":
        return f"»{key}« muss eines sein von {', '.join(Kind)}."
    if error_type.startswith("date"):
        return f"»{key}« ist kein Datum der Form 2026-11-22."
    return f"»{key}« muss {_ALLOWED.get(key, 'ein Text oder eine Liste von Texten')} sein."
