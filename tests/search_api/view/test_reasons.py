"""Why a programme fits: each rule has its sentence in each language, with what it is about put in."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, get_args

import pytest

from search_api.schemas import ApplicantName, PurposeName, Reason, RuleName
from search_api.view.languages import ALL_TEXTS, texts_in
from search_api.view.reason_texts import ReasonTexts
from search_api.view.reasons import reason_phrase
from tests.search_api.view import samples

if TYPE_CHECKING:
    from search_api.view.texts import Texts


def test_a_sentence_stands_for_every_rule_and_nothing_else() -> None:
    named = {field.name for field in fields(ReasonTexts)}
    assert named - {"applicants", "purposes"} == {*get_args(RuleName)}
    assert {each.reason.rule for each in samples.REASONS} == {*get_args(RuleName)}


@pytest.mark.parametrize("texts", ALL_TEXTS, ids=lambda texts: texts.language)
def test_every_answer_of_the_guide_has_its_words(texts: Texts) -> None:
    assert texts.reasons.applicants.keys() == {*get_args(ApplicantName)}
    assert texts.reasons.purposes.keys() == {*get_args(PurposeName)}


@pytest.mark.parametrize("texts", ALL_TEXTS, ids=lambda texts: texts.language)
def test_each_rule_is_said_to_its_end(texts: Texts) -> None:
    told = {str(reason_phrase(texts, each.reason)) for each in samples.REASONS}
    assert len(told) == len(samples.REASONS)
    assert [sentence for sentence in told if not sentence.endswith(".") or "{" in sentence] == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Höchstens 5.000 Euro; den Rest müssen Sie anders decken."),
        ("en", "At most 5,000 euros; you have to cover the rest in another way."),
    ],
)
def test_amounts_are_written_as_the_language_writes(language: str, sentence: str) -> None:
    reason = Reason(rule="amount_above", amount=5000)
    assert str(reason_phrase(texts_in(language), reason)) == sentence


def test_braces_in_a_sheet_stay_braces() -> None:
    reason = Reason(rule="applicant_other", applicant="schule", named=["{x}", "Vereine"])
    assert str(reason_phrase(texts_in("en"), reason)) == "Schools are not named. Named: {x}, Vereine."
