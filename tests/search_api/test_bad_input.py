"""What people and programs send by mistake or on purpose: refused with a sentence, never a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search_api.problem import detail_of

if TYPE_CHECKING:
    from tests.search_api.house import House

KINDS = "handbuch, foerderung, faq, studien, transkripte, beratung"
# The houses are only read, so one serves for all examples.
ARBITRARY = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    "question",
    ["", " ", " \t\n ", "\u00a0\u2003", "\u0000", "\u0001\u0007\u001b", "\u0085\u2028\u2029"],
    ids=ascii,
)
def test_an_empty_question_is_asked_for(library: House, question: str) -> None:
    assert detail_of(library.search(question), 422) == "Bitte geben Sie eine Frage ein: 1 bis 1000 Zeichen."


@pytest.mark.parametrize(
    "question", ["?", "...", "—", "„“", "🙂", "👨‍👩‍👧 🎉🎉", "\u200b", "§", "€", "\ufdd0"], ids=ascii
)
def test_a_question_without_words_is_asked_for_in_words(library: House, question: str) -> None:
    assert "in Worten" in detail_of(library.search(question), 422)


def test_a_missing_question_names_what_is_wanted(library: House) -> None:
    assert detail_of(library.client.get("/search"), 422) == "»q« muss eine Frage von 1 bis 1000 Zeichen sein."


@pytest.mark.parametrize("length", [1_001, 10_000])
def test_a_question_that_is_too_long_is_told_the_limit_and_its_length(library: House, length: int) -> None:
    detail = detail_of(library.search("x" * length), 422)
    assert "1000" in detail
    assert str(length) in detail


def test_the_longest_allowed_question_is_answered(library: House) -> None:
    assert library.search("Bus " * 250).status_code == 200


@pytest.mark.parametrize(
    "question",
    [
        "a",
        "7",
        "der die das",
        "Bus 🙂",
        "Bus\u0000Bahn",
        "B\u0308us",
        "'; DROP TABLE passages; --",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "%s %n {0} ${jndi:x}",
        "\u202eSUB",
        "Bus\ud83d".encode("utf-8", "replace").decode(),
        "مرحبا",
        "你好",
        "²",
    ],
    ids=ascii,
)
def test_odd_questions_are_answered(library: House, question: str) -> None:
    assert library.search(question).status_code == 200


@pytest.mark.parametrize("query", ["q=%FF%FE%41", "q=%ED%A0%80a", "q=a&q=b", "q=a;b", "q=a%"])
def test_broken_addresses_are_answered(library: House, query: str) -> None:
    assert library.client.get(f"/search?{query}").status_code == 200


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("limit", "0", "»limit« muss eine ganze Zahl von 1 bis 100 sein"),
        ("limit", "-1", "von 1 bis 100"),
        ("limit", "101", "von 1 bis 100"),
        ("limit", "100000", "von 1 bis 100"),
        ("limit", "abc", "von 1 bis 100"),
        ("limit", "", "von 1 bis 100"),
        ("limit", "1.5", "von 1 bis 100"),
        ("limit", "9" * 30, "von 1 bis 100"),
        ("kind", "roman", f"»kind« muss eines von {KINDS} sein"),
        ("kind", "FAQ", KINDS),
        ("kind", "", KINDS),
        ("kind", ["faq", "roman"], KINDS),
        ("year", "abc", "»year« muss eine Jahreszahl wie 2026 sein"),
        ("year", "", "eine Jahreszahl wie 2026"),
        ("year", ["2026", "morgen"], "eine Jahreszahl wie 2026"),
        ("include_expired", "vielleicht", "»include_expired« muss true oder false sein"),
        ("seite", "2", "»seite« gibt es nicht"),
        ("kinds", "faq", "möglich sind q, limit, kind, topic, country, audience, language, year"),
        ("Q", "Bus", "»Q« gibt es nicht"),
    ],
)
def test_an_impossible_parameter_is_named_with_what_is_allowed(
    library: House, name: str, value: object, allowed: str
) -> None:
    assert allowed in detail_of(library.search("Bus", **{name: value}), 422)


@pytest.mark.parametrize("year", ["9223372036854775808", "-9223372036854775809", "9" * 40])
def test_a_year_beyond_the_store_s_numbers_is_no_crash(library: House, year: str) -> None:
    assert library.search("Bus", year=year).status_code in {200, 422}


def test_all_mistakes_are_named_at_once(library: House) -> None:
    detail = detail_of(library.search("Bus", limit="0", kind="roman", seite="2"), 422)
    assert all(name in detail for name in ("»limit«", "»kind«", "»seite«"))


def test_a_refusal_never_repeats_the_question(library: House) -> None:
    answer = library.search("Geheimnis" * 200)
    assert "Geheimnis" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nirgends", 404),
        ("GET", "/search/mehr", 404),
        ("POST", "/search", 405),
        ("DELETE", "/documents", 405),
    ],
)
def test_a_wrong_address_or_method_is_a_problem_document_too(
    library: House, method: str, path: str, status: int
) -> None:
    detail_of(library.client.request(method, path), status)


@ARBITRARY
@given(question=st.text(max_size=300))
def test_any_text_is_answered_or_refused_but_never_crashes(library: House, question: str) -> None:
    answer = library.search(question.encode("utf-8", "replace").decode())
    assert answer.status_code in {200, 422}
    if answer.status_code == 422:
        detail_of(answer, 422)


@ARBITRARY
@given(
    parameters=st.dictionaries(
        st.sampled_from(
            ["limit", "kind", "topic", "country", "audience", "language", "year", "include_expired", "x"]
        ),
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=3),
    )
)
def test_any_filter_is_applied_or_refused_but_never_crashes(
    library: House, parameters: dict[str, list[str]]
) -> None:
    assert library.search("Bus", **parameters).status_code in {200, 422}


@ARBITRARY
@given(query=st.binary(max_size=60))
def test_any_bytes_in_the_address_are_answered_or_refused_but_never_crash(
    library: House, query: bytes
) -> None:
    escaped = "".join(f"%{byte:02X}" for byte in query)
    assert library.client.get(f"/search?q=Bus+{escaped}").status_code in {200, 422}
