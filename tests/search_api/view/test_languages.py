"""The tables of texts: none has a gap, none forgot to translate, and all are filled in alike."""

from __future__ import annotations

from dataclasses import fields
from string import Formatter
from typing import TYPE_CHECKING, get_args

import pytest

from search_api.view.languages import ALL_TEXTS, PageLanguage, texts_in
from search_api.view.languages.german import GERMAN
from search_api.view.office_texts import OfficeTexts
from search_api.view.reason_texts import ReasonTexts

if TYPE_CHECKING:
    from search_api.view.texts import Texts

SAME_IN_ALL = frozenset[str]()  # names that stay as they are: "field" or "field.key"


def strings(texts: Texts | OfficeTexts | ReasonTexts) -> dict[str, str]:
    """Every string of a table by its name, `verdicts.none` for one in a mapping or in another table."""
    found: dict[str, str] = {}
    for field in fields(texts):
        value = getattr(texts, field.name)
        if isinstance(value, str):
            found[field.name] = value
        else:
            inner = strings(value) if isinstance(value, OfficeTexts | ReasonTexts) else value
            found |= {f"{field.name}.{key}": each for key, each in inner.items()}
    return found


def put_in(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def test_every_page_language_has_its_table() -> None:
    assert {texts.language for texts in ALL_TEXTS} == {*get_args(PageLanguage)}
    assert [texts_in(texts.language) for texts in ALL_TEXTS] == [*ALL_TEXTS]
    assert texts_in("xx") is GERMAN


@pytest.mark.parametrize("texts", ALL_TEXTS, ids=lambda texts: texts.language)
def test_no_string_is_missing_or_filled_in_differently(texts: Texts) -> None:
    german, ours = strings(GERMAN), strings(texts)
    assert ours.keys() == german.keys()
    assert [name for name, words in ours.items() if not words.strip()] == []
    assert [name for name in ours if put_in(ours[name]) != put_in(german[name])] == []


@pytest.mark.parametrize("texts", ALL_TEXTS[1:], ids=lambda texts: texts.language)
def test_no_string_was_left_in_german(texts: Texts) -> None:
    german = strings(GERMAN)
    left = {name for name, words in strings(texts).items() if words == german[name]}
    assert left == SAME_IN_ALL


def test_french_marks_stand_behind_a_blank_that_keeps() -> None:
    french = "".join(strings(texts_in("fr")).values())
    loose = [mark for mark in ":;?!»" if f" {mark}" in french]
    assert loose == []
