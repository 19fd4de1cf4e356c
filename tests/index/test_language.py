"""Which language a question is in; whatever is short and unclear counts as German."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import language_model
from index.judgements import read_judgements
from index.language import HOME_LANGUAGE, LANGUAGES, detect_language
from index.language_model import PACKED, pack, packed_model, plain_model
from index.packed import write_packed
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = {
    "de": "Welche Versicherung braucht unser Verein für eine mehrtägige Fahrt?",
    "en": "Which insurance does our club need for a trip of several days?",
    "fr": "Quelle assurance faut-il pour un voyage de plusieurs jours ?",
    "pl": "Jakie ubezpieczenie jest potrzebne na kilkudniowy wyjazd?",
    "nl": "Welke verzekering heeft onze vereniging nodig voor een meerdaagse reis?",
    "uk": "Яка страховка потрібна нашому товариству для поїздки на кілька днів?",
    "tr": "Derneğimizin birkaç günlük gezi için hangi sigortaya ihtiyacı var?",
    "cs": "Jaké pojištění potřebuje náš spolek na vícedenní zájezd?",
    "it": "Di quale assicurazione ha bisogno la nostra associazione per un viaggio?",
    "es": "¿Qué seguro necesita nuestra asociación para un viaje de varios días?",
    "ru": "Какая страховка нужна нашему обществу для многодневной поездки?",
}
SHORT_GERMAN = [
    "europa schecks nrw",
    "Haftpflicht",
    "Versicherung Busfahrt",
    "Wer zahlt?",
    "wo gibts geld",
    "Zuschuss",
    "Juleica",
    "CERV Antrag",
    "DFJW",
    "§ 651r BGB",
    "Visum Ukraine",
    "Reise nach Polen",
    "Partnerschaft Polen",
    "Deutsch-Polnisches Jugendwerk",
    "Erasmus Plus Programm",
    "Restaurant Budget Festival",
    "Datenschutz Fotos Kinder",
    "Ehrenamtskarte NRW",
    "gema",
    "Hotel",
    "2026",
    "",
    "🙂",
]


def test_every_language_of_the_partners_has_an_example() -> None:
    assert tuple(EXAMPLES) == LANGUAGES


@pytest.mark.parametrize(("language", "question"), EXAMPLES.items())
def test_a_question_is_known_by_its_language(language: str, question: str) -> None:
    assert detect_language(question) == language


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "de"])
def test_a_foreign_question_is_known_without_capitals_and_marks_too(language: str) -> None:
    assert detect_language(EXAMPLES[language].lower().strip("¿?")) == language


@pytest.mark.parametrize("question", SHORT_GERMAN)
def test_short_german_questions_stay_german(question: str) -> None:
    assert detect_language(question) == HOME_LANGUAGE


JUDGEMENTS = read_judgements(ROOT / "corpus")


def test_the_judged_questions_of_the_corpus_are_known_by_their_language() -> None:
    wrong = [
        (judgement.language, judgement.question)
        for judgement in JUDGEMENTS
        if detect_language(judgement.question) != judgement.language
    ]
    assert wrong == []


@given(st.text(max_size=200))
def test_any_text_is_in_one_of_the_known_languages(text: str) -> None:
    assert detect_language(text) in LANGUAGES


def test_threads_agree() -> None:
    found: list[tuple[str, str]] = []

    def detect() -> None:
        found.extend((language, detect_language(question)) for language, question in EXAMPLES.items())

    threads = [threading.Thread(target=detect) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 * len(EXAMPLES)
    assert all(expected == detected for expected, detected in found)


def test_the_packed_model_tells_the_same_languages_as_the_one_that_comes_with_the_library(
    tmp_path: Path,
) -> None:
    pack(tmp_path / "languages.npz")
    packed, plain = packed_model(tmp_path / "languages.npz"), plain_model(LANGUAGES)
    assert packed is not None
    for question in [*EXAMPLES.values(), *SHORT_GERMAN, *(each.question for each in JUDGEMENTS)]:
        assert packed.rank(question) == plain.rank(question), question


def test_the_installation_has_packed_the_model() -> None:
    assert packed_model(PACKED) is not None


def test_a_damaged_packed_model_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "languages.npz"
    assert packed_model(path) is None
    path.write_bytes(PACKED.read_bytes()[:-1000])
    assert packed_model(path) is None


def test_a_packed_model_without_all_of_its_arrays_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "languages.npz"
    write_packed(path, language_model._RELEASE, {})
    assert packed_model(path) is None


def test_a_packed_model_with_a_flipped_bit_in_its_directory_is_not_used_or_whole(tmp_path: Path) -> None:
    path = tmp_path / "languages.npz"
    content = PACKED.read_bytes()
    start = content.rindex(b"PK\x01\x02")  # the last entry of the archive's directory
    for place in range(start, start + 46, 8):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        found = packed_model(path)
        assert found is None or found.classify(EXAMPLES["pl"])[0] == "pl"
