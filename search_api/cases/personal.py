"""What looks like personal data in a text: patterns, in the order in which they are told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.personal import IBAN, MAIL, SPACED_IBAN, TELEPHONE, undisguised
from search_api.schemas import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from search_api.schemas import FindingKind

_EXCERPT = 80  # characters
_MONTHS = "Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_GAP = r"[\s()/.–-]"  # between the digits of a telephone number
_NAME = r"[A-ZÄÖÜŁŚŻÇŞĞİÉ][\w'’-]+"
_TITLES = r"(?:(?:Dr|Prof|Dipl|Ing|Mag|med|jur|phil|h|c)\.?[-\s]{0,3}){0,4}"
_BEFORE_A_NAME = "Herrn?|Frau|Hr\\.|Fr\\.|Familie|Eheleute|Monsieur|Madame|Mme|Mr\\.?|Mrs\\.?|Ms\\.?|Pan|Pani"
_GREETING = "Liebe[rs]?|Hallo|Hi|Moin|Sehr geehrter?|Guten Tag,?|Chère?|Dear|Bonjour"
_FAREWELL = "[Gg]r(?:ü|ue)(?:ß|ss)en?|Gru(?:ß|ss)|LG|VG|MfG|Ihre?|Euer"
# Many people are addressed, or nobody in particular.
_MANY = (
    "Damen|Herren|Mitglied|Freund|Gäste|Gast|Kolleg|Verein|Aktive|Engagierte|Ehrenamt|Alle|Eltern|Kinder|Teilnehm|"
    "Leser|Nachbar|Bürger|Mitstreiter|Partner|Vorstand|Präsident|Minister|Ratsmitglied|Welt"
)
_STREET = "stra(?:ß|ss)e|str\\.|weg|platz|allee|gasse|ring|ufer|damm|chaussee|hof|markt|steig"
# What a number of five digits counts, so that it is no postal code.
_COUNTED = (
    "Euro|EUR|Mensch|Person|Einwohner|Mitglied|Stück|Teilnehm|Besuch|Bürger|Kilometer|Meter|Stund|Zloty|Franken|"
    "Dollar|Pfund|Seiten|Jahr|Tage|Zeichen|Worte|Wörter|Schüler|Jugendlich|Gäste|Verein|Kommun|Städt|Gemeinden|"
    "Prozent|Exemplar|Kinder"
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A kind of personal data. `confirmable`: names and places, which may be those of an office."""

    kind: FindingKind
    name: str
    expression: re.Pattern[str]
    confirmable: bool = False


def _any(*expressions: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(expressions), flags)


_LABELLED = re.compile(
    rf"(?:\b(?:Tel(?:efon\w*|\.)?|Handy\w*|Mobil\w*|Fax\w*|Rufnummer|Durchwahl)|☎)[\s.:-]{{0,4}}(?!{TELEPHONE.pattern})\(?\d"
    rf"(?:{_GAP}{{0,3}}\d){{2,14}}"
)
_BIRTH_DATE = _any(
    r"(?:\bgeboren|\bgeb\.|\bGeburtsdatum|\bGeburtstag|\*)\D{0,20}\d{1,2}\.\s?"
    rf"(?:\d{{1,2}}\.|(?:{_MONTHS})\w*)\s?\d{{2,4}}",
    flags=re.IGNORECASE,
)
_HOUSE = _any(
    rf"(?:{_STREET})\s?\d{{1,3}}"
    rf"(?!\d|[.,]\d|\.?\s?(?:{_MONTHS}|Euro|€|%))(?:\s?[a-h]\b)?",
    r"\b\d{1,3}\s?(?:bis|ter)?,?\s(?:rue|avenue|boulevard)\s\w+",
    r"\bul\.\s?\w+\s\d+",
    flags=re.IGNORECASE,
)
_NAME_BACKWARDS = re.compile(
    r"[\w-]*(?: [\w-]+)?"
)  # of a street, read from its end: a try at each word is slow
_TOWN = _any(
    rf"(?<![\d.,])(?:[A-Z]{{1,2}}-)?(?:\d{{5}}|\d{{2}}-\d{{3}})\s(?!(?:{_COUNTED})\w*)[A-ZÄÖÜŁŚŻ][^\W\d_]+"
)
_SALUTATION = _any(
    rf"\b(?:{_BEFORE_A_NAME})\s{_TITLES}(?!(?:{_MANY})\w*){_NAME}",
    rf"\b(?:{_GREETING})\s{_TITLES}(?!(?:{_MANY}|Frau\b|Herr\b)\w*){_NAME}",
    rf"\b(?:[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e|[Nn]amens)\s{_NAME}",
)
_SIGNATURE = _any(rf"\b(?:{_FAREWELL})[,!]?\s?\n\s{{0,3}}{_NAME}", rf"\b(?:LG|VG|MfG),?\s{_NAME}")

_PATTERNS = (
    _Pattern("email", "E-Mail-Adresse", MAIL),
    _Pattern("iban", "IBAN", IBAN),
    _Pattern("iban", "IBAN", SPACED_IBAN),
    _Pattern("telephone", "Telefonnummer", TELEPHONE),
    _Pattern("telephone", "Telefonnummer", _LABELLED),
    _Pattern("birth_date", "Geburtsdatum", _BIRTH_DATE),
    _Pattern("street", "Straße mit Hausnummer", _HOUSE, confirmable=True),
    _Pattern("postal_code", "Postleitzahl mit Ort", _TOWN, confirmable=True),
    _Pattern("salutation", "Anrede mit Namen", _SALUTATION, confirmable=True),
    _Pattern("signature", "Gruß mit Namen", _SIGNATURE, confirmable=True),
)


def personal_data(texts: Mapping[str, str]) -> list[Finding]:
    """Return what looks like personal data in texts, which are named in German by where they stand.

    Disguised signs (full-width digits, invisible blanks) count as what they look like.
    """
    return [finding for place, text in texts.items() for finding in _found(place, undisguised(text))]


def _found(place: str, text: str) -> Iterator[Finding]:
    for pattern in _PATTERNS:
        for match in pattern.expression.finditer(text):
            before = _name_before(text, match.start()) if pattern.kind == "street" else ""
            words = " ".join(f"{before}{match[0]}".split())[:_EXCERPT]
            yield Finding(
                kind=pattern.kind,
                name=pattern.name,
                place=place,
                excerpt=words,
                confirmable=pattern.confirmable,
            )


def _name_before(text: str, end: int) -> str:
    """Return the words that a street's name begins with."""
    backwards = text[max(0, end - _EXCERPT // 2) : end][::-1]
    found = _NAME_BACKWARDS.match(backwards)
    return found[0][::-1] if found else ""
