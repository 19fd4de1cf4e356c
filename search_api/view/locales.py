"""How each page language writes dates, numbers, countries and languages, after Unicode's CLDR."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from search_api.view.texts import capitalised

if TYPE_CHECKING:
    from datetime import date

    from search_api.view.languages import PageLanguage

_LOCALES: Final[dict[PageLanguage, str]] = {"de": "de_DE", "en": "en_GB", "fr": "fr_FR"}
_DATES: Final[dict[PageLanguage, Literal["medium", "long"]]] = {"de": "medium", "en": "long", "fr": "long"}
_WHOLE, _WITH_CENTS = "#,##0", "#,##0.00"


def date_words(language: PageLanguage, day: date) -> str:
    """`22.11.2026`, `22 November 2026`, `22 novembre 2026`."""
    return format_date(day, _DATES[language], _locale(language))


def number_words(language: PageLanguage, amount: float) -> str:
    """`50.745`, `50,745`, `50 745`; with two decimals only if it is not whole."""
    return format_decimal(amount, _pattern(amount), _locale(language))


def euros(language: PageLanguage, amount: float) -> str:
    """`50.745 Euro`, `50,745 euros`; with cents only if there are any."""
    pattern, locale = _pattern(amount), _locale(language)
    return format_currency(amount, "EUR", pattern, locale, currency_digits=False, format_type="name")


def country_name(language: PageLanguage, code: str) -> str:
    """`pl` → `Polen`, `Poland`, `Pologne`; an unknown code is shown in capitals."""
    return capitalised(_locale(language).territories.get(code.upper(), code.upper()))


def language_name(language: PageLanguage, code: str) -> str:
    """`fr` → `Französisch`, `French`, `Français`; an unknown code stays as it is."""
    known = _locale(language).languages.get(code)
    return capitalised(known) if known else code


def _pattern(amount: float) -> str:
    return _WHOLE if amount == round(amount) else _WITH_CENTS


@cache
def _locale(language: PageLanguage) -> Locale:
    return Locale.parse(_LOCALES[language])
