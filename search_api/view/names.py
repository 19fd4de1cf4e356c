"""What people call the things that the API names in codes: kinds, countries, languages, audiences."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from search_api.view.locales import country_name, language_name
from search_api.view.texts import capitalised

if TYPE_CHECKING:
    from search_api.view.texts import Texts

# Where town twinnings lead to: Europe with its neighbours, and the countries of the large old partnerships.
_PARTNERS: Final = (
    "ad al am at az ba be bg by ca ch cn cy cz dk ee es fi fr gb ge gr hr hu ie il is it jp li lt lu lv mc "
    "md me mk mt nl no pl pt ro rs ru se si sk sm tr ua us xk"
).split()


def kind_name(texts: Texts, code: str) -> str:
    """`foerderung` → `Förderung`."""
    return texts.kinds.get(code, capitalised(code))


def countries(texts: Texts) -> dict[str, str]:
    """All partner countries by code, in the order of their names."""
    named = {code: country_name(texts.language, code) for code in _PARTNERS}
    return dict(sorted(named.items(), key=lambda entry: _without_marks(entry[1])))


def value_name(texts: Texts, facet: str, value: str) -> str:
    """A filter's value as people say it."""
    if facet == "country":
        return country_name(texts.language, value)
    if facet == "language":
        return language_name(texts.language, value)
    known = {"kind": texts.kinds, "audience": texts.audiences}.get(facet, {})
    return known.get(value, capitalised(value))


def _without_marks(name: str) -> str:
    """`Österreich` is looked for under O, `États-Unis` under E."""
    parts = unicodedata.normalize("NFD", name)
    return "".join(part for part in parts if not unicodedata.combining(part))
