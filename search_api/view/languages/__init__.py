"""The languages of the pages: one table of texts each, German where another is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from search_api.view.languages.english import ENGLISH
from search_api.view.languages.french import FRENCH
from search_api.view.languages.german import GERMAN

if TYPE_CHECKING:
    from search_api.view.texts import Texts

PageLanguage = Literal["de", "en", "fr"]

ALL_TEXTS: Final = (GERMAN, ENGLISH, FRENCH)  # in the order in which a page offers them


def texts_in(code: str) -> Texts:
    """The texts of a page language such as `en`; German for every other code."""
    return next((texts for texts in ALL_TEXTS if texts.language == code), GERMAN)
